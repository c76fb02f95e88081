import { precursorMasses } from '@ionloop/chemistry';
import { conductivityTruth } from '@ionloop/lab-sim';
import { openSpace } from '@ionloop/space';
import { join } from 'node:path';
import { fromModelScale, play, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { band, line, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { told } from '../support/scale.mjs';
import { bestSoFar, mean, median, quartiles, range, rounded } from '../support/statistics.mjs';
import { ternary } from '../support/ternary.mjs';

const components = ['Li3PO4', 'Li3BO3', 'Li2SO4'];
const names = ['Li₃PO₄', 'Li₃BO₃', 'Li₂SO₄'];
/** Of one measurement, in decades. */
const noise = 0.06;
const truth = ({ composition }) => conductivityTruth(composition, 300);
const measure = (point, { rng }) => ({
  values: [truth(point) * fromModelScale(noise * rng.normal(), 'log10')],
});

const contestants = [
  ['auto', 'auto', colours.blue],
  ['gp-log-ei', 'Gaussian process, expected improvement', colours.green],
  ['random', 'random', colours.orange],
];

export default function run({ small, folder }) {
  const campaign = readCampaign(join(folder, 'campaign.json'));
  const seeds = small ? 2 : 10;
  const budget = small ? 24 : campaign.budget;
  const lattice = openSpace(campaign.space).enumerate();
  const possible = Math.max(...lattice.map(truth));
  const played = Object.fromEntries(
    contestants.map(([name]) => [
      name,
      range(seeds).map((seed) => play(campaign, { measure, seed: `homma ${seed}`, strategy: name, budget })),
    ]),
  );
  const curves = Object.fromEntries(
    contestants.map(([name]) => [
      name,
      played[name].map((done) => bestSoFar(done.map(({ point }) => truth(point)))),
    ]),
  );
  const one = played.auto[0];
  const best = one.reduce((a, b) => (truth(b.point) > truth(a.point) ? b : a)).point.composition;
  const percent = components.map((name) => Math.round(100 * best[name]));
  const masses = precursorMasses(best, 10);
  const until = (name) => {
    const counts = curves[name].map((curve) => curve.findIndex((value) => value >= 0.9 * possible) + 1);
    return {
      reached: counts.filter((count) => count > 0).length,
      median: median(counts.map((count) => count || budget + 1)),
    };
  };
  const near = Object.fromEntries(contestants.map(([name]) => [name, until(name)]));
  const final = (name) => median(curves[name].map((curve) => curve.at(-1)));
  return {
    line: `Best ratio found ${percent.join(' : ')} (published 25 : 14 : 61); 90 % of the best conductivity after ${near.auto.median} experiments in the median, random search ${near.random.reached === 0 ? 'never' : `in ${near.random.reached} of ${seeds} campaigns`} within ${budget}.`,
    outcome: `Of ${seeds} campaigns of ${budget} experiments, \`auto\` comes within 10 % of the best conductivity that the landscape has (${told(rounded(possible, 2), true)} S/cm) after ${near.auto.median} experiments in the median (${near.auto.reached} of ${seeds} campaigns reach it), expected improvement after ${near['gp-log-ei'].median} (${near['gp-log-ei'].reached} of ${seeds}), random search in ${near.random.reached} of ${seeds}. The first campaign's best recipe is Li₃PO₄ : Li₃BO₃ : Li₂SO₄ = ${percent.join(' : ')}, for 10 g ${masses.map(({ grams, precursor }) => `${grams.toFixed(3)} g ${precursor}`).join(', ')}. The paper reports 25 : 14 : 61 with 4.9 × 10⁻⁴ S/cm at 300 °C.`,
    picture: draw({ lattice, possible, one, curves, budget, percent }),
    result: {
      seeds,
      budget,
      possible: rounded(possible),
      bestRatio: percent,
      within10Percent: near,
      finalMedian: Object.fromEntries(contestants.map(([name]) => [name, rounded(final(name))])),
      meanShareOfBest: Object.fromEntries(
        contestants.map(([name]) => [
          name,
          rounded(mean(curves[name].map((curve) => curve.at(-1) / possible)), 3),
        ]),
      ),
    },
  };
}

function draw({ lattice, possible, one, curves, budget, percent }) {
  const [low, high] = [-7.1, Math.log10(possible)];
  const shade = (value) => (Math.log10(value) - low) / (high - low);
  const parts = (composition) => components.map((name) => composition[name]);
  const map = ternary({
    width: 500,
    height: 450,
    names,
    step: 0.02,
    field: lattice
      .map(({ composition }) => composition)
      .filter((x) => components.every((name) => Math.round(100 * x[name]) % 2 === 0))
      .map((x) => [parts(x), shade(truth({ composition: x }))]),
    points: [
      ...one.map(({ point, origin }) => [
        parts(point.composition),
        { r: origin === 'initial' ? 4.5 : 4.5, fill: origin === 'initial' ? '#ffffff' : colours.orange },
      ]),
      [percent, { shape: 'star', r: 11, fill: colours.red }],
    ],
    bar: {
      label: 'σ at 300 °C / S cm⁻¹',
      ticks: [-7, -6, -5, -4].map((power) => [(power - low) / (high - low), told(10 ** power, true)]),
    },
  });
  const chart = plot({
    width: 470,
    height: 440,
    note: `Median and quartiles of ${curves.auto.length} campaigns`,
    x: { label: 'experiments', domain: [1, budget] },
    y: { label: 'best conductivity at 300 °C / S cm⁻¹', scale: 'log', domain: [2e-6, 8e-4] },
    key: contestants.map(([, label, colour]) => ({ label, colour })),
    marks: [
      rule({ y: possible, label: 'best there is', side: 'start' }),
      ...contestants.toReversed().flatMap(([name, , colour]) => {
        const rows = quartiles(curves[name]);
        return [
          band(
            rows.map(([at, a, , b]) => [at, a, b]),
            { colour },
          ),
          line(
            rows.map(([at, , m]) => [at, m]),
            { colour, step: true },
          ),
        ];
      }),
    ],
  });
  return figure({
    title: 'Li₃PO₄–Li₃BO₃–Li₂SO₄ by Bayesian optimisation',
    says: 'Left: one campaign on the true conductivity of the simulated lab; white: the initial design, orange: proposed by the model, star: the best found. Right: what campaigns have in hand after each experiment.',
    rows: [[map, chart]],
  });
}
