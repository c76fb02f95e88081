import { fitArrhenius, pelletConductivity } from '@ionloop/chemistry';
import { Philox } from '@ionloop/linalg';
import { figure } from '../support/figure.mjs';
import { dots, line, rule } from '../support/marks.mjs';
import { colours, series } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { mean, range, rounded } from '../support/statistics.mjs';
import { materials, measurePellet } from './lab.mjs';

/** From raw resistances to an activation energy, with the product's own functions. */
function evaluate(material, rng) {
  const { thickness, diameter, resistances } = measurePellet(material, rng);
  const conductivities = resistances.map((resistance) =>
    pelletConductivity({ resistance, thickness, diameter }, { unit: 'S/cm' }),
  );
  const values = conductivities.map(({ value }) => value);
  const fit = fitArrhenius(material.celsius, values, {
    temperatureUnit: '°C',
    errors: conductivities.map(({ error }) => error),
  });
  return { material, values, fit };
}

const within = (truth, value, halfWidth) => Math.abs(truth - value) <= halfWidth;

export default function run({ small }) {
  const pellets = small ? 20 : 1000;
  const rng = Philox.fromSeed('arrhenius');
  const shown = materials.map((material) => evaluate(material, rng.split(material.name)));
  const straight = materials.filter((material) => material.break === undefined);
  const checked = straight.flatMap((material) =>
    range(pellets).map((i) => {
      const { fit } = evaluate(material, rng.split(`${material.name} ${i}`));
      const { low, high } = fit.at25C.interval95;
      return {
        ev: within(material.ev, fit.activationEnergyEv, 1.96 * fit.activationEnergyStandardErrorEv),
        sigma: low <= material.sigma25 && material.sigma25 <= high,
        flagged: fit.flags.some(({ code }) => code !== 'EXTRAPOLATED'),
        errorEv: Math.abs(fit.activationEnergyEv - material.ev),
      };
    }),
  );
  const bent = materials.find((material) => material.break !== undefined);
  const share = (holds) => rounded(100 * mean(checked.map((one) => (holds(one) ? 1 : 0))), 3);
  const caught = mean(
    range(pellets).map((i) => {
      const { fit } = evaluate(bent, rng.split(`bent ${i}`));
      return fit.flags.some(({ code }) => ['CURVED', 'POOR_FIT', 'BEYOND_ERRORS'].includes(code)) ? 1 : 0;
    }),
  );
  const lgps = shown[0].fit;
  const figures = {
    pelletsOfEach: pellets,
    intervalHoldsActivationEnergyPercent: share(({ ev }) => ev),
    intervalHoldsSigma25Percent: share(({ sigma }) => sigma),
    straightLinesFlaggedPercent: share(({ flagged }) => flagged),
    bentLinesFlaggedPercent: rounded(100 * caught, 3),
    meanErrorEv: rounded(mean(checked.map(({ errorEv }) => errorEv)), 2),
  };
  return {
    line: `Activation energies of ${straight.length * pellets} simulated pellets to ${figures.meanErrorEv} eV on average; their 95 % intervals hold the truth in ${figures.intervalHoldsActivationEnergyPercent} %; a bent line is flagged in ${figures.bentLinesFlaggedPercent} %.`,
    outcome: `Of Li₁₀GeP₂S₁₂'s pellet in the picture the fit says ${lgps.activationEnergyEv.toFixed(3)} ± ${lgps.activationEnergyStandardErrorEv.toFixed(3)} eV and ${(1000 * lgps.at25C.conductivity).toFixed(2)} mS/cm at 25 °C, where the reviews quote 0.226 eV and 12 mS/cm. Over ${straight.length} materials of ${pellets} pellets each, activation energies are off by ${figures.meanErrorEv} eV on average; intervals of 95 % hold the true activation energy in ${figures.intervalHoldsActivationEnergyPercent} % and the true σ at 25 °C in ${figures.intervalHoldsSigma25Percent} % of cases. (The thickness of a pellet is measured once: its error is the same at all temperatures, which the interval of σ does not know, and cannot shift the slope.) The perovskite whose barrier changes at 85 °C is flagged in ${figures.bentLinesFlaggedPercent} % of cases, straight lines in ${figures.straightLinesFlaggedPercent} %; the LISICON measured only above 200 °C is flagged as extrapolated.`,
    picture: draw(shown),
    result: {
      ...figures,
      fits: shown.map(({ material, fit }) => ({
        material: material.name,
        activationEnergyEv: rounded(fit.activationEnergyEv),
        standardErrorEv: rounded(fit.activationEnergyStandardErrorEv, 2),
        trueEv: material.ev,
        sigma25: rounded(fit.at25C.conductivity, 3),
        trueSigma25: material.sigma25,
        flags: fit.flags.map(({ code }) => code),
      })),
    },
  };
}

