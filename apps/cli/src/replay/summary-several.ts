import { hypervolume, nonDominated } from '@ionloop/acquisition';
import { toModelScale } from '@ionloop/chemistry';
import { fromRows, selectRows } from '@ionloop/linalg';
import { Failure } from '../failure.js';
import { type Estimate, estimate, median, quantileOf } from '../report/statistics.js';
import { acceleration, enhancement } from './gain.js';
import { followed, shortfall } from './goal.js';
import type { ReplayPool } from './pool.js';
import { keepsAll, meanOutcome, type Outcome, type SeveralRun } from './run-several.js';
import { topRows } from './summary.js';
import type { Limit, Target, Wishes } from './wishes.js';

export interface SeveralReport {
  readonly pool: string;
  readonly strategy: string;
  readonly targets: readonly Target[];
  readonly limits: readonly Limit[];
  readonly runs: readonly SeveralRunReport[];
  readonly summary: SeveralSummary;
  readonly timing: { readonly suggestionMs: { readonly p50: number; readonly p95: number } };
}

export interface SeveralRunReport {
  readonly seed: number;
  readonly order: readonly number[];
  /** Of one target a number for each row, of several a list. */
  readonly values: readonly number[] | readonly (readonly number[])[];
  readonly proposedBy: readonly (string | null)[];
  /** Only with limits. */
  readonly keeps?: readonly boolean[];
  /** Only with costs. */
  readonly spent?: readonly number[];
}

export interface SeveralSummary {
  /** Of what is looked for: of one target the best 5 % of the rows that keep all limits, of several those of the front of such rows. */
  readonly sought: 'top 5 %' | 'front';
  /** How many rows these are. */
  readonly soughtRows: number;
  /** Experiments until the first of them; a run that found none counts as one more than it had. */
  readonly first: Estimate;
  /** Share of them that was found at the end. */
  readonly found: Estimate;
  /**
   * Medians after so many experiments. Of one target the best value that keeps all limits (of a window the distance from it), null where fewer than half
   * of the runs have one. Of several the volume that is beaten, of the box between the worst and the best of all rows that keep the limits, over that of the whole front.
   */
  readonly reached: Readonly<Record<string, number | null>>;
  /** The same after these shares of what may be spent, or of what the thriftiest run spent; only with costs. */
  readonly reachedBySpent?: Readonly<Record<string, number | null>>;
  /** What was spent at the end; only with costs. */
  readonly spent?: Estimate;
  /** Share of the rows asked for that keep all limits; only with limits. */
  readonly kept?: Estimate;
  readonly af: Readonly<Record<string, number | null>>;
  readonly ef: Readonly<Record<string, number>>;
}

const checkpoints = [10, 20, 40, 60] as const;
const quarters = [0.25, 0.5, 0.75, 1] as const;

/** What a run has reached after each of its rows; null before there is anything. */
export type Curve = readonly (number | null)[];

export function reportSeveral(
  pool: ReplayPool,
  strategy: string,
  runs: readonly SeveralRun[],
  wishes: Wishes,
): SeveralReport {
  const judge = judgeOf(pool, wishes);
  const curves = runs.map((run) => judge.curve(run));
  const hits = runs.map(({ order }) => order.map((row) => judge.sought.has(row)));
  const size = { top: judge.sought.size, pool: pool.candidates.length };
  const times = runs.flatMap(({ suggestionMs }) => suggestionMs);
  const isPaid = wishes.prices !== null;
  const isLimited = wishes.limits.length > 0;
  const money = moneyOf(runs, wishes);
  return {
    pool: pool.file,
    strategy,
    targets: wishes.targets,
    limits: wishes.limits,
    runs: runs.map(({ seed, order, values, keeps, spent, proposedBy }) => ({
      ...{ seed, order, proposedBy },
      values: wishes.targets.length === 1 ? values.map(([value = Number.NaN]) => value) : values,
      ...(isLimited && { keeps }),
      ...(isPaid && { spent }),
    })),
    summary: {
      sought: wishes.targets.length === 1 ? 'top 5 %' : 'front',
      soughtRows: judge.sought.size,
      first: estimate(hits.map((run) => (run.includes(true) ? run.indexOf(true) + 1 : run.length + 1))),
      found: estimate(hits.map((run) => run.filter(Boolean).length / judge.sought.size)),
      reached: Object.fromEntries(
        checkpoints
          .filter((at) => curves.every((curve) => curve.length >= at))
          .map((at) => [
            String(at),
            middleOf(
              curves.map((curve) => curve[at - 1] ?? null),
              judge.larger,
            ),
          ]),
      ),
      ...(isPaid && {
        reachedBySpent: Object.fromEntries(
          quarters.map((share) => [
            (share * money).toPrecision(4),
            middleOf(
              curves.map((curve, i) => atSpent(curve, runs[i]?.spent ?? [], share * money)),
              judge.larger,
            ),
          ]),
        ),
        spent: estimate(runs.map(({ spent }) => spent.at(-1) ?? 0)),
      }),
      ...(isLimited && {
        kept: estimate(runs.map(({ keeps }) => keeps.filter(Boolean).length / Math.max(1, keeps.length))),
      }),
      af: acceleration(hits, size),
      ef: enhancement(hits, size, checkpoints),
    },
    timing: {
      suggestionMs:
        times.length === 0 ? { p50: 0, p95: 0 } : { p50: median(times), p95: quantileOf(times, 0.95) },
    },
  };
}

