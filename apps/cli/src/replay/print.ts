import type { Goal } from './goal.js';
import { sparkline } from '../report/sparkline.js';
import { table } from '../report/table.js';
import type { Estimate } from '../report/statistics.js';
import { medianCurve, type ReplayReport } from './summary.js';

const curveWidth = 60;

/** A table of the strategies and their curves: the best value so far (of a window: the distance from it), median over the seeds. */
export function printed(reports: readonly ReplayReport[], goal: Goal): readonly string[] {
  const checkpoints = Object.keys(reports[0]?.summary.best ?? {});
  const rows = reports.map(({ strategy, summary, timing: { suggestionMs } }) => [
    strategy,
    interval(summary.firstTop5, (value) => value.toFixed(1).replace(/\.0$/, '')),
    interval(summary.top5Found, (value) => `${(100 * value).toFixed(0)} %`),
    shownFactor(summary.af['0.5']),
    shownFactor(summary.ef['max']),
    ...checkpoints.map((at) => Number((summary.best[at] ?? Number.NaN).toPrecision(4)).toString()),
    suggestionMs.p50.toFixed(1),
    suggestionMs.p95.toFixed(1),
  ]);
  const header = [
    'strategy',
    'first top-5 % hit',
    'top-5 % found',
    'AF 50 %',
    'EF max',
    ...checkpoints.map((at) => `best@${at}`),
    'ms p50',
    'ms p95',
  ];
  return [...table(header, rows, header.map((_, i) => i).slice(1)), '', ...curves(reports, goal)];
}

const shownFactor = (value: number | null | undefined): string => (value ?? null)?.toFixed(2) ?? '–';

const interval = ({ median, ci: [low, high] }: Estimate, text: (value: number) => string): string =>
  `${text(median)} [${text(low)}, ${text(high)}]`;

function curves(reports: readonly ReplayReport[], goal: Goal): string[] {
  const all = reports.map(({ strategy, runs }) => ({ strategy, curve: medianCurve(runs, goal) }));
  const values = all.flatMap(({ curve }) => curve);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const width = Math.max(...reports.map(({ strategy }) => strategy.length));
  return [
    `Best so far over the experiments, from ${low.toPrecision(4)} (▁) to ${high.toPrecision(4)} (█):`,
    ...all.map(({ strategy, curve }) => `${strategy.padEnd(width)}  ${sparkline(thinned(curve), low, high)}`),
  ];
}

function thinned(curve: readonly number[]): readonly number[] {
  if (curve.length <= curveWidth) return curve;
  return Array.from(
    { length: curveWidth },
    (_, i) => curve[Math.round((i * (curve.length - 1)) / (curveWidth - 1))] ?? Number.NaN,
  );
}
