import { describe, expect, it } from '@jest/globals';
import type { OutcomeLimit, PlanObjective, PlanRequest } from '@ionloop/domain';
import { stopAdvice } from '../src/index.js';

const large = (property: string): PlanObjective => ({
  ...{ property, goal: 'maximise', transform: 'none', unit: '1' },
});
const window = (low: number, high: number): PlanObjective => ({
  ...{ property: 'a', goal: 'window', transform: 'none', unit: '1', low, high },
});
const limit = (low: number): OutcomeLimit => ({
  property: 'c',
  transform: 'none',
  unit: '1',
  low,
  high: null,
});

interface Asked {
  readonly at: readonly number[];
  readonly objectives: PlanRequest['objectives'];
  readonly values: (x: number) => readonly number[];
  readonly limits?: readonly OutcomeLimit[];
  readonly limited?: (x: number) => number;
}

/** Whole numbers from 0 to 30, some of them measured. */
const request = ({ at, objectives, values, limits = [], limited }: Asked): PlanRequest => ({
  space: { parameters: [{ kind: 'integer', name: 'x', min: 0, max: 30 }] },
  objectives,
  ...(limits.length > 0 && { constraints: limits }),
  strategy: { name: 'auto', initial: 4 },
  seed: 'stop',
  count: 1,
  experimentsSoFar: at.length,
  observations: at.map((x) => ({
    point: { x },
    values: values(x),
    ...(limited && { limited: [limited(x)] }),
  })),
  failures: [],
  pending: [],
});

describe('whether to stop, with several objectives, windows and limits', () => {
  const arc = (x: number): readonly number[] => [x * x, (30 - x) * (30 - x)];

  it('goes on while a front has wide gaps, and stops where it is dense', () => {
    const objectives: PlanRequest['objectives'] = [large('a'), large('b')];
    const gaps = stopAdvice(request({ at: [0, 4, 26, 30], objectives, values: arc }), { budget: 40 });
    expect(gaps).toMatchObject({ verdict: 'go on', budgetLeft: 36 });
    expect(gaps.reason).toMatch(/^Go on: the chance that anything left adds more than 1\.0 % /);
    const every = Array.from({ length: 31 }, (_, x) => x).filter((x) => x !== 15);
    const dense = stopAdvice(request({ at: every, objectives, values: arc }));
    expect(dense.verdict).toBe('stop');
    expect(dense.expectedRegret ?? 1).toBeLessThan(gaps.expectedRegret ?? 0);
  });

  it('stops once a result lies within the window, and not before', () => {
    const values = (x: number): readonly number[] => [x];
    const objectives: PlanRequest['objectives'] = [window(11, 13)];
    expect(stopAdvice(request({ at: [0, 5, 20, 30], objectives, values })).verdict).toBe('go on');
    const reached = stopAdvice(request({ at: [0, 5, 20, 30, 12], objectives, values }));
    expect(reached).toMatchObject({ verdict: 'stop', anythingBetter: 0, expectedRegret: 0 });
  });

  it('stops where nothing will keep the limits, and counts only what does', () => {
    const values = (x: number): readonly number[] => [x];
    const objectives: PlanRequest['objectives'] = [large('a')];
    const at = [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30];
    const limited = (x: number): number => Math.sin(x / 8);
    const hopeless = stopAdvice(request({ at, objectives, values, limits: [limit(50)], limited }));
    expect(hopeless.verdict).toBe('stop');
    expect(hopeless.reason).toMatch(/no result keeps all limits yet/);
    // The larger half breaks the limit: the best that counts is in the middle, and its surroundings are known.
    const falling = (x: number): number => 15 - x;
    const kept = stopAdvice(
      request({
        at: [0, 4, 8, 12, 14, 15, 16, 20, 25, 30],
        objectives,
        values,
        limits: [limit(0)],
        limited: falling,
      }),
    );
    expect(kept.verdict).toBe('stop');
    expect(kept.anythingBetter ?? 1).toBeLessThan(0.05);
  });
});