/** As it is written: of one target by the names that a report without limits and costs has. */
export function writtenSeveral({ summary, targets, limits, ...report }: SeveralReport): object {
  const { sought, soughtRows, first, found, reached, reachedBySpent, ...others } = summary;
  const bySpent = (name: string): object => (reachedBySpent === undefined ? {} : { [name]: reachedBySpent });
  return {
    ...report,
    ...(targets.length > 1 && { targets }),
    ...(limits.length > 0 && { limits }),
    summary:
      sought === 'front'
        ? {
            ...{ firstOfFront: first, frontFound: found, volume: reached, front: soughtRows },
            ...bySpent('volumeBySpent'),
            ...others,
          }
        : {
            ...{ firstTop5: first, top5Found: found, best: reached, top5: soughtRows },
            ...bySpent('bestBySpent'),
            ...others,
          },
  };
}

/** What may be spent, or what every run has spent. */
export const moneyOf = (runs: readonly SeveralRun[], { prices }: Wishes): number =>
  prices?.budget ?? Math.min(...runs.map(({ spent }) => spent.at(-1) ?? 0));

/** What was reached with so much money. */
export function atSpent(curve: Curve, spent: readonly number[], money: number): number | null {
  const rows = spent.findIndex((sum) => sum > money * (1 + 1e-12));
  return curve[(rows < 0 ? spent.length : rows) - 1] ?? null;
}

/** The median, where nothing counts as worse than anything; null where that is nothing. */
export function middleOf(values: readonly (number | null)[], larger: boolean): number | null {
  const found = median(values.map((value) => value ?? (larger ? -Infinity : Infinity)));
  return Number.isFinite(found) ? found : null;
}

export interface Judge {
  /** Rows of the file that are looked for. */
  readonly sought: ReadonlySet<number>;
  /** Whether more is better. */
  readonly larger: boolean;
  curve(run: Pick<SeveralRun, 'values' | 'keeps'>): Curve;
}

export function judgeOf(pool: ReplayPool, wishes: Wishes): Judge {
  const outcomes = pool.candidates.map((row) => ({ row, outcome: meanOutcome(pool, wishes, row) }));
  const kept = outcomes.filter(({ outcome }) => keepsAll(wishes, outcome));
  if (kept.length === 0) {
    throw new Failure(`no row of ${pool.file} keeps all limits: there is nothing to look for`);
  }
  const [first, ...others] = wishes.targets;
  if (others.length === 0) {
    const rows = kept.map(({ row }) => row);
    return { sought: topRows({ candidates: rows }, first.goal), ...bestOf(first) };
  }
  const meritsOf = (outcome: Outcome): readonly number[] =>
    wishes.targets.map((target) => meritOf(outcome.get(target.column) ?? Number.NaN, target));
  const all = kept.map(({ outcome }) => meritsOf(outcome));
  const ends = wishes.targets.map((_, k) => {
    const own = all.map((merits) => merits[k] ?? 0);
    return [own.reduce((a, b) => Math.min(a, b)), own.reduce((a, b) => Math.max(a, b))] as const;
  });
  const inBox = (merits: readonly number[]): number[] =>
    ends.map(([low, high], k) => (high > low ? ((merits[k] ?? 0) - low) / (high - low) : 1));
  const Y = fromRows(all.map(inBox));
  const reference = new Float64Array(wishes.targets.length);
  const front = nonDominated(Y);
  const members = new Set(front.map((i) => (all[i] ?? []).join(' ')));
  const possible = hypervolume(selectRows(Y, front), reference);
  return {
    // Of equal rows all are of the front.
    sought: new Set(kept.flatMap(({ row }, i) => (members.has((all[i] ?? []).join(' ')) ? [row.index] : []))),
    larger: true,
    curve({ values, keeps }) {
      let found: number[][] = [];
      return values.map((row, i) => {
        if (keeps[i]) {
          const merits = row.map((value, k) => {
            const target = wishes.targets[k];
            return target === undefined ? Number.NaN : meritOf(value, target);
          });
          const candidates = [...found, inBox(merits)];
          found = nonDominated(fromRows(candidates)).flatMap((at) => [candidates[at] ?? []]);
        }
        return found.length === 0 ? 0 : hypervolume(fromRows(found), reference) / possible;
      });
    },
  };
}

/** The best value of one target that keeps all limits. */
function bestOf({ goal }: Target): Pick<Judge, 'larger' | 'curve'> {
  return {
    larger: goal === 'max',
    curve({ values, keeps }) {
      let best: number | null = null;
      return values.map(([value = Number.NaN], i) => {
        const isBetter = best === null || shortfall(goal, value) < (goal === 'max' ? -best : best);
        if (keeps[i] && isBetter) best = followed(goal, value);
        return best;
      });
    },
  };
}

/** The larger the better, on the scale that models see. */
function meritOf(value: number, { goal, transform }: Target): number {
  const scaled = (at: number): number => toModelScale(at, transform);
  if (typeof goal === 'string') return goal === 'max' ? scaled(value) : 0 - scaled(value);
  return 0 - shortfall({ from: scaled(goal.from), to: scaled(goal.to) }, scaled(value));
}
