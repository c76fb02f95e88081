import { acceleration, enhancement } from './gain.js';
import { followed, shortfall, type Goal } from './goal.js';
import { estimate, median, quantileOf, type Estimate } from '../report/statistics.js';
import type { PoolRow, ReplayPool } from './pool.js';
import type { ReplayRun, ReplaySettings, TimedRun } from './run.js';

export interface ReplaySummary {
  /** Experiments until the first of the best 5 % was found; a run that found none counts as one more than it had. */
  readonly firstTop5: Estimate;
  /** Share of the best 5 % that was found at the end. */
  readonly top5Found: Estimate;
  /** Median of the best value after so many experiments, as far as the budget goes. */
  readonly best: Readonly<Record<string, number>>;
  /** How many candidates the best 5 % are. */
  readonly top5: number;
  /** Experiments that random draws need for a share of the best 5 %, over those needed here; null where half of the runs did not get so far. */
  readonly af: Readonly<Record<string, number | null>>;
  /** The share of the best 5 % found after so many experiments, over that of random draws; `max` over all of them. */
  readonly ef: Readonly<Record<string, number>>;
}

export interface ReplayReport {
  readonly pool: string;
  readonly strategy: string;
  readonly runs: readonly ReplayRun[];
  readonly summary: ReplaySummary;
  readonly timing: { readonly suggestionMs: { readonly p50: number; readonly p95: number } };
}

const checkpoints = [10, 20, 40, 60] as const;
const topShare = 0.05;

export function report(
  pool: ReplayPool,
  strategy: string,
  timed: readonly TimedRun[],
  settings: ReplaySettings,
): ReplayReport {
  const runs = timed.map(({ seed, order, values, proposedBy }) => ({ seed, order, values, proposedBy }));
  const top = topRows(pool, settings.goal);
  const first = ({ order }: ReplayRun): number => {
    const at = order.findIndex((row) => top.has(row));
    return at < 0 ? order.length + 1 : at + 1;
  };
  const found = ({ order }: ReplayRun): number => order.filter((row) => top.has(row)).length / top.size;
  const curve = medianCurve(runs, settings.goal);
  const hits = runs.map(({ order }) => order.map((row) => top.has(row)));
  const size = { top: top.size, pool: pool.candidates.length };
  const times = timed.flatMap(({ suggestionMs }) => suggestionMs);
  return {
    pool: pool.file,
    strategy,
    runs,
    summary: {
      firstTop5: estimate(runs.map(first)),
      top5Found: estimate(runs.map(found)),
      best: Object.fromEntries(
        checkpoints.flatMap((at) => {
          const best = curve[at - 1];
          return best === undefined ? [] : [[String(at), best]];
        }),
      ),
      top5: top.size,
      af: acceleration(hits, size),
      ef: enhancement(hits, size, checkpoints),
    },
    timing: {
      suggestionMs:
        times.length === 0 ? { p50: 0, p95: 0 } : { p50: median(times), p95: quantileOf(times, 0.95) },
    },
  };
}

/** The best 5 % of the pool, at least one row; rows as good as the last of them belong to them. */
export function topRows(
  { candidates }: { readonly candidates: readonly Pick<PoolRow, 'index' | 'value'>[] },
  goal: Goal,
): ReadonlySet<number> {
  const sorted = candidates.map(({ value }) => shortfall(goal, value)).sort((a, b) => a - b);
  const bar = sorted[Math.ceil(topShare * sorted.length) - 1] ?? Infinity;
  return new Set(candidates.filter(({ value }) => shortfall(goal, value) <= bar).map(({ index }) => index));
}

/** Median over the runs of the best value after 1, 2, 3 … experiments; of a window, the smallest distance from it. */
export function medianCurve(runs: readonly Pick<ReplayRun, 'values'>[], goal: Goal): readonly number[] {
  const better = goal === 'max' ? Math.max : Math.min;
  const curves = runs.map(({ values }) => {
    let best = goal === 'max' ? -Infinity : Infinity;
    return values.map((value) => (best = better(best, followed(goal, value))));
  });
  const length = Math.min(...curves.map((curve) => curve.length));
  return Array.from({ length }, (_, i) => median(curves.map((curve) => curve[i] ?? Number.NaN)));
}
