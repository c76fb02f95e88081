import { describe, expect, test } from '@jest/globals';
import type { Dimension } from '../src/api/space.js';
import type { MapPoint } from '../src/plots/map-data.js';
import { mapSummary, mapTable } from '../src/plots/map-told.js';

const axis = (name: string): Dimension => ({
  ...{ name, unit: '', min: 0, max: 1, scale: 'linear', share: true },
  of: (point) => (point as Readonly<Record<string, number>>)[name] ?? null,
});
const axes = ['A', 'B', 'C'].map(axis);
const point = (experiment: number, kind: MapPoint['kind']): MapPoint => ({
  ...{ experiment, kind, label: `A 0.${experiment}`, what: `${experiment} mS/cm`, value: experiment },
  point: {},
});

describe('a map, for who does not see it', () => {
  test('says its components, its colour and how many of each there are; the best is measured too', () => {
    const points = [point(1, 'measured'), point(2, 'best'), point(3, 'proposed'), point(4, 'failed')];
    expect(mapSummary('Ternary', axes, points, 'Colour: the mean.')).toBe(
      'Ternary map of A, B and C. Colour: the mean. 2 measured, 1 proposed. The best so far is A 0.2, 2 mS/cm.',
    );
    expect(mapSummary('Quaternary', axes, [], 'No model yet.')).toBe(
      'Quaternary map of A, B and C. No model yet. 0 measured, 0 proposed.',
    );
  });

  test('is a table of what is believed at each place, empty where there is no model', () => {
    const posterior = {
      points: [
        { A: 0.2, B: 0.8 },
        { A: 1, B: 0, C: 0 },
      ],
      mean: [-3, -4],
      sd: [0.1, 0.2],
    };
    expect(mapTable(axes, posterior)).toEqual({
      columns: ['A', 'B', 'C', "mean (models' scale)", "sd (models' scale)"],
      rows: [
        [0.2, 0.8, null, -3, 0.1],
        [1, 0, 0, -4, 0.2],
      ],
    });
    expect(mapTable(axes, null).rows).toEqual([]);
  });
});
