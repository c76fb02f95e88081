import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import { type AnalysisInput, invalidInput, type RehearsalRequest, type StrategyName } from '@ionloop/domain';
import {
  openRehearsal,
  type OpenRehearsal,
  type PlayedCampaign,
  type Rehearsal,
  type RehearsedRound,
  type RehearseOptions,
} from '../advice/rehearse.js';

export interface RehearsalTask {
  readonly request: RehearsalRequest;
  readonly input: AnalysisInput;
}

/** One campaign of one strategy. */
export interface RehearsalPlay {
  readonly strategy: StrategyName;
  readonly number: number;
}

/** Values in the unit of the objective. */
export interface RehearsalAnswer {
  readonly learnedFrom: Rehearsal['learnedFrom'];
  readonly resultCount: number;
  /** The best result before; null where there is none. */
  readonly before: number | null;
  readonly atATime: number;
  readonly experiments: number;
  readonly seeds: number;
  readonly target: number | null;
  readonly strategies: readonly RehearsedStrategy[];
}

export interface RehearsedStrategy {
  readonly strategy: StrategyName;
  /** After so many experiments half of the campaigns are near the top of their response; null where fewer are. */
  readonly likelyAfter: number | null;
  readonly targetAfter: number | null;
  readonly rounds: readonly ExpectedRound[];
}

export interface ExpectedRound {
  readonly experiments: number;
  readonly median: number;
  /** Where the best so far of half of the campaigns lies, in ascending order; and of nine in ten. */
  readonly half: readonly [number, number];
  readonly ninety: readonly [number, number];
  /** Shares of the campaigns. */
  readonly atTop: number;
  readonly reached: number | null;
}

/** Strategies at work on a task, in this thread. */
const opened = new WeakMap<RehearsalTask, Map<StrategyName, OpenRehearsal>>();

export function rehearsalPlays(task: RehearsalTask): readonly RehearsalPlay[] {
  const strategies = strategiesOf(task);
  for (const strategy of strategies) rehearsalOf(task, strategy);
  return strategies.flatMap((strategy) =>
    Array.from({ length: task.request.seeds }, (_, number) => ({ strategy, number })),
  );
}

export const playRehearsal = ({ strategy, number }: RehearsalPlay, task: RehearsalTask): PlayedCampaign =>
  rehearsalOf(task, strategy).play(number);

/** Of all plays, in their order. */
export function rehearsalAnswer(played: readonly PlayedCampaign[], task: RehearsalTask): RehearsalAnswer {
  const { request, input } = task;
  const { seeds, target } = request;
  const [{ transform }] = input.plan.objectives;
  const own = (value: number): number => fromModelScale(value, transform);
  const outcomes = strategiesOf(task).map((strategy, i) => ({
    strategy,
    outcome: rehearsalOf(task, strategy).outcome(played.slice(i * seeds, (i + 1) * seeds)),
  }));
  const { learnedFrom, before } = outcomes[0]!.outcome;
  return {
    learnedFrom,
    resultCount: input.plan.observations.length,
    before: before === null ? null : own(before),
    atATime: input.plan.count,
    experiments: roundsOf(task) * input.plan.count,
    seeds,
    target,
    strategies: outcomes.map(({ strategy, outcome: { rounds, likelyAfter } }) => ({
      strategy,
      likelyAfter,
      targetAfter: rounds.find(({ reached }) => (reached ?? 0) >= 0.5)?.experiments ?? null,
      rounds: rounds.map((round) => expectedOf(round, own)),
    })),
  };
}

function expectedOf(
  { experiments, median, bests, atTop, reached }: RehearsedRound,
  own: (value: number) => number,
): ExpectedRound {
  const ascending = bests.toSorted((a, b) => a - b);
  const at = (share: number): number => own(ascending[Math.round(share * (bests.length - 1))]!);
  return {
    ...{ experiments, median: own(median), atTop, reached },
    half: [at(0.25), at(0.75)],
    ninety: [at(0.05), at(0.95)],
  };
}

const strategiesOf = ({ request, input }: RehearsalTask): readonly StrategyName[] =>
  request.strategies.length === 0 ? [input.plan.strategy.name] : [...new Set(request.strategies)];

const roundsOf = ({ request, input }: RehearsalTask): number =>
  Math.ceil(request.experiments / input.plan.count);

function rehearsalOf(task: RehearsalTask, name: StrategyName): OpenRehearsal {
  const own = opened.get(task) ?? new Map<StrategyName, OpenRehearsal>();
  opened.set(task, own);
  const known = own.get(name);
  if (known !== undefined) return known;
  const { plan } = task.input;
  const rehearsal = openRehearsal(
    { ...plan, seed: `${plan.seed}/rehearsal`, strategy: { ...plan.strategy, name } },
    optionsOf(task),
  );
  own.set(name, rehearsal);
  return rehearsal;
}

function optionsOf(task: RehearsalTask): RehearseOptions {
  const { seeds, target, expect } = task.request;
  const [{ transform }] = task.input.plan.objectives;
  const onScale = (field: string, value: number): number => {
    if (transform === 'log10' && value <= 0) {
      throw invalidInput(field, `${value} has no logarithm, which the objective asks for`);
    }
    return toModelScale(value, transform);
  };
  return {
    ...{ rounds: roundsOf(task), seeds },
    ...(target !== null && { target: onScale('target', target) }),
    ...(expect !== null && {
      expected: expectedBetween(onScale('expect', expect.low), onScale('expect', expect.high)),
    }),
  };
}

/** 95 % of a normal lie within 1.96 standard deviations. */
const expectedBetween = (low: number, high: number): { readonly mean: number; readonly sd: number } => ({
  mean: (low + high) / 2,
  sd: (high - low) / (2 * 1.959963984540054),
});
