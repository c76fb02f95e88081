import { describe, expect, test } from '@jest/globals';
import type { Campaign, Experiment, Measurement, Objective } from '@ionloop/domain';
import { summarise, valueOf } from '../src/campaigns/summary.js';

const objective: Objective = { property: 'p', goal: 'maximise', transform: 'none', unit: '' };

const measurement = (value: number, changes: Partial<Measurement> = {}): Measurement =>
  ({
    value,
    property: 'p',
    status: 'accepted',
    experimentId: 'e1',
    createdAt: '2026-01-01',
    ...changes,
  }) as Measurement;

describe('an experiment’s value', () => {
  test('is the mean of its replicates on the scale that the models see', () => {
    const replicates = [measurement(1), measurement(100)];
    expect(valueOf(replicates, objective)).toBe(50.5);
    expect(valueOf(replicates, { ...objective, transform: 'log10' })).toBeCloseTo(10, 12);
  });

  test('leaves out what was not accepted or is of another property', () => {
    const excluded = measurement(1000, { status: 'excluded' });
    expect(valueOf([measurement(1), excluded, measurement(5, { property: 'q' })], objective)).toBe(1);
    expect(valueOf([excluded], objective)).toBeNull();
  });

  test('of one measurement is that measurement, to the bit', () => {
    expect(valueOf([measurement(4.9e-4)], { ...objective, transform: 'log10' })).toBe(4.9e-4);
  });
});

describe('the best so far', () => {
  const experiments = [1, 2, 3].map(
    (number) => ({ id: `e${number}`, number, state: 'accepted', prediction: null }) as Experiment,
  );
  const accepted = [5, 2, 9].map((value, i) =>
    measurement(value, { experimentId: `e${i + 1}`, createdAt: `2026-01-0${3 - i}` }),
  );
  const of = (goal: Objective['goal']) =>
    summarise(
      {
        seq: 1,
        campaign: { objectives: [{ ...objective, goal }] } as unknown as Campaign,
        experiments,
        accepted,
      },
      [],
    );

  test('is the largest or the smallest, as the goal says, in the order that results came in', () => {
    expect(of('maximise').progress.map(({ value, best }) => [value, best])).toEqual([
      [9, 9],
      [2, 9],
      [5, 9],
    ]);
    expect(of('minimise').progress.map(({ value, best }) => [value, best])).toEqual([
      [9, 9],
      [2, 2],
      [5, 2],
    ]);
    expect(of('minimise').best).toMatchObject({ value: 2, experiment: { number: 2 } });
  });
});
