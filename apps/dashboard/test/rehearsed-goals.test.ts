import { describe, expect, it } from '@jest/globals';
import { chosenProperties, propertiesOf } from '../src/pages/campaign/pareto/properties.js';
import {
  furtherProperties,
  type Goals,
  plotted,
  type Rehearsal,
} from '../src/pages/new/steps/rehearsed-goals.js';
import type { Objective } from '../src/format/objective.js';
import { stairsOf } from '../src/plots/front.js';

const voltage: Objective = {
  ...{ property: 'voltage', goal: 'window', transform: 'none', unit: 'V', temperatureC: null },
  ...{ low: 1.4, high: 1.7 },
};
const ends = { low: null, high: null };
const goals: Goals = {
  id: 'c',
  objectives: [
    { property: 'voltage', unit: 'V', goal: 'window', transform: 'none', low: 1.4, high: 1.7 },
    { property: 'density', unit: '%', goal: 'maximise', transform: 'none', ...ends },
  ],
  limits: [
    { property: 'density', unit: '%', transform: 'none', low: 80, high: null },
    { property: 'leak', unit: 'S/cm', transform: 'log10', low: null, high: 1e-8 },
    { property: 'colour', unit: '1', transform: 'none', ...ends },
  ],
  cost: null,
};
const round = {
  ...{ experiments: 4, median: 0.5, low50: 0.4, high50: 0.6, low90: 0.3, high90: 0.7 },
  ...{ atTop: 0, reached: 0.5, kept: 1, bestKept: null, spent: 12 },
};
const rehearsal: Rehearsal = {
  ...{ __typename: 'RehearsalResult', measure: 'share', learnedFrom: 'results', resultCount: 9 },
  ...{ before: 0.25, atATime: 2, experiments: 4, seeds: 3, target: null },
  strategies: [{ strategy: 'auto', likelyAfter: null, targetAfter: null, rounds: [round] }],
};

describe('a rehearsal of several goals', () => {
  it('asks of each further property once what to expect, of limits that limit something', () => {
    expect(furtherProperties(goals)).toEqual([
      { property: 'density', unit: '%', log: false },
      { property: 'leak', unit: 'S/cm', log: true },
    ]);
    expect(furtherProperties(null)).toEqual([]);
  });

  it('is drawn in percent of what is possible, and values as they are', () => {
    const { objective, before, lines } = plotted(rehearsal, voltage, (name) => name.toUpperCase());
    expect([objective.unit, before]).toEqual(['%', 25]);
    expect(lines[0]).toMatchObject({
      label: 'AUTO',
      rounds: [{ median: 50, low90: 30, high90: 70, spent: 12 }],
    });
    const value = plotted({ ...rehearsal, measure: 'value', target: 3 }, voltage, (name) => name);
    expect(value).toMatchObject({ objective: voltage, before: 0.25, target: 3 });
    expect(value.lines[0]?.rounds[0]?.median).toBe(0.5);
  });
});

describe('a front with a window', () => {
  it('takes it from the campaign alone, and has no stairs', () => {
    const rows = [
      {
        measurements: ['voltage', 'density'].map((property) => ({
          ...{ id: property, attemptId: null, property, value: 1, unit: '', note: null, supersedes: null },
          ...{ uncertainty: null, flags: [], status: 'accepted' as const, createdAt: '' },
        })),
      },
    ];
    const known = propertiesOf(rows, [voltage]);
    const chosen = chosenProperties(known, 'voltage:window|density:window');
    expect(chosen.map(({ property, goal }) => [property, goal])).toEqual([
      ['voltage', 'window'],
      ['density', 'maximise'],
    ]);
    const axis = (goal: 'window' | 'maximise') => ({ name: 'a', unit: '', goal, log: false });
    const spots = [{ number: 1, values: [1, 2], onFront: true }];
    expect(stairsOf(spots, [axis('window'), axis('maximise')])).toEqual([]);
    expect(stairsOf(spots, [axis('maximise'), axis('maximise')])).toEqual([{ x: 1, y: 2 }]);
  });
});
