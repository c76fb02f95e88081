// A station with an instrument: a potentiostat that takes an impedance spectrum of a pellet. The instrument is made up; put
// your own driver in the place of `MockPotentiostat` and keep the rest.
//
//   IONLOOP_URL=http://localhost:4680 IONLOOP_TOKEN=… IONLOOP_STATION=eis-1 node libs/lab-client/examples/mock-potentiostat.mjs
import { setTimeout as delay } from 'node:timers/promises';
import { fileOf, serve, seconds } from './serve.mjs';

const pellet = { thicknessCm: 0.1, areaCm2: Math.PI / 4 };
const highestOhm = 1e9;

/** Where the mock gets its sample from; a real station mills, presses and sinters here. */
function pelletResistance({ point }) {
  const amounts = Object.values(point)
    .flatMap((part) => (typeof part === 'object' ? Object.values(part) : [part]))
    .filter((amount) => typeof amount === 'number' && amount >= 0 && amount <= 1);
  return 2e3 * 10 ** (6 * amounts.reduce((sum, amount) => sum + (amount - 0.3) ** 2, 0));
}

/** A resistor beside a capacitor, as a good pellet looks at high frequency. */
class MockPotentiostat {
  isOn = false;

  constructor(resistanceOhm) {
    this.resistanceOhm = resistanceOhm;
  }

  impedance(frequencyHz) {
    if (!this.isOn) throw new Error('the potentiostat is off');
    const conductance = 1 / this.resistanceOhm;
    const susceptance = 2 * Math.PI * frequencyHz * 1e-10;
    const square = conductance ** 2 + susceptance ** 2;
    return { frequencyHz, realOhm: conductance / square, imaginaryOhm: -susceptance / square };
  }
}

/** A semicircle through the origin: |Z|²/Re(Z) is its diameter at every frequency. */
function resistanceOf(spectrum) {
  const estimates = spectrum
    .map(({ realOhm, imaginaryOhm }) => (realOhm ** 2 + imaginaryOhm ** 2) / realOhm)
    .sort((a, b) => a - b);
  return estimates[Math.floor(estimates.length / 2)];
}

await serve({
  properties: ['ionic_conductivity'],
  limits: { temperatureC: [20, 300] },
  run: async ({ attemptId, spec }, { signal, report, append, resumed }) => {
    const resistance = pelletResistance(spec);
    if (resistance > highestOhm) {
      return {
        outcome: 'failed_sample',
        note: 'no contact: the resistance is above what can be told',
        measurements: [],
      };
    }
    const instrument = new MockPotentiostat(resistance);
    const frequencies = Array.from({ length: 21 }, (_, i) => 10 ** (6 - i / 5));
    const spectrum = [];
    instrument.isOn = true;
    try {
      for (const frequency of frequencies) {
        report('impedance', spectrum.length / frequencies.length);
        await resumed(); // waits while the campaign is paused
        await delay((1000 * seconds) / frequencies.length, undefined, { signal }); // ends at once after a cancel
        spectrum.push(instrument.impedance(frequency));
      }
    } finally {
      instrument.isOn = false; // whatever ended the sweep
    }
    append({ frequencies: spectrum.length });
    return {
      outcome: 'measured',
      artifacts: [
        fileOf(`spectrum of attempt ${attemptId}.json`, {
          frequencyHz: spectrum.map(({ frequencyHz }) => frequencyHz),
          realOhm: spectrum.map(({ realOhm }) => realOhm),
          imaginaryOhm: spectrum.map(({ imaginaryOhm }) => imaginaryOhm),
        }),
      ],
      measurements: [
        {
          property: spec.property,
          impedance: { resistanceOhm: resistanceOf(spectrum), ...pellet },
          conditions: { electrode: 'Au', atmosphere: 'Ar', fitModel: 'R|C' },
        },
      ],
    };
  },
});
