import { join } from 'node:path';
import { play, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { band, line, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { bestSoFar, median, quantile, range, rounded } from '../support/statistics.mjs';
import { readTable } from '../support/table.mjs';
import { ternary } from '../support/ternary.mjs';

const metals = ['Co', 'Cu', 'Fe', 'Mn', 'Sn', 'Ta'];
const library = 12;
const keyOf = (fractions) => metals.map((metal) => Math.round(10 * (fractions[metal] ?? 0))).join('-');

const contestants = [
  {
    name: 'plate',
    label: 'libraries: plates around the best',
    colour: colours.blue,
    strategy: { name: 'auto', shape: 'plate' },
    each: library,
  },
  {
    name: 'line',
    label: 'libraries: lines around the best',
    colour: colours.green,
    strategy: { name: 'auto', shape: 'line' },
    each: library,
  },
  {
    name: 'single',
    label: 'one composition at a time',
    colour: colours.purple,
    strategy: { name: 'auto' },
    each: 1,
  },
  {
    name: 'random',
    label: 'twelve random compositions',
    colour: colours.orange,
    strategy: { name: 'random' },
    each: library,
  },
];

export default function run({ small, folder }) {
  const campaign = readCampaign(join(folder, 'campaign.json'));
  const rows = readTable(dataFile('oer_plate_3860/data.csv'));
  const known = new Map(
    rows.map((row) => [
      keyOf(Object.fromEntries(metals.map((metal) => [metal, row[`x_${metal}`]]))),
      row.overpotential_V,
    ]),
  );
  const seeds = small ? 1 : 6;
  const depositions = small ? 4 : 10;
  const best = Math.min(...known.values());
  // One composition of the grid was not measured: it fails.
  const measure = ({ metals: fractions }) => {
    const value = known.get(keyOf(fractions));
    return value === undefined ? { failed: true } : { values: [value] };
  };
  const played = Object.fromEntries(
    contestants.map(({ name, strategy, each }) => [
      name,
      range(seeds).map((seed) => {
        const own = {
          ...campaign,
          strategy: { initial: each === 1 ? 3 : library, design: 'random', ...strategy },
        };
        return play(own, {
          measure,
          seed: `matsubara ${seed}`,
          strategy,
          parallel: each,
          budget: depositions * each,
        });
      }),
    ]),
  );
  const curves = Object.fromEntries(
    contestants.map(({ name, each }) => [
      name,
      played[name].map((done) => {
        const values = bestSoFar(
          done.map(({ values: measured }) => measured?.[0] ?? Infinity),
          'minimise',
        );
        return range(depositions).map((k) => values[Math.min(values.length, (k + 1) * each) - 1]);
      }),
    ]),
  );
  const after = (name, k) => median(curves[name].map((curve) => curve[k - 1]));
  const millivolts = (value) => `${(1000 * value).toFixed(0)} mV`;
  const worthOf = [...known.values()].toSorted((a, b) => a - b);
  const rank = (value) => 1 + worthOf.filter((other) => other < value).length;
  return {
    line: `${depositions} depositions of twelve compositions each: ${millivolts(after('plate', depositions))} as plates around what the model thinks best, ${millivolts(after('random', depositions))} with random libraries, ${millivolts(after('single', depositions))} one composition at a time (best of ${known.size}: ${millivolts(best)}).`,
    outcome: `The plate holds ${known.size} real catalysts, the best with ${millivolts(best)}. After ${depositions} depositions the best so far is, in the median of ${seeds} campaigns: ${contestants.map(({ name, label }) => `${millivolts(after(name, depositions))} (${label}; number ${rank(after(name, depositions))} of ${known.size})`).join(', ')}. A library costs about as much as a single sample where a sputtering gun or a printer makes it at once; the paper filled the systems that its model chose by combinatorial synthesis and found a new conductor in each of two.`,
    picture: draw({ curves, played, known, best, depositions, seeds }),
    result: {
      ...{ compositions: known.size, best, seeds, depositions },
      medianAfterAll: Object.fromEntries(
        contestants.map(({ name }) => [name, rounded(after(name, depositions))]),
      ),
      rankAfterAll: Object.fromEntries(contestants.map(({ name }) => [name, rank(after(name, depositions))])),
    },
  };
}

function draw({ curves, played, known, best, depositions, seeds }) {
  const chart = plot({
    ...{
      width: 470,
      height: 430,
      title: 'Best catalyst so far',
      note: `Median and quartiles of ${seeds} campaigns`,
    },
    x: { label: 'depositions', domain: [1, depositions], ticks: range(depositions).map((k) => k + 1) },
    y: { label: 'overpotential at 3 mA/cm² / mV', domain: [365, 460] },
    key: contestants.map(({ label, colour }) => ({ label, colour })),
    marks: [
      rule({ y: 1000 * best, label: 'best of the plate', side: 'start' }),
      ...contestants.toReversed().flatMap(({ name, colour }) => {
        const at = (share) =>
          range(depositions).map((k) => [
            k + 1,
            1000 *
              quantile(
                curves[name].map((curve) => curve[k]),
                share,
              ),
          ]);
        const [low, middle, high] = [at(0.25), at(0.5), at(0.75)];
        return [
          band(
            low.map(([x, y], k) => [x, y, high[k][1]]),
            { colour, opacity: 0.11 },
          ),
          line(middle, { colour, step: true }),
        ];
      }),
    ],
  });
  // The ternary of the metals that the best catalyst has most of.
  const [key] = [...known].reduce((a, b) => (b[1] < a[1] ? b : a));
  const amounts = key.split('-').map(Number);
  const corners = range(metals.length)
    .toSorted((a, b) => amounts[b] - amounts[a] || a - b)
    .slice(0, 3);
  const field = [...known].flatMap(([one, value]) => {
    const parts = one.split('-').map(Number);
    const rest = parts.reduce((sum, part, k) => sum + (corners.includes(k) ? 0 : part), 0);
    return rest > 0 ? [] : [[corners.map((k) => parts[k] / 10), 1 - (value - 0.37) / 0.16]];
  });
  const [one] = played.plate;
  const inside = one.flatMap(({ point }, i) => {
    const parts = metals.map((metal) => point.metals[metal] ?? 0);
    const rest = parts.reduce((sum, part, k) => sum + (corners.includes(k) ? 0 : part), 0);
    return rest > 0.25
      ? []
      : [
          [
            corners.map((k) => parts[k]),
            {
              r: 7,
              fill: i < library ? '#ffffff' : colours.orange,
              text: String(1 + Math.floor(i / library)),
            },
          ],
        ];
  });
  const map = ternary({
    width: 480,
    height: 430,
    title: 'One campaign: which library made what',
    names: corners.map((k) => metals[k]),
    step: 0.1,
    field,
    points: inside,
    bar: {
      label: 'mV',
      ticks: [
        [0, '530'],
        [0.5, '450'],
        [1, '370'],
      ],
    },
  });
  return figure({
    title: 'A proposal may be a whole library',
    says: 'Oxygen evolution on a real plate of six metals. Numbers: the deposition in which a composition was made; compositions with up to 25 % of the other three metals are drawn at the place of their rest.',
    rows: [[map, chart]],
  });
}