const subscripts = (formula) =>
  formula.replace(/[\d.]+/g, (digits) =>
    [...digits].map((d) => (d === '.' ? '.' : '₀₁₂₃₄₅₆₇₈₉'[d])).join(''),
  );
const inverse = (celsius) => 1000 / (celsius + 273.15);
const ink = (i) => (i < series.length ? series[i] : colours.ink);

function draw(shown) {
  const lines = plot({
    ...{ width: 560, height: 500, title: 'Arrhenius plot' },
    x: { label: '1000 K / T', domain: [1.55, 4.05] },
    y: { label: 'σT / S K cm⁻¹', scale: 'log', domain: [2e-5, 60] },
    key: shown.map(({ material }, i) => ({ label: subscripts(material.name), colour: ink(i) })),
    marks: [
      rule({ x: 1000 / 298.15, label: '25 °C' }),
      ...shown.flatMap(({ material, values, fit }, i) => {
        const to = (celsius) => [
          inverse(celsius),
          fit.at(celsius + 273.15).conductivity * (celsius + 273.15),
        ];
        const { celsius } = material;
        const ends = [Math.max(...celsius), Math.min(...celsius)];
        return [
          line([to(ends[0]), to(Math.min(25, ends[1]))], { colour: ink(i), width: 1, dash: '3 4' }),
          line(ends.map(to), { colour: ink(i), width: 1.8 }),
          dots(
            values.map((sigma, k) => [inverse(celsius[k]), sigma * (celsius[k] + 273.15)]),
            { colour: ink(i), r: 3.6 },
          ),
        ];
      }),
    ],
  });
  const names = shown.map(({ material }) => subscripts(material.name));
  const barriers = plot({
    ...{ width: 400, height: 500, title: 'Activation energy', margin: { left: 136 } },
    x: { label: 'Eₐ / eV', domain: [0.1, 0.75], ticks: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7] },
    y: { scale: 'band', domain: names },
    key: [
      { label: 'fitted, with 95 %', colour: colours.blue, shape: 'dot' },
      { label: 'true', colour: colours.red, shape: 'ring' },
    ],
    marks: [
      ({ x, y }) =>
        shown
          .map(({ fit }, i) => {
            const half = 1.96 * fit.activationEnergyStandardErrorEv;
            const at = y.place(names[i]);
            return `<line x1="${x.place(fit.activationEnergyEv - half).toFixed(2)}" x2="${x.place(fit.activationEnergyEv + half).toFixed(2)}" y1="${at}" y2="${at}" stroke="${colours.blue}" stroke-width="4" stroke-opacity="0.35"/>`;
          })
          .join(''),
      dots(
        shown.map(({ material }, i) => [material.ev, names[i]]),
        { colour: colours.red, ring: true, r: 5.5 },
      ),
      dots(
        shown.map(({ fit }, i) => [fit.activationEnergyEv, names[i]]),
        { colour: colours.blue, r: 3.4 },
      ),
      ({ x, y }) =>
        shown
          .map(({ fit }, i) =>
            fit.flags.length === 0
              ? ''
              : `<text x="${(x.place(Math.max(fit.activationEnergyEv, shown[i].material.ev)) + 12).toFixed(1)}" y="${(y.place(names[i]) + 4).toFixed(1)}" font-size="10" fill="${colours.red}">${fit.flags[0].code.toLowerCase().replaceAll('_', ' ')}</text>`,
          )
          .join(''),
    ],
  });
  return figure({
    title: 'From impedance to activation energy',
    says: 'Pellets of ten electrolytes, simulated: resistance, thickness and diameter in; σ with its error, the line of ln(σT) on 1/T and its doubts out. Dashed: read outside of what was measured. Red: what the fit itself warns of.',
    rows: [[lines, barriers]],
  });
}
