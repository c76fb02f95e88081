import { figure } from '../support/figure.mjs';
import { line, rule } from '../support/marks.mjs';
import { colours, series } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { bestCurves, byChance, replay, until } from '../support/replays.mjs';
import { bestSoFar, mean, median, range, rounded } from '../support/statistics.mjs';
import { readTable } from '../support/table.mjs';

const target = 'conductivity_mS_cm';
const solvents = 'x_EC x_PC x_DMC x_EMC x_DEC x_TFP x_EA x_MA'.split(' ');
const contestants = [
  ['portfolio', 'portfolio of four acquisitions', colours.blue],
  ['gp-log-ei', 'expected improvement alone', colours.green],
  ['random', 'random', colours.orange],
];
const words = {
  'log-ei': 'expected improvement',
  ucb: 'upper bound',
  thompson: 'Thompson sampling',
  'log-pi': 'probability of improvement',
};
const said = (name) => words[name] ?? name;

export default function run({ small }) {
  const pool = dataFile('calisol23/pool_303K_molkg_mass.csv');
  const rows = readTable(pool);
  const [initial, batch] = [8, 4];
  const budget = small ? 24 : 140;
  const seeds = small ? 2 : 6;
  const reports = replay({
    ...{
      pool,
      target,
      goal: 'max',
      inputs: ['salt', 'salt_concentration'],
      categories: ['salt'],
      composition: solvents,
    },
    ...{ strategy: contestants.map(([name]) => name), initial, batch, budget, seeds },
  });
  const possible = Math.max(...rows.map((row) => row[target]));
  const best = new Set(range(rows.length).filter((i) => rows[i][target] === possible));
  const counts = Object.fromEntries(contestants.map(([name]) => [name, median(until(reports[name], best))]));
  const final = (name) => median(reports[name].runs.map(({ values }) => Math.max(...values)));
  const asked = reports.portfolio.runs.map(({ proposedBy }) => proposedBy);
  const names = [...new Set(asked.flat())].filter((name) => name !== null).sort();
  const percent = (list, name) => rounded((100 * list.filter((one) => one === name).length) / list.length, 3);
  const told = (name) => (counts[name] > budget ? `more than ${budget}` : rounded(counts[name], 3));
  return {
    line: `The best of ${rows.length} real liquid electrolytes (${possible.toFixed(1)} mS/cm) after ${told('portfolio')} formulas in the median by an adaptive portfolio, ${told('random')} at random; the paper's robot made 140 formulas in 40 h.`,
    outcome: `The best of the ${rows.length} formulas has ${possible.toFixed(2)} mS/cm. The portfolio asks for it after ${told('portfolio')} formulas in the median of ${seeds} campaigns, expected improvement alone after ${told('gp-log-ei')}, random search after ${told('random')} (its mean is ${rounded(byChance(rows.length), 3)}). At a budget of ${budget}, as the paper's robot made, they hold ${contestants.map(([name]) => `${final(name).toFixed(2)} mS/cm (${name})`).join(', ')}. Over all campaigns ${names
      .map(
        (name) =>
          `${said(name)} asked for ${percent(
            asked.flat().filter((one) => one !== null),
            name,
          )} %`,
      )
      .join(
        ', ',
      )}: what is asked for adapts to which acquisition's proposals became the best so far. At the paper's pace of 17 minutes a formula the median campaign has its best after ${rounded((counts.portfolio * 40) / 140, 2)} h of 40.`,
    picture: draw({ reports, possible, asked, names, budget, seeds, initial }),
    result: {
      ...{ pool: rows.length, seeds, budget, possible: rounded(possible) },
      medianUntilBest: Object.fromEntries(
        contestants.map(([name]) => [name, counts[name] > budget ? null : counts[name]]),
      ),
      finalMedian: Object.fromEntries(contestants.map(([name]) => [name, rounded(final(name))])),
      askedPercent: Object.fromEntries(
        names.map((name) => [
          name,
          percent(
            asked.flat().filter((one) => one !== null),
            name,
          ),
        ]),
      ),
    },
  };
}

const half = 10;

/** The share of an acquisition among the formulas around each, over all campaigns, in percent. */
const shareAround = (asked, name, initial, budget) =>
  range(budget)
    .slice(initial + half, -half)
    .map((at) => [
      at + 1,
      100 *
        mean(asked.flatMap((list) => list.slice(at - half, at + half)).map((one) => (one === name ? 1 : 0))),
    ]);

function draw({ reports, possible, asked, names, budget, seeds, initial }) {
  const best = bestCurves({
    ...{
      reports,
      contestants,
      width: 460,
      height: 390,
      title: 'Best conductivity so far',
      note: `Median and quartiles of ${seeds} campaigns`,
    },
    curveOf: ({ values }) => bestSoFar(values),
    x: { label: 'formulas made', domain: [1, budget] },
    y: { label: 'σ at 30 °C / mS cm⁻¹', domain: [6, 19] },
    marks: [rule({ y: possible, label: 'best of the pool' })],
  });
  const which = plot({
    ...{
      width: 430,
      height: 390,
      title: 'Who asked',
      note: 'Share of each acquisition in windows of twenty formulas',
    },
    x: { label: 'formulas made', domain: [1, budget] },
    y: { label: 'share of the portfolio / %', domain: [0, 70] },
    key: names.map((name, i) => ({ label: said(name), colour: series[i] })),
    marks: names.map((name, i) => line(shareAround(asked, name, initial, budget), { colour: series[i] })),
  });
  return figure({
    title: 'A robot mixes electrolytes, a portfolio asks',
    says: 'Real measurements (CALiSol-23 at 30 °C), four formulas at a time. The portfolio draws one of four acquisitions for each proposal, the oftener the more of its proposals became the best so far.',
    rows: [[best, which]],
  });
}
