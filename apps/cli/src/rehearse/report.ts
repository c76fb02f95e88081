import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import type { PlanRequest, StrategyName } from '@ionloop/domain';
import { type Expected, type Rehearsal, type RehearsedRound, rehearse } from '@ionloop/planner';
import { WrongUsage } from '../failure.js';
import { difference, type Estimate, estimate, quantileOf } from '../report/statistics.js';

export interface RehearsalSettings {
  readonly strategies: readonly [StrategyName, ...StrategyName[]];
  /** How many more experiments. */
  readonly budget: number;
  readonly at: readonly number[];
  readonly seeds: number;
  /** In the unit of the property, as all values of the report. */
  readonly target: number | null;
  readonly expect: readonly ExpectedRange[];
}

/** Where 95 % of the results of a property may lie; of the first objective where none is named. */
export interface ExpectedRange {
  readonly property: string | null;
  readonly range: readonly [number, number];
}

export interface RehearsalReport {
  /** Of the first objective. */
  readonly property: string;
  readonly unit: string;
  readonly goal: string;
  /** `value`: the best result, in the unit of the property. `share`: the volume that is beaten, over what can be. */
  readonly measure: Rehearsal['measure'];
  /** All that is wanted, and what must be kept; only with several objectives, a window or limits. */
  readonly wants?: readonly string[];
  readonly results: number;
  readonly learnedFrom: 'results' | 'expectations';
  /** As what is measured; null before there is a result. */
  readonly bestSoFar: number | null;
  readonly batch: number;
  readonly budget: number;
  readonly seeds: number;
  readonly target: number | null;
  readonly strategies: readonly RehearsedStrategy[];
  /** Each later strategy against the first. */
  readonly comparison: readonly Comparison[];
}

export interface RehearsedStrategy {
  readonly strategy: StrategyName;
  readonly expected: readonly Expectation[];
  /** After so many more experiments half of the campaigns have reached the top of their response; null where fewer do. */
  readonly likelyAfter: number | null;
  /** After so many more experiments half of the campaigns have reached the target; null where fewer do, or none was named. */
  readonly targetAfter: number | null;
}

export interface Expectation {
  readonly experiments: number;
  /** Of the best so far, with the uncertainty of so few campaigns. */
  readonly median: Estimate;
  /** Where the best so far of nine campaigns in ten lies. */
  readonly interval90: readonly [number, number];
  readonly quartiles: readonly [number, number];
  /** The share of campaigns that have reached the target; null where none was named. */
  readonly reachesTarget: number | null;
  /** The share of campaigns within a twentieth of the range of results of the best there is. */
  readonly atTop: number;
  /** The share of campaigns with a result that keeps all limits and lies in all windows; only where there are any. */
  readonly kept?: number;
  /** Of one objective with limits, the median of the best that keeps them; null where fewer than half have one. */
  readonly bestKept?: number | null;
  /** The median of what is spent by then; only where experiments cost something. */
  readonly spent?: number;
}

export interface Comparison {
  readonly strategy: StrategyName;
  readonly than: StrategyName;
  readonly experiments: number;
  /** The median of the best at the end, less that of the other, on the scale that models see; above 0 where it is better. */
  readonly gain: Estimate;
  readonly verdict: 'better' | 'worse' | 'not told apart';
}

/** Tells after each campaign how many of a strategy are played. */
export type OnCampaign = (strategy: StrategyName, done: number) => void;

export function rehearsalReport(
  request: PlanRequest,
  settings: RehearsalSettings,
  onCampaign: OnCampaign,
): RehearsalReport {
  const { strategies, budget, seeds, target } = settings;
  const [{ property, unit, goal, transform }] = request.objectives;
  const { expected, expectedOf } = expectedIn(request, settings.expect);
  const rounds = Math.ceil(budget / request.count);
  const options = {
    rounds,
    seeds,
    ...(target !== null && { target: onScale('--target', target, transform) }),
    ...(expected && { expected }),
    expectedOf,
  };
  requireEnough(request, { expected, expectedOf });
  const [first, ...others] = played(strategies, (strategy) =>
    rehearse(
      { ...request, strategy: { ...request.strategy, name: strategy } },
      {
        ...options,
        onCampaign: (done) => {
          onCampaign(strategy, done);
        },
      },
    ),
  );
  const inUnits = (value: number): number => fromModelScale(value, transform);
  const { measure } = first;
  const own = measure === 'share' ? (share: number): number => share : inUnits;
  return {
    property,
    unit,
    goal,
    measure,
    ...(measure === 'share' && { wants: wantsOf(request) }),
    results: request.observations.length,
    learnedFrom: first.learnedFrom,
    bestSoFar: first.before === null ? null : own(first.before),
    batch: request.count,
    budget: rounds * request.count,
    seeds,
    target,
    strategies: [first, ...others].map(({ strategy, rounds: all, likelyAfter }) => ({
      strategy,
      expected: checkpoints(all, settings.at).map((round) => expectationOf(round, own, inUnits)),
      likelyAfter,
      targetAfter: all.find(({ reached }) => (reached ?? 0) >= 0.5)?.experiments ?? null,
    })),
    comparison: others.map((other) =>
      compared(other, first, measure === 'value' && goal === 'minimise' ? -1 : 1),
    ),
  };
}

interface Played extends Rehearsal {
  readonly strategy: StrategyName;
}

function played(
  [first, ...others]: RehearsalSettings['strategies'],
  play: (strategy: StrategyName) => Rehearsal,
): readonly [Played, ...Played[]] {
  const named = (strategy: StrategyName): Played => ({ strategy, ...play(strategy) });
  return [named(first), ...others.map(named)];
}

