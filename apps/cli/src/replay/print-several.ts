import { sparkline } from '../report/sparkline.js';
import type { Estimate } from '../report/statistics.js';
import { table } from '../report/table.js';
import type { Goal } from './goal.js';
import type { ReplayPool } from './pool.js';
import type { SeveralRun } from './run-several.js';
import { atSpent, judgeOf, middleOf, moneyOf, type SeveralReport } from './summary-several.js';
import type { Limit, Wishes } from './wishes.js';

const curveWidth = 60;

/** What is wanted, a table of the strategies, and their curves over the experiments or over what they cost. */
export function printedSeveral(
  pool: ReplayPool,
  wishes: Wishes,
  reports: readonly SeveralReport[],
  runs: readonly (readonly SeveralRun[])[],
): readonly string[] {
  const [first] = reports;
  if (first === undefined) return [];
  const { sought, soughtRows, reached, reachedBySpent, kept } = first.summary;
  const share = sought === 'front';
  const shown = (value: number | null): string =>
    value === null ? '–' : share ? percent(value) : Number(value.toPrecision(4)).toString();
  const points = Object.keys(reachedBySpent ?? reached);
  const header = [
    'strategy',
    share ? 'first of the front' : 'first top-5 % hit',
    share ? 'front found' : 'top-5 % found',
    'AF 50 %',
    'EF max',
    ...(kept === undefined ? [] : ['keep limits']),
    ...(first.summary.spent === undefined ? [] : ['spent']),
    ...points.map(
      (at) => `${share ? 'volume' : 'best'}@${at}${reachedBySpent === undefined ? '' : ' spent'}`,
    ),
    'ms p50',
    'ms p95',
  ];
  const rows = reports.map(({ strategy, summary, timing: { suggestionMs } }) => [
    strategy,
    interval(summary.first, (value) => value.toFixed(1).replace(/\.0$/, '')),
    interval(summary.found, percent),
    shownFactor(summary.af['0.5']),
    shownFactor(summary.ef['max']),
    ...(summary.kept === undefined ? [] : [percent(summary.kept.median)]),
    ...(summary.spent === undefined ? [] : [summary.spent.median.toPrecision(4)]),
    ...points.map((at) => shown((summary.reachedBySpent ?? summary.reached)[at] ?? null)),
    suggestionMs.p50.toFixed(1),
    suggestionMs.p95.toFixed(1),
  ]);
  return [
    wantedIn(wishes),
    `${soughtRows} rows are ${share ? 'the front' : 'the top 5 %'}${kept === undefined ? '' : ' of those that keep all limits'}.`,
    ...table(header, rows, header.map((_, i) => i).slice(1)),
    '',
    ...curves(pool, wishes, reports, runs),
  ];
}

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
const shownFactor = (value: number | null | undefined): string => (value ?? null)?.toFixed(2) ?? '–';
const interval = ({ median, ci: [low, high] }: Estimate, text: (value: number) => string): string =>
  `${text(median)} [${text(low)}, ${text(high)}]`;

const wantedIn = ({ targets, limits }: Wishes): string =>
  [
    ...targets.map(({ column, goal }) => `${column} ${toldGoal(goal)}`),
    ...limits.map((limit) => `${limit.column} ${toldEnds(limit)} in any case`),
  ].join('; ');

const toldGoal = (goal: Goal): string =>
  typeof goal === 'string'
    ? `as ${goal === 'max' ? 'large' : 'small'} as can be`
    : `between ${goal.from} and ${goal.to}`;

function toldEnds({ low, high }: Limit): string {
  if (low !== null && high !== null) return `between ${low} and ${high}`;
  return low === null ? `at most ${high ?? ''}` : `at least ${low}`;
}

function curves(
  pool: ReplayPool,
  wishes: Wishes,
  reports: readonly SeveralReport[],
  runs: readonly (readonly SeveralRun[])[],
): readonly string[] {
  const judge = judgeOf(pool, wishes);
  const isPaid = wishes.prices !== null;
  const money = moneyOf(runs.flat(), wishes);
  const all = runs.map((some) => {
    const own = some.map((run) => ({ curve: judge.curve(run), spent: run.spent }));
    const length = Math.min(...own.map(({ curve }) => curve.length));
    const steps = isPaid ? curveWidth : Math.min(curveWidth, length);
    return Array.from({ length: steps }, (_, i) =>
      middleOf(
        own.map(({ curve, spent }) =>
          isPaid
            ? atSpent(curve, spent, ((i + 1) / steps) * money)
            : (curve[steps < 2 ? 0 : Math.round((i * (length - 1)) / (steps - 1))] ?? null),
        ),
        judge.larger,
      ),
    );
  });
  const values = all.flat().filter((value) => value !== null);
  if (values.length === 0) return ['Nothing was reached in half of the runs.'];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const width = Math.max(...reports.map(({ strategy }) => strategy.length));
  const over = isPaid ? `what was spent, up to ${money.toPrecision(4)}` : 'the experiments';
  const what = wishes.targets.length > 1 ? 'Volume' : 'Best so far';
  return [
    `${what} over ${over}, from ${low.toPrecision(4)} (▁) to ${high.toPrecision(4)} (█), blank before there is any:`,
    ...reports.map(({ strategy }, i) => {
      const line = (all[i] ?? []).map((value) => (value === null ? ' ' : sparkline([value], low, high)));
      return `${strategy.padEnd(width)}  ${line.join('')}`;
    }),
  ];
}
