import { fromRows, Philox, selectRows } from '@ionloop/linalg';
import { planWith, strategyTable } from '@ionloop/planner';
import { gradientBoosting } from '@ionloop/surrogates';
import { join } from 'node:path';
import { play, poolOf, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { band, dots, line } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { mean, median, quantile, range, rounded } from '../support/statistics.mjs';
import { readTable } from '../support/table.mjs';

const features = ['n_struts', 'theta_deg', 'r_mm', 't_mm'];

/** Each design with the mean of its three crushing tests. */
function designs() {
  const groups = new Map();
  for (const row of readTable(dataFile('pvlab_crossed_barrel/data.csv'))) {
    const key = features.map((name) => row[name]).join(' ');
    const group = groups.get(key) ?? { row, values: [] };
    group.values.push(row.toughness_J);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, values }) => ({ ...row, toughness: mean(values) }));
}

const boosted = gradientBoosting();
/** Strategy `learn` with boosters in the place of its Gaussian process: the planner takes a table of strategies. */
const learningBoosters = { ...strategyTable, learn: { ...strategyTable.learn, surrogate: boosted } };
const contestants = [
  ['learn', 'what teaches the process most', colours.blue, undefined],
  [
    'boosters',
    'what teaches the boosters most',
    colours.green,
    (request) => planWith(learningBoosters, request),
  ],
  ['auto', 'what is best (auto)', colours.purple, undefined],
  ['random', 'random', colours.orange, undefined],
];

export default function run({ small, folder }) {
  const rows = designs();
  const campaign = readCampaign(join(folder, 'campaign.json'), poolOf(rows, features));
  const X = fromRows(rows.map((row) => features.map((name) => row[name])));
  const y = Float64Array.from(rows, ({ toughness }) => toughness);
  const seeds = small ? 1 : 4;
  const budget = small ? 40 : campaign.budget;
  const { initial } = campaign.strategy;
  const sizes = range((budget - initial) / 10 + 1).map((k) => initial + 10 * k);
  /** What boosters that have seen some designs get wrong on all others. */
  const errorAfter = (order, size, seed) => {
    const known = order.slice(0, size);
    const model = boosted.fit(
      { X: selectRows(X, known), y: Float64Array.from(known, (i) => y[i]) },
      Philox.fromSeed(`judge ${seed}`),
    );
    const seen = new Set(known);
    const others = range(rows.length).filter((i) => !seen.has(i));
    const { mean: predicted } = model.predict(selectRows(X, others));
    return Math.sqrt(mean(others.map((i, k) => (y[i] - predicted[k]) ** 2)));
  };
  const errors = Object.fromEntries(
    contestants.map(([name, , , answer]) => [
      name,
      range(seeds).map((seed) => {
        const done = play(
          { ...campaign, strategy: { ...campaign.strategy, design: 'random' } },
          {
            ...{ seed: `choi ${seed}`, strategy: answer ? 'learn' : name, budget, answer },
            measure: ({ row }) => ({ values: [y[Number(row)]] }),
          },
        );
        const order = done.map(({ point }) => Number(point.row));
        return sizes.map((size) => errorAfter(order, size, seed));
      }),
    ]),
  );
  const at = (name, k) => median(errors[name].map((curve) => curve.at(k)));
  const best = ['learn', 'boosters'].reduce((a, b) => (at(b, -1) < at(a, -1) ? b : a));
  /** How many designs the best needs for the error that random choice has at the end. */
  const reached = sizes[errors[best][0].findIndex((_, k) => at(best, k) <= at('random', -1))];
  const final = Object.fromEntries(contestants.map(([name]) => [name, rounded(at(name, -1), 3)]));
  return {
    line: `A boosted model taught by ${budget} of ${rows.length} designs is off by ${final[best]} J where each was chosen to teach, by ${final.random} J where they were random${reached ? `, an error that chosen ones reach after ${reached}` : ''}.`,
    outcome: `After ${budget} designs the boosters' error on all others is ${contestants.map(([name, label]) => `${final[name]} J (${label})`).join(', ')}, as medians of ${seeds} campaigns. ${reached ? `What random choice has at the end is reached after ${reached} designs chosen to teach: ${Math.round(100 * (1 - reached / budget))} % of the measurements are saved.` : 'Designs chosen to teach do not reach the error of random ones here.'} Single tests of one design scatter by 5.3 J.`,
    picture: draw({ errors, sizes, rows, final, seeds }),
    result: {
      designs: rows.length,
      seeds,
      budget,
      finalErrorJ: final,
      designsForRandomsError: reached ?? null,
    },
  };
}

function draw({ errors, sizes, rows, final, seeds }) {
  const curves = plot({
    ...{
      width: 520,
      height: 390,
      title: 'How wrong the model is on designs it has not seen',
      note: `Median and quartiles of ${seeds} campaigns`,
    },
    x: { label: 'designs measured', domain: [sizes[0], sizes.at(-1)] },
    y: {
      label: 'root mean squared error / J',
      domain: [
        0.85 * Math.min(...Object.values(final)),
        1.05 *
          Math.max(
            ...Object.values(errors)
              .flat()
              .map((curve) => curve[0]),
          ),
      ],
    },
    key: contestants.map(([, label, colour]) => ({ label, colour })),
    marks: contestants.toReversed().flatMap(([name, , colour]) => {
      const quartile = (share) =>
        sizes.map((_, k) =>
          quantile(
            errors[name].map((curve) => curve[k]),
            share,
          ),
        );
      const [low, middle, high] = [quartile(0.25), quartile(0.5), quartile(0.75)];
      return [
        band(
          sizes.map((size, k) => [size, low[k], high[k]]),
          { colour, opacity: 0.1 },
        ),
        line(
          sizes.map((size, k) => [size, middle[k]]),
          { colour },
        ),
        dots(
          sizes.map((size, k) => [size, middle[k]]),
          { colour, r: 3 },
        ),
      ];
    }),
  });
  const struts = [6, 8, 10, 12];
  const what = plot({
    ...{ width: 380, height: 390, title: 'What is to be learned', note: 'All 600 designs' },
    x: { label: 'twist θ / °', domain: [-10, 210], ticks: [0, 50, 100, 150, 200] },
    y: { label: 'toughness / J', domain: [0, 50] },
    key: struts.map((count, k) => ({
      label: `${count} struts`,
      colour: [colours.sky, colours.blue, colours.green, colours.orange][k],
      shape: 'dot',
    })),
    marks: [
      dots(
        rows.map(({ theta_deg: theta, n_struts: count, toughness }, i) => [
          theta - 7 + 4.5 * struts.indexOf(count) + (i % 3),
          toughness,
          { colour: [colours.sky, colours.blue, colours.green, colours.orange][struts.indexOf(count)] },
        ]),
        { r: 2.4, opacity: 0.75 },
      ),
    ],
  });
  return figure({
    title: 'Measurements that teach a model most',
    says: 'Toughness of printed barrels (real tests): the goal is a good model of all designs, not the best design.',
    rows: [[curves, what]],
  });
}
