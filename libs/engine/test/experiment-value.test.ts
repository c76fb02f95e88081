import { describe, expect, test } from '@jest/globals';
import type { AcceptedResult, Campaign, Experiment, Objective } from '@ionloop/domain';
import { bestOf, progressOf } from '../src/experiments/progress.js';
import { valueOfResults } from '../src/experiments/value.js';

const objective: Objective = { property: 'p', goal: 'maximise', transform: 'none', unit: '' };
const log = { ...objective, transform: 'log10' } as const;

const result = (value: number, changes: Partial<AcceptedResult> = {}): AcceptedResult => ({
  measurementId: `m${value}`,
  property: 'p',
  value,
  at: '2026-01-01',
  ...changes,
});

describe('an experiment’s value', () => {
  test('is the mean of its replicates on the scale that the models see', () => {
    const replicates = [result(1), result(100)];
    expect(valueOfResults(replicates, objective)?.value).toBe(50.5);
    expect(valueOfResults(replicates, log)?.value).toBeCloseTo(10, 12);
  });

  test('leaves out what is of another property', () => {
    expect(valueOfResults([result(1), result(5, { property: 'q' })], objective)?.value).toBe(1);
    expect(valueOfResults([result(5, { property: 'q' })], objective)).toBeNull();
  });

  test('of one measurement is that measurement, to the bit', () => {
    expect(valueOfResults([result(4.9e-4)], log)?.value).toBe(4.9e-4);
  });

  test('is none where there is no logarithm', () => {
    expect(valueOfResults([result(-1), result(2)], log)).toBeNull();
  });

  test('is as old as the first of its results', () => {
    const results = [result(1, { at: '2026-01-03' }), result(2, { at: '2026-01-02' })];
    expect(valueOfResults(results, objective)?.at).toBe('2026-01-02');
  });
});

describe('the best so far', () => {
  const campaign = (goal: Objective['goal']): Campaign =>
    ({ objectives: [{ ...objective, goal }] }) as unknown as Campaign;
  const experiment = (number: number, value: number, at: string): Experiment =>
    ({
      id: `e${number}`,
      number,
      prediction: null,
      results: [result(value, { at })],
    }) as unknown as Experiment;
  const three = [5, 2, 9].map((value, i) => experiment(i + 1, value, `2026-01-0${3 - i}`));

  test('is the largest or the smallest, as the goal says, in the order that results came in', () => {
    const grown = (goal: Objective['goal']): unknown =>
      progressOf(campaign(goal), three, 10).map(({ value, best }) => [value, best]);
    expect(grown('maximise')).toEqual([
      [9, 9],
      [2, 9],
      [5, 9],
    ]);
    expect(grown('minimise')).toEqual([
      [9, 9],
      [2, 2],
      [5, 2],
    ]);
    expect(bestOf(campaign('minimise'), three)).toEqual({ experimentId: 'e2', value: 2 });
  });

  test('keeps its shape in fewer points: each is an entry, the last gain is among them, and so is the end', () => {
    const many = Array.from({ length: 1000 }, (_, i) =>
      experiment(i + 1, (i * 7919) % 1000, `2026-${1000 + i}`),
    );
    const all = progressOf(campaign('maximise'), many, 1000);
    const few = progressOf(campaign('maximise'), many, 40);
    expect(all).toHaveLength(1000);
    expect(few.length).toBeLessThanOrEqual(40);
    expect(all).toEqual(expect.arrayContaining([...few]));
    expect(few.at(-1)).toEqual(all.at(-1));
    expect(few).toContainEqual(all.find(({ value }) => value === 999));
  });
});
