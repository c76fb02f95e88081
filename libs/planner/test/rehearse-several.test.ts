import { describe, expect, it } from '@jest/globals';
import type { OutcomeLimit, PlanObjective, PlanRequest } from '@ionloop/domain';
import { openRehearsal, type Rehearsal, type RehearseOptions, rehearse } from '../src/index.js';

const aimed = (property: string, goal: 'maximise' | 'minimise'): PlanObjective => ({
  ...{ property, goal, transform: 'none', unit: '1' },
});
const window = (property: string, low: number, high: number): PlanObjective => ({
  ...{ property, goal: 'window', transform: 'none', unit: '1', low, high },
});
const limit = (property: string, low: number | null, high: number | null): OutcomeLimit => ({
  ...{ property, transform: 'none', unit: '1', low, high },
});

interface Asked {
  readonly objectives: PlanRequest['objectives'];
  readonly at?: readonly number[];
  readonly values: (x: number) => readonly number[];
  readonly limits?: readonly OutcomeLimit[];
  readonly limited?: (x: number) => readonly number[];
  readonly over?: Partial<PlanRequest>;
}

/** Whole numbers from 0 to 24, some of them measured. */
function request({
  objectives,
  at = [1, 7, 13, 20],
  values,
  limits = [],
  limited,
  over,
}: Asked): PlanRequest {
  return {
    space: { parameters: [{ kind: 'integer', name: 'x', min: 0, max: 24 }] },
    objectives,
    ...(limits.length > 0 && { constraints: limits }),
    strategy: { name: 'auto', initial: 3 },
    seed: 'several',
    count: 2,
    experimentsSoFar: at.length,
    observations: at.map((x) => ({
      point: { x },
      values: values(x),
      ...(limited && { limited: limited(x) }),
    })),
    failures: [],
    pending: [],
    ...over,
  };
}

const arc = (x: number): readonly number[] => [x, 24 - x + 4 * Math.sin(x / 4)];
const two: Asked = { objectives: [aimed('a', 'maximise'), aimed('b', 'maximise')], values: arc };
const fewer = { rounds: 3, seeds: 3 } satisfies RehearseOptions;

/** Shares of what is possible in each campaign: they never fall, and lie between 0 and 1. */
function requireShares({ measure, before, rounds }: Rehearsal): void {
  expect(measure).toBe('share');
  rounds.forEach(({ bests, kept }, r) => {
    bests.forEach((best, s) => {
      expect(best).toBeGreaterThanOrEqual(rounds[r - 1]?.bests[s] ?? 0);
      expect(best).toBeLessThanOrEqual(1 + 1e-12);
    });
    expect(kept ?? 0).toBeGreaterThanOrEqual(rounds[r - 1]?.kept ?? 0);
  });
  expect(before ?? 0).toBeLessThanOrEqual(rounds[0]?.median ?? 0);
}

