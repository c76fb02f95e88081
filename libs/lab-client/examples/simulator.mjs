// A station that computes instead of measuring: any property, as a made-up but repeatable function of the point.
//
//   IONLOOP_URL=http://localhost:4680 IONLOOP_TOKEN=… IONLOOP_STATION=sim-js node libs/lab-client/examples/simulator.mjs
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileOf, serve, seconds } from './serve.mjs';

const phase = (name) => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;

/** Between 0 and 1: each number and each fraction adds a wave whose phase comes from its name. */
function landscape({ point }) {
  const waves = Object.entries(point)
    .flatMap(([name, part]) => (typeof part === 'object' ? Object.entries(part) : [[name, part]]))
    .map(([name, amount]) => {
      const number = typeof amount === 'string' ? phase(amount) : amount;
      const scaled = Math.abs(number) <= 1 ? number : Math.sign(number) * (1 + Math.log10(Math.abs(number)));
      return 0.5 + 0.5 * Math.cos(2 * Math.PI * (0.8 * scaled + phase(name)));
    });
  return waves.reduce((sum, wave) => sum + wave, 0) / waves.length;
}

await serve({
  properties: ['ionic_conductivity', 'activation_energy', 'relative_density', 'value'],
  run: async ({ attemptId, spec }, { signal, report }) => {
    for (let step = 0; step < 4; step++) {
      report('compute', step / 4);
      await delay((1000 * seconds) / 4, undefined, { signal });
    }
    const height = landscape(spec);
    const value =
      spec.property === 'ionic_conductivity'
        ? { value: 10 ** (-8 + 5 * height), unit: 'S/cm' }
        : { value: height, unit: spec.unit };
    return {
      outcome: 'measured',
      artifacts: [fileOf('curve.json', { attemptId, height })],
      measurements: [{ property: spec.property, ...value }],
    };
  },
  // Nothing can still be moving: what was computed went with the process.
  recover: () => ({
    outcome: 'instrument_fault',
    note: 'the simulator was restarted while this was being computed',
    measurements: [],
  }),
});