const fewestResults = 3;

interface Told {
  readonly expected: Expected | undefined;
  readonly expectedOf: Readonly<Record<string, Expected>>;
}

function requireEnough({ objectives, constraints = [], observations }: PlanRequest, told: Told): void {
  const found = [
    ...objectives.map(({ property }, k) => ({
      property,
      count: observations.filter(({ values }) => typeof values[k] === 'number').length,
    })),
    ...constraints.map(({ property }, k) => ({
      property,
      count: observations.filter(({ limited }) => typeof limited?.[k] === 'number').length,
    })),
  ];
  found.forEach(({ property, count }, i) => {
    if (count >= fewestResults || property in told.expectedOf) return;
    if (i === 0 && told.expected !== undefined) return;
    const [what, how] =
      found.length === 1 ? ['results', 'low:high'] : [`results of ${property}`, `${property}:low:high`];
    throw new WrongUsage(
      `there are ${count} ${what}, and a model needs at least ${fewestResults}; say with --expect ${how} where 95 % of results may lie`,
    );
  });
}

function expectedIn({ objectives, constraints = [] }: PlanRequest, ranges: readonly ExpectedRange[]): Told {
  const measured = [...objectives, ...constraints];
  const read = ranges.map(({ property, range }) => {
    const own = property === null ? objectives[0] : measured.find((one) => one.property === property);
    if (own === undefined) {
      const names = [...new Set(measured.map((one) => one.property))].join(', ');
      throw new WrongUsage(
        `--expect is for ${property ?? ''}, which the campaign does not measure; it measures ${names}`,
      );
    }
    return [own.property, expectedBetween(range, own.transform)] as const;
  });
  const twice = read.find(([name], i) => read.findIndex(([other]) => other === name) !== i);
  if (twice !== undefined) throw new WrongUsage(`--expect is given twice for ${twice[0]}`);
  const expectedOf = Object.fromEntries(read);
  return { expected: expectedOf[objectives[0].property], expectedOf };
}

/** In words, with the ends of windows and limits. */
export const wantsOf = ({ objectives, constraints = [] }: PlanRequest): readonly string[] => [
  ...objectives.map((one) => {
    const { property, unit, goal } = one;
    return one.goal === 'window'
      ? `${property} ${betweenOf(one, unit)}`
      : `${property} as ${goal === 'minimise' ? 'small' : 'large'} as can be`;
  }),
  ...constraints.map((limit) => `${limit.property} ${betweenOf(limit, limit.unit)} in any case`),
];

function betweenOf(
  { low, high }: { readonly low: number | null; readonly high: number | null },
  unit: string,
): string {
  const said = unit === '' || unit === '1' ? '' : ` ${unit}`;
  if (low !== null && high !== null) return `between ${low} and ${high}${said}`;
  return low === null ? `at most ${high ?? ''}${said}` : `at least ${low}${said}`;
}

type Transform = Parameters<typeof fromModelScale>[1];

function onScale(option: string, value: number, transform: Transform): number {
  if (transform === 'log10' && value <= 0) {
    throw new WrongUsage(`${option} ${value} has no logarithm, which the objective asks for`);
  }
  return toModelScale(value, transform);
}

/** 95 % of a normal lie within 1.96 standard deviations. */
function expectedBetween([low, high]: readonly [number, number], transform: Transform): Expected {
  const [from, to] = [onScale('--expect', low, transform), onScale('--expect', high, transform)];
  return { mean: (from + to) / 2, sd: (to - from) / (2 * 1.959963984540054) };
}

/** The first round by which so many experiments are done, and the last of all. */
function checkpoints(rounds: readonly RehearsedRound[], at: readonly number[]): readonly RehearsedRound[] {
  const wanted = [...at].sort((a, b) => a - b);
  const found = wanted.flatMap((n) => rounds.find(({ experiments }) => experiments >= n) ?? []);
  return [...new Set([...found, lastOf(rounds)])];
}

function expectationOf(
  round: RehearsedRound,
  own: (value: number) => number,
  inUnits: (value: number) => number,
): Expectation {
  const { experiments, bests, reached, atTop, kept, bestKept, spent } = round;
  const { median, ci } = estimate(bests);
  const between = (low: number, high: number) =>
    [own(quantileOf(bests, low)), own(quantileOf(bests, high))] as const;
  return {
    experiments,
    median: { median: own(median), ci: [own(ci[0]), own(ci[1])] },
    interval90: between(0.05, 0.95),
    quartiles: between(0.25, 0.75),
    reachesTarget: reached,
    atTop,
    ...(kept !== null && { kept }),
    ...(kept !== null && { bestKept: bestKept === null ? null : inUnits(bestKept) }),
    ...(spent !== null && { spent }),
  };
}

function compared(one: Played, than: Played, sign: 1 | -1): Comparison {
  const { bests, experiments } = lastOf(one.rounds);
  const larger = (values: readonly number[]): number[] => values.map((value) => sign * value);
  const gain = difference(larger(bests), larger(lastOf(than.rounds).bests));
  const verdict = gain.ci[0] > 0 ? 'better' : gain.ci[1] < 0 ? 'worse' : 'not told apart';
  return { strategy: one.strategy, than: than.strategy, experiments, gain, verdict };
}

function lastOf(rounds: readonly RehearsedRound[]): RehearsedRound {
  const last = rounds.at(-1);
  if (last === undefined) throw new WrongUsage('a rehearsal needs at least one round');
  return last;
}
