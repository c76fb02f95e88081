import { toModelScale } from '@ionloop/chemistry';
import type { PlanRequest, StrategyName } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { plan } from '@ionloop/planner';
import { Failure } from '../failure.js';
import { type PoolRow, type ReplayPool, spaceOf } from './pool.js';
import { initialRows } from './run.js';
import { besideIn, objectiveOf, outcomeLimitOf, type Wishes } from './wishes.js';

export interface SeveralSettings {
  readonly initial: number;
  readonly batch: number;
  readonly budget: number;
}

export interface SeveralRun {
  readonly seed: number;
  readonly order: readonly number[];
  /** Of each row what was revealed, in the order of the targets. */
  readonly values: readonly (readonly number[])[];
  /** Whether a row keeps all limits. */
  readonly keeps: readonly boolean[];
  /** What was spent by then; empty where rows cost nothing. */
  readonly spent: readonly number[];
  readonly proposedBy: readonly (string | null)[];
  readonly suggestionMs: readonly number[];
}

/** What a row says: each column's value, by name. */
export type Outcome = ReadonlyMap<string, number>;

export function outcomesOf(
  { target }: ReplayPool,
  wishes: Wishes,
): (row: PoolRow, replicate: number) => Outcome {
  const columns = besideIn(wishes).map(({ column }) => column);
  return ({ value, replicates, beside = [] }, at) =>
    new Map([
      [target, replicates[at] ?? value],
      ...columns.map((column, k): [string, number] => [column, beside[at]?.[k] ?? Number.NaN]),
    ]);
}

/** Of what it is on average, whichever replicate would be revealed. */
export function meanOutcome(pool: ReplayPool, wishes: Wishes, row: PoolRow): Outcome {
  const all = row.replicates.map((_, at) => outcomesOf(pool, wishes)(row, at));
  const columns = [...(all[0]?.keys() ?? [])];
  return new Map(
    columns.map((column) => [
      column,
      all.reduce((sum, outcome) => sum + (outcome.get(column) ?? Number.NaN), 0) / all.length,
    ]),
  );
}

export const keepsAll = ({ limits }: Wishes, outcome: Outcome): boolean =>
  limits.every(({ column, low, high }) => {
    const value = outcome.get(column) ?? Number.NaN;
    return (low === null || value >= low) && (high === null || value <= high);
  });

interface Seen {
  readonly index: number;
  readonly outcome: Outcome;
  readonly proposedBy: string | null;
}

export function replaySeveral(
  pool: ReplayPool,
  strategy: StrategyName,
  seed: number,
  wishes: Wishes,
  { initial, batch, budget }: SeveralSettings,
): SeveralRun {
  const { targets, prices } = wishes;
  const byId = new Map(pool.candidates.map((row) => [String(row.index), row]));
  const revealed = outcomesOf(pool, wishes);
  const priceOf = (row: PoolRow): number =>
    prices === null ? 0 : (meanOutcome(pool, wishes, row).get(prices.column) ?? 0);
  const money = prices?.budget ?? Infinity;
  const asks = requestsOf(pool, wishes, priceOf);
  const seen: Seen[] = [];
  const spent: number[] = [];
  const suggestionMs: number[] = [];
  const take = (row: PoolRow, proposedBy: string | null): void => {
    // What a row says depends on the seed alone, not on who asks or when.
    const stream = Philox.fromSeed(`replay/${seed}/row-${row.index}`);
    const outcome = revealed(row, stream.integer(row.replicates.length));
    seen.push({ index: row.index, outcome, proposedBy });
    spent.push((spent.at(-1) ?? 0) + priceOf(row));
  };
  for (const row of initialRows(pool, seed, Math.min(initial, budget))) {
    if ((spent.at(-1) ?? 0) + priceOf(row) <= money) take(row, null);
  }
  const wanted = Math.min(budget, pool.candidates.length);
  while (seen.length < wanted && (spent.at(-1) ?? 0) < money) {
    const began = performance.now();
    const { proposals } = plan({
      ...asks(seen, spent.at(-1) ?? 0),
      strategy: { name: strategy, initial },
      seed: `replay/${seed}/plan-${suggestionMs.length + 1}`,
      count: Math.min(batch, wanted - seen.length),
    });
    suggestionMs.push(performance.now() - began);
    if (proposals.length === 0) break;
    for (const { point, acquisition } of proposals) {
      const { row: id } = point;
      const row = typeof id === 'string' ? byId.get(id) : undefined;
      if (!row || seen.some(({ index }) => index === row.index)) {
        throw new Failure(`the strategy ${strategy} proposed ${JSON.stringify(id)}, which is no new row`);
      }
      take(row, acquisition?.name ?? null);
    }
  }
  return {
    seed,
    order: seen.map(({ index }) => index),
    values: seen.map(({ outcome }) => targets.map(({ column }) => outcome.get(column) ?? Number.NaN)),
    keeps: seen.map(({ outcome }) => keepsAll(wishes, outcome)),
    spent: prices === null ? [] : spent,
    proposedBy: seen.map(({ proposedBy }) => proposedBy),
    suggestionMs,
  };
}

type Asked = Omit<PlanRequest, 'strategy' | 'seed' | 'count'>;

function requestsOf(
  pool: ReplayPool,
  { targets, limits, prices }: Wishes,
  priceOf: (row: PoolRow) => number,
): (seen: readonly Seen[], spent: number) => Asked {
  const space = spaceOf(pool);
  const [first, ...rest] = targets;
  const priced =
    prices === null
      ? null
      : {
          base: 0,
          per: [
            {
              parameter: 'row',
              of: Object.fromEntries(pool.candidates.map((row) => [String(row.index), priceOf(row)])),
            },
          ],
          ...(prices.budget !== null && { budget: prices.budget }),
        };
  const onScale = (
    outcome: Outcome,
    { column, transform }: { column: string; transform: 'none' | 'log10' },
  ): number => toModelScale(outcome.get(column) ?? Number.NaN, transform);
  return (seen, spent) => ({
    space,
    objectives: [objectiveOf(first), ...rest.map(objectiveOf)],
    ...(limits.length > 0 && { constraints: limits.map(outcomeLimitOf) }),
    ...(priced && { cost: { ...priced, spent } }),
    experimentsSoFar: seen.length,
    observations: seen.map(({ index, outcome, proposedBy }) => ({
      point: { row: String(index) },
      values: targets.map((target) => onScale(outcome, target)),
      ...(limits.length > 0 && { limited: limits.map((limit) => onScale(outcome, limit)) }),
      ...(proposedBy !== null && { proposedBy }),
    })),
    failures: [],
    pending: [],
  });
}
