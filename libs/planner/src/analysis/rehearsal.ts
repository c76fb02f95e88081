import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import {
  type AnalysisInput,
  invalidInput,
  type PlanRequest,
  type RehearsalRequest,
  type StrategyName,
} from '@ionloop/domain';
import { openRehearsal } from '../advice/rehearse.js';
import type {
  OpenRehearsal,
  PlayedCampaign,
  Rehearsal,
  RehearsedRound,
  RehearseOptions,
} from '../advice/rehearsed.js';
import type { Expected } from '../advice/world.js';

export interface RehearsalTask {
  readonly request: RehearsalRequest;
  readonly input: AnalysisInput;
}

/** One campaign of one strategy. */
export interface RehearsalPlay {
  readonly strategy: StrategyName;
  readonly number: number;
}

/** Values are in the unit of the objective, or shares where that is what counts. */
export interface RehearsalAnswer {
  readonly measure: Rehearsal['measure'];
  readonly learnedFrom: Rehearsal['learnedFrom'];
  readonly resultCount: number;
  /** The best result, or the share, before; null where there is none. */
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
  readonly kept: number | null;
  readonly bestKept: number | null;
  readonly spent: number | null;
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
  const outcomes = strategiesOf(task).map((strategy, i) => ({
    strategy,
    outcome: rehearsalOf(task, strategy).outcome(played.slice(i * seeds, (i + 1) * seeds)),
  }));
  const { measure, learnedFrom, before } = outcomes[0]!.outcome;
  const inUnits = (value: number): number => fromModelScale(value, transform);
  const own = measure === 'share' ? (share: number): number => share : inUnits;
  return {
    measure,
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
      rounds: rounds.map((round) => expectedOf(round, own, inUnits)),
    })),
  };
}

function expectedOf(
  { experiments, median, bests, atTop, reached, kept, bestKept, spent }: RehearsedRound,
  own: (value: number) => number,
  inUnits: (value: number) => number,
): ExpectedRound {
  const ascending = bests.toSorted((a, b) => a - b);
  const at = (share: number): number => own(ascending[Math.round(share * (bests.length - 1))]!);
  return {
    ...{ experiments, median: own(median), atTop, reached, kept, spent },
    bestKept: bestKept === null ? null : inUnits(bestKept),
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
  const { seeds, target, expect, expectOf = [] } = task.request;
  const { plan } = task.input;
  const [{ property, transform }] = plan.objectives;
  const expectedOf = Object.fromEntries(
    expectOf.map((one, k): [string, Expected] => {
      const field = `expectOf[${k}]`;
      return [one.property, expectedBetween(one, transformOf(plan, one.property, field), field)];
    }),
  );
  const expected = expect === null ? expectedOf[property] : expectedBetween(expect, transform, 'expect');
  return {
    ...{ rounds: roundsOf(task), seeds, expectedOf },
    ...(target !== null && { target: onScale('target', target, transform) }),
    ...(expected && { expected }),
  };
}

type Transform = PlanRequest['objectives'][number]['transform'];

function transformOf(
  { objectives, constraints = [] }: PlanRequest,
  property: string,
  field: string,
): Transform {
  const measured = [...objectives, ...constraints];
  const found = measured.find((one) => one.property === property);
  if (found !== undefined) return found.transform;
  const names = [...new Set(measured.map((one) => one.property))].join(', ');
  throw invalidInput(
    `${field}.property`,
    `${property} is not measured in this campaign; it measures ${names}`,
  );
}

function onScale(field: string, value: number, transform: Transform): number {
  if (transform === 'log10' && value <= 0) {
    throw invalidInput(field, `${value} has no logarithm, which the objective asks for`);
  }
  return toModelScale(value, transform);
}

/** 95 % of a normal lie within 1.96 standard deviations. */
function expectedBetween(
  { low, high }: { readonly low: number; readonly high: number },
  transform: Transform,
  field: string,
): Expected {
  const [from, to] = [onScale(field, low, transform), onScale(field, high, transform)];
  return { mean: (from + to) / 2, sd: (to - from) / (2 * 1.959963984540054) };
}
