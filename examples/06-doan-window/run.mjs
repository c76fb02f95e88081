import { join } from 'node:path';
import { figure } from '../support/figure.mjs';
import { inScratch } from '../support/ionloop.mjs';
import { dots, line, strip } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { bestCurves, replay } from '../support/replays.mjs';
import { mean, median, range, rounded } from '../support/statistics.mjs';
import { writeTable } from '../support/table.mjs';
import { molecules } from './molecules.mjs';

const [low, high] = [1.4, 1.7];
const contestants = [
  ['target-window', 'towards the window', colours.blue],
  ['auto', 'auto', colours.green],
  ['random', 'random', colours.orange],
];
const inside = (value) => value >= low && value <= high;

export default function run({ small }) {
  const pool = molecules(small ? 300 : 1400);
  const budget = small ? 20 : 100;
  const seeds = small ? 2 : 6;
  const components = 10;
  const reports = inScratch((folder) => {
    const file = join(folder, 'molecules.csv');
    const rows = pool.map(({ values, potential }) => ({
      ...Object.fromEntries(values.map((value, k) => [`d${k + 1}`, value])),
      potential_V: potential,
    }));
    writeTable(file, rows);
    return replay({
      ...{ pool: file, target: 'potential_V', goal: `window:${low}:${high}`, components, replicates: 'each' },
      ...{ strategy: contestants.map(([name]) => name), initial: 10, budget, seeds },
    });
  });
  const wanted = pool.filter(({ potential }) => inside(potential)).length;
  const hits = (name) => reports[name].runs.map(({ values }) => values.filter(inside).length);
  const found = Object.fromEntries(contestants.map(([name]) => [name, median(hits(name))]));
  const expected = (budget * wanted) / pool.length;
  const times = rounded(mean(hits('target-window')) / expected, 2);
  return {
    line: `Of ${budget} molecules asked for, ${found['target-window']} lie in the window in the median; random choice finds ${rounded(expected, 2)}: ${times} times as many (paper: about five times).`,
    outcome: `${wanted} of the ${pool.length} molecules (${rounded((100 * wanted) / pool.length, 2)} %) have a potential between ${low.toFixed(2)} and ${high.toFixed(2)} V. Of ${budget} that a campaign asks for, the first ten at random, ${contestants.map(([name, label]) => `${found[name]} are inside (${label})`).join(', ')} in the median of ${seeds} campaigns; by chance ${rounded(expected, 2)} are expected. That is ${times} times as efficient as random choice; the paper reports about five times. ${components} principal components stand for the 60 descriptors.`,
    picture: draw({ reports, pool, budget, seeds, expected }),
    result: {
      ...{ molecules: pool.length, wanted, seeds, budget, components },
      insideMedian: found,
      expectedByChance: rounded(expected),
      timesRandom: times,
    },
  };
}

function draw({ reports, pool, budget, seeds, expected }) {
  const curves = bestCurves({
    ...{
      reports,
      contestants,
      width: 440,
      height: 390,
      title: 'Molecules in the window',
      note: `Median and quartiles of ${seeds} campaigns`,
    },
    curveOf: ({ values }) => values.map((_, i) => values.slice(0, i + 1).filter(inside).length),
    x: { label: 'molecules asked for', domain: [1, budget] },
    y: { label: 'of these inside the window', domain: [0, budget] },
    marks: [
      line(
        [
          [0, 0],
          [budget, budget],
        ],
        { colour: colours.grey, dash: '4 5', width: 1.2 },
      ),
      line(
        [
          [0, 0],
          [budget, expected],
        ],
        { colour: colours.orange, dash: '2 4', width: 1.2 },
      ),
    ],
  });
  const [one] = reports['target-window'].runs;
  const all = pool.map(({ potential }) => potential);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const asked = plot({
    ...{ width: 450, height: 390, title: 'One campaign', note: 'Grey, at the right: all molecules' },
    x: {
      label: 'molecules asked for',
      domain: [0, budget * 1.25],
      ticks: range(6).map((k) => (k * budget) / 5),
    },
    y: { label: 'oxidation potential / V', domain: [least - 0.05, most + 0.05] },
    key: [
      { label: 'inside 1.40–1.70 V', colour: colours.green, shape: 'dot' },
      { label: 'outside', colour: colours.red, shape: 'dot' },
      { label: 'first ten, at random', colour: colours.soft, shape: 'ring' },
    ],
    marks: [
      strip({ low, high }),
      dots(
        all
          .filter((_, i) => i % 2 === 0)
          .map((value, i) => [budget * (1.06 + 0.17 * ((i * 0.618) % 1)), value]),
        { colour: colours.line, r: 1.8, opacity: 0.6 },
      ),
      dots(
        one.values
          .slice(10)
          .map((value, i) => [i + 11, value, { colour: inside(value) ? colours.green : colours.red }]),
      ),
      dots(
        one.values.slice(0, 10).map((value, i) => [i + 1, value]),
        { colour: colours.soft, ring: true },
      ),
    ],
  });
  return figure({
    title: 'Molecules whose oxidation potential must lie in a window',
    says: `${pool.length} synthetic ethers with 60 descriptors, of which models see ten principal components. Wanted is not the most, but between 1.40 and 1.70 V.`,
    rows: [[asked, curves]],
  });
}
