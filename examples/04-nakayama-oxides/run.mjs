import { parseFormula } from '@ionloop/chemistry';
import { join } from 'node:path';
import { figure } from '../support/figure.mjs';
import { inScratch } from '../support/ionloop.mjs';
import { line, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { bestCurves, replay, until } from '../support/replays.mjs';
import { bestSoFar, mean, median, range, rounded } from '../support/statistics.mjs';
import { readTable, writeTable } from '../support/table.mjs';

const otherAnions = new Set('H C N F S Cl Se Br Te I'.split(' '));
const isOxide = ({ formula_cell: formula }) => {
  const elements = parseFormula(formula).map(({ element }) => element);
  return elements.includes('O') && !elements.some((element) => otherAnions.has(element));
};
const target = 'log10_conductivity_S_cm';
const lattice = ['a_A', 'b_A', 'c_A'];
const contestants = [
  ['auto', 'auto', colours.blue],
  ['forest-ucb', 'random forest, upper bound', colours.purple],
  ['random', 'random', colours.orange],
];

export default function run({ small }) {
  const oxides = readTable(dataFile('obelix/data.csv')).filter(isOxide);
  const budget = small ? 16 : 50;
  const seeds = small ? 2 : 10;
  const reports = inScratch((folder) => {
    const pool = join(folder, 'oxides.csv');
    writeTable(pool, oxides, ['formula_cell', ...lattice, target]);
    return replay({
      ...{ pool, target, goal: 'max', formula: 'formula_cell', inputs: lattice, logInputs: lattice },
      ...{ replicates: 'each', strategy: contestants.map(([name]) => name), budget, seeds },
    });
  });
  const order = oxides.map((_, i) => i).toSorted((a, b) => oxides[b][target] - oxides[a][target]);
  const best = new Set(order.slice(0, 1));
  const top = new Set(order.slice(0, Math.ceil(0.05 * oxides.length)));
  const figures = Object.fromEntries(
    contestants.map(([name]) => {
      const counts = until(reports[name], best);
      return [
        name,
        {
          foundTheBestPercent: Math.round(100 * mean(counts.map((count) => (count <= budget ? 1 : 0)))),
          medianUntilBest: median(counts) > budget ? null : median(counts),
          medianBest: rounded(10 ** median(reports[name].runs.map(({ values }) => Math.max(...values))), 2),
          top5FoundPercent: rounded(
            100 *
              mean(
                reports[name].runs.map((one) => one.order.filter((row) => top.has(row)).length / top.size),
              ),
            3,
          ),
        },
      ];
    }),
  );
  const name = oxides[order[0]].formula_reduced;
  return {
    line: `After ${budget} of ${oxides.length} oxides (${Math.round((100 * budget) / oxides.length)} %) \`auto\` holds ${figures.auto.top5FoundPercent} % of the best twentieth, random search ${figures.random.top5FoundPercent} %; the very best, whose place is partly luck, in ${figures.auto.foundTheBestPercent} % of campaigns (paper: the best of about 400 after 15 %).`,
    outcome: `The pool holds ${oxides.length} oxides; the best conductor is ${name} with ${(10 ** oxides[order[0]][target]).toExponential(1)} S/cm. After ${budget} experiments (${Math.round((100 * budget) / oxides.length)} % of the pool), in the mean of ${seeds} campaigns: ${contestants.map(([key, label]) => `${label} holds ${figures[key].top5FoundPercent} % of the best twentieth, and the very best in ${figures[key].foundTheBestPercent} % of campaigns`).join('; ')}. The single best that a campaign holds is another matter: in the median ${contestants.map(([key, label]) => `${figures[key].medianBest.toExponential(1)} S/cm by ${label}`).join(', ')}. The paper reports the best after 15 % of the pool. That is not reached here: the same formula is in the pool several times, from papers that differ by up to a decade, and which of them is the best no descriptor can tell.`,
    picture: draw({ reports, top, budget, seeds, oxides, highest: oxides[order[0]][target] }),
    result: { oxides: oxides.length, best: name, seeds, budget, strategies: figures },
  };
}

const shareOfTop = ({ runs }, top) =>
  range(runs[0].order.length + 1).map((at) => [
    at,
    100 * mean(runs.map(({ order }) => order.slice(0, at).filter((row) => top.has(row)).length / top.size)),
  ]);

function draw({ reports, top, budget, seeds, oxides, highest }) {
  const found = plot({
    ...{ width: 440, height: 380, title: 'The best twentieth found', note: `Means of ${seeds} campaigns` },
    x: { label: 'experiments', domain: [0, budget] },
    y: { label: 'share of the best twentieth / %', domain: [0, 60] },
    key: contestants.map(([, label, colour]) => ({ label, colour })),
    marks: [
      ...(0.15 * oxides.length < budget
        ? [rule({ x: 0.15 * oxides.length, label: '15 % of the pool', side: 'start' })]
        : []),
      ...contestants
        .toReversed()
        .map(([name, , colour]) => line(shareOfTop(reports[name], top), { colour, step: true })),
    ],
  });
  const curves = bestCurves({
    ...{
      reports,
      contestants,
      width: 440,
      height: 380,
      title: 'Best conductivity so far',
      note: 'Median and quartiles',
    },
    curveOf: ({ values }) => bestSoFar(values).map((value) => 10 ** value),
    x: { domain: [1, budget] },
    y: { label: 'σ at room temperature / S cm⁻¹', scale: 'log', domain: [2e-5, 2e-2] },
    marks: [rule({ y: 10 ** highest, label: 'best of the pool' })],
  });
  return figure({
    title: `The best of ${oxides.length} oxides`,
    says: 'Real measurements (OBELiX). Candidates are described by what their formulas say and by their lattice; asking for one reveals its conductivity.',
    rows: [[found, curves]],
  });
}