describe('a rehearsal of several goals', () => {
  it('of two objectives counts the volume that is beaten, and is the same again', () => {
    const first = rehearse(request(two), fewer);
    requireShares(first);
    expect(first.learnedFrom).toBe('results');
    expect(first.before).toBeGreaterThan(0);
    expect(first.rounds.map(({ kept, bestKept, spent }) => [kept, bestKept, spent])).toEqual(
      Array(3).fill([null, null, null]),
    );
    expect(rehearse(JSON.parse(JSON.stringify(request(two))) as PlanRequest, fewer)).toEqual(first);
    // One by one and in any order, as threads play them.
    const open = openRehearsal(request(two), fewer);
    const played = [2, 0, 1].map((s) => [s, open.play(s)] as const).sort(([a], [b]) => a - b);
    expect(open.outcome(played.map(([, one]) => one))).toEqual(first);
  });

  it('reaches all that is possible where it may try everything', () => {
    const every = Array.from({ length: 23 }, (_, x) => x);
    const nearly = rehearse(request({ ...two, at: every }), { rounds: 1, seeds: 3 });
    expect(nearly.rounds[0]?.bests).toEqual([1, 1, 1]);
    expect(nearly).toMatchObject({ likelyAfter: 2, rounds: [{ atTop: 1 }] });
  });

  it('of a window says how many campaigns have a result in it', () => {
    const wide = request({
      objectives: [window('a', 40, 60)],
      at: [0, 2, 4, 22, 24],
      values: (x) => [4 * x],
    });
    const played = rehearse(wide, { rounds: 3, seeds: 4 });
    requireShares(played);
    // A straight line is soon known: whoever looks between 8 and 22 finds it.
    expect(played.rounds.at(-1)?.kept).toBe(1);
    expect(played.rounds.at(-1)?.atTop).toBe(1);
    const none = request({
      objectives: [window('a', 4000, 6000)],
      at: [0, 2, 4, 22, 24],
      values: (x) => [4 * x],
    });
    expect(rehearse(none, { rounds: 1, seeds: 2 }).rounds[0]?.kept).toBe(0);
    expect(() => rehearse(wide, { ...fewer, target: 50 })).toThrow('wanted in a window');
  });

  it('counts only results that keep all limits', () => {
    // What is largest is not allowed: a limit on another property holds it below 13.
    const asked: Asked = {
      objectives: [aimed('a', 'maximise')],
      at: [1, 7, 11, 15, 20],
      values: (x) => [x],
      limits: [limit('c', 0, null)],
      limited: (x) => [12.5 - x],
    };
    const { rounds } = rehearse(request(asked), { rounds: 4, seeds: 3, target: 12 });
    const end = rounds.at(-1)!;
    expect(end.kept).toBe(1);
    expect(end.bestKept).toBeGreaterThanOrEqual(11);
    expect(end.bestKept).toBeLessThan(13.5);
    // 20 is there already, and breaks the limit.
    expect(rounds[0]?.bestKept).toBeLessThan(15);
    const hopeless = { ...asked, limits: [limit('c', 500, null)] };
    const lost = rehearse(request(hopeless), { rounds: 1, seeds: 3 });
    expect(lost.rounds[0]).toMatchObject({ median: 0, kept: 0, bestKept: null });
  });

  it('of a large space looks for the best that is left where the limits may be kept', () => {
    const wide = request({
      objectives: [aimed('a', 'maximise')],
      at: [0, 100, 250, 400, 600, 999],
      values: (x) => [x],
      limits: [limit('c', 0, null)],
      limited: (x) => [500 - x],
      over: { space: { parameters: [{ kind: 'integer', name: 'x', min: 0, max: 999 }] }, count: 3 },
    });
    const played = rehearse(wide, { rounds: 2, seeds: 3 });
    requireShares(played);
    // Of what keeps the limit 500 is the best and 400 is known, above a tenth of the range below the worst: 500/600 of it.
    expect(played.before).toBeGreaterThan(0.75);
    expect(played.before).toBeLessThan(0.92);
    for (const { bestKept } of played.rounds) {
      expect(bestKept).toBeGreaterThanOrEqual(400);
      expect(bestKept).toBeLessThan(510);
    }
    expect(rehearse(wide, { rounds: 2, seeds: 3 })).toEqual(played);
  });

  it('measures a property once that is wanted and limited, in its own direction', () => {
    const asked: Asked = {
      objectives: [aimed('a', 'minimise')],
      values: (x) => [x],
      limits: [limit('a', 5, null)],
      limited: (x) => [x],
    };
    const { rounds } = rehearse(request({ ...asked, at: [3, 10, 18, 24] }), { rounds: 4, seeds: 3 });
    for (const { bestKept } of rounds) expect(bestKept).toBeGreaterThanOrEqual(5);
    expect(rounds.at(-1)?.bestKept).toBeLessThan(10);
  });

  it('before there are results plays what is expected of each property', () => {
    const empty = request({ ...two, at: [], limits: [limit('c', 0, null)], over: { count: 3 } });
    const expected = { mean: 5, sd: 2 };
    const expectedOf = { b: { mean: 0, sd: 1 }, c: { mean: 0, sd: 1 } };
    const played = rehearse(empty, { rounds: 2, seeds: 4, expected, expectedOf });
    requireShares(played);
    expect(played).toMatchObject({ learnedFrom: 'expectations', before: null });
    expect(played.rounds[1]?.kept).toBeGreaterThan(0);
    expect(() => rehearse(empty, { rounds: 1, seeds: 1, expected })).toThrow('0 results of b');
    expect(() => rehearse(empty, { rounds: 1, seeds: 1, expectedOf })).toThrow('0 results of a');
  });
});

describe('a rehearsal of what experiments cost', () => {
  const cost = { base: 1, per: [{ parameter: 'x', perUnit: 0.5 }], budget: 30 };
  const one: Asked = { objectives: [aimed('a', 'maximise')], values: (x) => [x * (24 - x)] };

  it('says what is spent, and ends where the money does', () => {
    const { measure, rounds } = rehearse(request({ ...one, over: { cost } }), { rounds: 6, seeds: 3 });
    expect(measure).toBe('value');
    const spent = rounds.map((round) => round.spent ?? NaN);
    spent.forEach((sum, r) => expect(sum).toBeGreaterThanOrEqual(spent[r - 1] ?? 0));
    // A batch of two may go beyond by what its second member costs.
    expect(spent.at(-1)).toBeLessThanOrEqual(30 + 13);
    expect(spent.at(-1)).toBe(spent.at(-2));
    const rich = rehearse(request({ ...one, over: { cost: { ...cost, budget: 1e6 } } }), {
      rounds: 6,
      seeds: 3,
    });
    expect(rich.rounds.at(-1)?.spent).toBeGreaterThan(spent.at(-1) ?? 0);
  });

  it('refuses a campaign whose money is spent', () => {
    const broke = request({ ...one, over: { cost: { ...cost, spent: 30 } } });
    expect(() => rehearse(broke, fewer)).toThrow(expect.objectContaining({ field: 'cost.budget' }));
  });
});
