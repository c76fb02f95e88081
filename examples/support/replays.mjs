/** Reports of `ionloop replay`: how long until the best row, and what is in hand after each experiment. */
import { ionloop } from './ionloop.mjs';
import { band, line } from './marks.mjs';
import { plot } from './plot.mjs';
import { mean, quartiles, range } from './statistics.mjs';

/** `options` as on the command line: {pool: 'file.csv', target: 'sigma', goal: 'max', strategy: ['auto', 'random'], seeds: 10 …}. */
export function replay(options) {
  const words = Object.entries(options).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return Object.fromEntries(ionloop(['replay', ...words]).map((report) => [report.strategy, report]));
}

/** Experiments until one of the rows was asked for, in each run; one more than the run had where it never was. */
export const until = ({ runs }, rows) =>
  runs.map(({ order }) => {
    const at = order.findIndex((row) => rows.has(row));
    return at < 0 ? order.length + 1 : at + 1;
  });

/** The share of runs that have found one of the rows after each experiment, in percent. */
export const foundCurve = (report, rows) => {
  const counts = until(report, rows);
  const budget = report.runs[0].order.length;
  return range(budget + 1).map((at) => [at, 100 * mean(counts.map((count) => (count <= at ? 1 : 0)))]);
};

/** Evaluations until the best of a pool by random order, in the mean. */
export const byChance = (size, best = 1) => (size + 1) / (best + 1);

/** Best so far: median and quartiles of each contestant [name, label, colour]; `curveOf(run)` answers what is in hand after each experiment. */
export function bestCurves({ reports, contestants, curveOf, x, y, marks = [], ...rest }) {
  return plot({
    ...rest,
    x: { label: 'experiments', ...x },
    y,
    key: contestants.map(([, label, colour]) => ({ label, colour })),
    marks: [
      ...marks,
      ...quartileMarks(contestants, (name) => quartiles(reports[name].runs.map(curveOf)), 0.12),
    ],
  });
}

/** A band of quartiles with its median for each contestant [name, label, colour], the first on top; rows are [at, low, middle, high]. */
export const quartileMarks = (contestants, rowsOf, opacity = 0.11) =>
  contestants.toReversed().flatMap(([name, , colour]) => {
    const rows = rowsOf(name);
    return [
      band(
        rows.map(([at, low, , high]) => [at, low, high]),
        { colour, opacity },
      ),
      line(
        rows.map(([at, , middle]) => [at, middle]),
        { colour, step: true },
      ),
    ];
  });

/** The same of curves that are logarithms. */
export const raised = (rows) => rows.map(([at, ...values]) => [at, ...values.map((value) => 10 ** value)]);
