import { toModelScale } from '@ionloop/chemistry';
import type { Observation, PlanObjective, Proposal, StrategyName } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { plan } from '@ionloop/planner';
import { Failure } from '../failure.js';
import type { Goal } from './goal.js';
import { spaceOf, type PoolRow, type ReplayPool } from './pool.js';

export interface ReplaySettings {
  readonly goal: Goal;
  readonly transform: 'none' | 'log10';
  readonly initial: number;
  readonly batch: number;
  readonly budget: number;
}

export interface ReplayRun {
  readonly seed: number;
  /** Rows of the file in the order they were asked for, counted from 0 after the header. */
  readonly order: readonly number[];
  readonly values: readonly number[];
  /** The acquisition that asked for each row; null for initial rows and strategies without a model. */
  readonly proposedBy: readonly (string | null)[];
}

export interface TimedRun extends ReplayRun {
  readonly suggestionMs: readonly number[];
  /** Of each row asked for after the initial ones: what was expected of it, on the scale that models see. */
  readonly predictions: readonly Proposal['prediction'][];
}

/** The same for every strategy: what a seed begins with does not depend on who goes on from there. */
export function initialRows(pool: ReplayPool, seed: number, count: number): readonly PoolRow[] {
  const stream = Philox.fromSeed(`replay/${seed}/initial`);
  return stream
    .choose(pool.candidates.length, Math.min(count, pool.candidates.length))
    .flatMap((at) => pool.candidates[at] ?? []);
}

export function replayRun(
  pool: ReplayPool,
  strategy: StrategyName,
  seed: number,
  settings: ReplaySettings,
): TimedRun {
  const { transform, initial, batch, budget } = settings;
  const space = spaceOf(pool);
  const objective = objectiveOf(pool.target, settings);
  const byId = new Map(pool.candidates.map((row) => [String(row.index), row]));
  const ask = answers(seed);
  const seen: Asked[] = initialRows(pool, seed, Math.min(initial, budget)).map((row) => ({
    ...ask(row),
    proposedBy: null,
  }));
  const suggestionMs: number[] = [];
  const predictions: Proposal['prediction'][] = [];
  while (seen.length < Math.min(budget, pool.candidates.length)) {
    const began = performance.now();
    const { proposals } = plan({
      space,
      objectives: [objective],
      strategy: { name: strategy, initial },
      seed: `replay/${seed}/plan-${suggestionMs.length + 1}`,
      count: Math.min(batch, budget - seen.length),
      experimentsSoFar: seen.length,
      observations: seen.map(({ index, value, proposedBy }): Observation => ({
        point: { row: String(index) },
        values: [toModelScale(value, transform)],
        // A portfolio learns which of its acquisitions pay.
        ...(proposedBy !== null && { proposedBy }),
      })),
      failures: [],
      pending: [],
    });
    suggestionMs.push(performance.now() - began);
    if (proposals.length === 0) break;
    for (const { point, prediction, acquisition } of proposals) {
      const answer = ask(newRow(byId, seen, point['row'], strategy));
      seen.push({ ...answer, proposedBy: acquisition?.name ?? null });
      predictions.push(prediction);
    }
  }
  return {
    seed,
    order: seen.map(({ index }) => index),
    values: seen.map(({ value }) => value),
    proposedBy: seen.map(({ proposedBy }) => proposedBy),
    suggestionMs,
    predictions,
  };
}

function objectiveOf(property: string, { goal, transform }: ReplaySettings): PlanObjective {
  const measured = { property, transform, unit: '' };
  if (typeof goal !== 'string') return { ...measured, goal: 'window', low: goal.from, high: goal.to };
  return { ...measured, goal: goal === 'max' ? 'maximise' : 'minimise' };
}

interface Answer {
  readonly index: number;
  readonly value: number;
}

interface Asked extends Answer {
  readonly proposedBy: string | null;
}

/** What a row says depends on the seed alone, not on who asks or when. */
const answers =
  (seed: number) =>
  ({ index, value, replicates }: PoolRow): Answer => {
    const stream = Philox.fromSeed(`replay/${seed}/row-${index}`);
    return { index, value: replicates[stream.integer(replicates.length)] ?? value };
  };

function newRow(
  byId: ReadonlyMap<string, PoolRow>,
  seen: readonly Answer[],
  id: unknown,
  strategy: string,
): PoolRow {
  const row = typeof id === 'string' ? byId.get(id) : undefined;
  if (!row)
    throw new Failure(`the strategy ${strategy} proposed ${JSON.stringify(id)}, which is no row of the pool`);
  if (seen.some(({ index }) => index === row.index))
    throw new Failure(`the strategy ${strategy} proposed row ${row.index} twice`);
  return row;
}
