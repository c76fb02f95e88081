import { InvalidArgumentError } from 'commander';
import type { OutcomeLimit, PlanObjective } from '@ionloop/domain';
import { Failure, WrongUsage } from '../failure.js';
import { decimalNumber } from '../input/number.js';
import type { Goal } from './goal.js';

/** What of a data set is wanted, what must be kept, and what a row costs. */
export interface Wishes {
  readonly targets: readonly [Target, ...Target[]];
  readonly limits: readonly Limit[];
  readonly prices: Prices | null;
}

export interface Target {
  readonly column: string;
  readonly goal: Goal;
  readonly transform: Transform;
}

export interface Limit {
  readonly column: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly transform: Transform;
}

export interface Prices {
  readonly column: string;
  /** What may be spent in all. */
  readonly budget: number | null;
}

export type Transform = 'none' | 'log10';

export interface SaidWishes {
  readonly target: readonly string[];
  readonly goal: readonly Goal[];
  readonly transform?: readonly Transform[];
  readonly limit?: readonly Limit[];
  readonly cost?: string;
  readonly costBudget?: number;
}

const mostTargets = 4;
const mostLimits = 8;

/** Targets, goals and scales go together by their order. */
export function wishesOf(said: SaidWishes): Wishes {
  const { target, limit: limits = [], cost, costBudget } = said;
  // Of one target what was said last counts, as with other options.
  const spoken = target.length === 1 ? -1 : 0;
  const goal = said.goal.slice(spoken);
  const transform = (said.transform ?? []).slice(spoken);
  if (target.length > mostTargets) {
    throw new WrongUsage(`there are ${target.length} targets; there can be 1 to ${mostTargets}`);
  }
  if (limits.length > mostLimits) {
    throw new WrongUsage(`there are ${limits.length} limits; there can be at most ${mostLimits}`);
  }
  if (goal.length !== target.length) {
    throw new WrongUsage(
      `there are ${count(target.length, 'target')} and ${count(goal.length, 'goal')}; say --goal once for each --target, in their order`,
    );
  }
  if (transform.length > 0 && transform.length !== target.length) {
    throw new WrongUsage(
      `there are ${count(target.length, 'target')} and ${count(transform.length, 'scale')}; say --transform once for each --target, in their order, or not at all`,
    );
  }
  if (cost === undefined && costBudget !== undefined) {
    throw new WrongUsage('--cost-budget goes with --cost, the column that says what a row costs');
  }
  refuseTwice(target, '--target');
  refuseTwice(
    limits.map(({ column }) => column),
    '--limit',
  );
  const [first, ...rest] = target.map((column, k): Target => ({
    column,
    goal: goal[k] ?? 'max',
    transform: transform[k] ?? 'none',
  }));
  if (first === undefined) throw new WrongUsage('a replay needs a --target');
  const targets = [first, ...rest] as const;
  return {
    targets,
    limits: limits.map((limit) => sameScale(limit, targets)),
    prices: cost === undefined ? null : { column: cost, budget: costBudget ?? null },
  };
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function refuseTwice(columns: readonly string[], option: string): void {
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw new WrongUsage(`${option} is given twice for "${twice}"`);
}

/** A column that is wanted and limited is looked at in one way. */
function sameScale(limit: Limit, targets: readonly Target[]): Limit {
  const own = targets.find(({ column }) => column === limit.column);
  const { transform = limit.transform } = own ?? {};
  if (transform === 'log10' && [limit.low, limit.high].some((end) => end !== null && end <= 0)) {
    throw new WrongUsage(`a limit of "${limit.column}" is not above 0 and has no logarithm`);
  }
  return { ...limit, transform };
}

/** Whether a single column is wanted, whatever else there may be of a row. */
export const isOneColumn = ({ limits, prices, targets }: Wishes): boolean =>
  targets.length === 1 && limits.length === 0 && prices === null;

/** Columns that say something of a row beside the first target, each once. */
export const besideIn = ({ targets, limits, prices }: Wishes): readonly BesideColumn[] => {
  const [first, ...others] = targets;
  const all: readonly BesideColumn[] = [
    ...[...others, ...limits].map(
      ({ column, transform }) =>
        ({ column, mustBe: transform === 'log10' ? 'logarithm' : 'number' }) as const,
    ),
    ...(prices === null ? [] : [{ column: prices.column, mustBe: 'price' } as const]),
  ];
  const price = prices?.column;
  const isResult =
    first.column === price || all.some((one) => one.column === price && one.mustBe !== 'price');
  if (price !== undefined && isResult) {
    throw new Failure(`"${price}" cannot be both a cost and a result`);
  }
  return all.filter(
    ({ column }, i) => column !== first.column && all.findIndex((one) => one.column === column) === i,
  );
};

export interface BesideColumn {
  readonly column: string;
  readonly mustBe: 'number' | 'logarithm' | 'price';
}

/** `column:low:high`, one of the ends may be empty; with `:log10` models see its logarithm. */
export function limitIn(text: string, before: readonly Limit[] = []): readonly Limit[] {
  const parts = text.split(':');
  const transform = parts.at(-1) === 'log10' ? 'log10' : 'none';
  const rest = transform === 'log10' ? parts.slice(0, -1) : parts;
  const [low, high] = rest.slice(-2).map((part) => (part.trim() === '' ? null : decimalNumber(part)));
  const column = rest.slice(0, -2).join(':');
  const wrong = column === '' || low === undefined || high === undefined || (low === null && high === null);
  if (wrong || (low !== null && high !== null && low > high)) {
    throw new InvalidArgumentError(
      'It must be column:low:high with numbers low ≤ high, one of which may be empty; :log10 after it for its logarithm.',
    );
  }
  return [...before, { column, low, high, transform }];
}

export const objectiveOf = ({ column, goal, transform }: Target): PlanObjective => {
  const measured = { property: column, transform, unit: '' };
  if (typeof goal !== 'string') return { ...measured, goal: 'window', low: goal.from, high: goal.to };
  return { ...measured, goal: goal === 'max' ? 'maximise' : 'minimise' };
};

export const outcomeLimitOf = ({ column, low, high, transform }: Limit): OutcomeLimit => ({
  ...{ property: column, unit: '', transform, low, high },
});
