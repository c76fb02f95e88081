import { describe, expect, test } from '@jest/globals';
import { readDiagnostics } from '../src/api/diagnostics.js';
import { tokenInFragment, tokenInText, readSession } from '../src/api/session.js';
import { dimensionsOf, drawingOf, readSpace } from '../src/api/space.js';
import { bestCurve, domainOf, sparkPath } from '../src/plots/series.js';

const result = (experimentNumber: number, value: number, best: number, mean: number | null = null) => ({
  experimentNumber,
  value,
  best,
  predictedMean: mean,
  predictedSd: mean === null ? null : 0.5,
  at: `2030-01-01T00:${String(experimentNumber).padStart(2, '0')}:00Z`,
});

describe('the curve of the best so far', () => {
  const results = [
    result(1, 1e-5, 1e-5),
    result(2, 1e-6, 1e-5, -5),
    result(4, 1e-5, 1e-5),
    result(5, 1e-4, 1e-4, -4),
  ];
  const failed = { experimentNumber: 3, what: 'Sample failed', at: '2030-01-01T00:03:00Z' };
  const curve = bestCurve({ transform: 'log10' }, results, [failed]);

  test('results and failures count in the order they came, improvements are marked', () => {
    expect(curve.points.map(({ n, experiment, improved }) => [n, experiment, improved])).toEqual([
      [1, 1, true],
      [2, 2, false],
      [4, 4, false],
      [5, 5, true],
    ]);
    expect(curve.failures).toEqual([{ n: 3, experiment: 3, what: 'Sample failed' }]);
    expect(curve.count).toBe(5);
  });

  test('the band has a gap where nothing was predicted', () => {
    expect(curve.band.map(({ n, run }) => [n, run])).toEqual([
      [2, 1],
      [5, 2],
    ]);
    expect(curve.band[0]?.low).toBeCloseTo(1e-6, 15);
    expect(curve.band[0]?.high).toBeCloseTo(1e-4, 15);
  });

  test('failures alone are counted from one', () => {
    const alone = bestCurve({ transform: 'none' }, [], [failed, { ...failed, experimentNumber: 9 }]);
    expect(alone.failures.map(({ n }) => n)).toEqual([1, 2]);
  });

  test('a wide band does not squeeze the data out of sight', () => {
    const [low, high] = domainOf([1e-5, 1e-4], [{ low: 1e-30, high: 1e10 }], true);
    expect(low).toBeGreaterThan(1e-7);
    expect(high).toBeLessThan(1e-2);
  });

  test('a spark line steps from left to right', () => {
    expect(sparkPath([1, 1, 3], 20, 10)).toBe('M0,10.0H10.0V10.0H20.0V0.0');
    expect(sparkPath([], 20, 10)).toBe('');
  });
});

describe('spaces', () => {
  const mixture = (...names: string[]) => ({
    kind: 'mixture',
    name: 'mix',
    components: names.map((name) => ({ name })),
  });
  const continuous = (name: string) => ({ kind: 'continuous', name, min: 1, max: 10, unit: '°C' });
  const kindOf = (...parameters: unknown[]) => drawingOf(readSpace({ parameters })).kind;

  test('what can be drawn is told by the parameters', () => {
    expect(kindOf(mixture('A', 'B', 'C'))).toBe('ternary');
    expect(kindOf(mixture('A', 'B'))).toBe('line');
    expect(kindOf(continuous('T'))).toBe('line');
    expect(kindOf(continuous('T'), continuous('t'))).toBe('plane');
    expect(kindOf(mixture('A', 'B', 'C'), continuous('T'))).toBe('strips');
    expect(kindOf({ kind: 'pool', name: 'p', features: ['x'], candidates: [] })).toBe('strips');
  });

  test('a point is read along each dimension; a component left out is nought', () => {
    const axes = dimensionsOf(readSpace({ parameters: [mixture('A', 'B'), continuous('T')] }));
    const point = { mix: { A: 1 }, T: 5 };
    expect(axes.map(({ name, of }) => [name, of(point)])).toEqual([
      ['A', 1],
      ['B', 0],
      ['T', 5],
    ]);
    expect(axes.map(({ of }) => of(null))).toEqual([null, null, null]);
  });

  test("a pool's features come from its candidates", () => {
    const pool = {
      kind: 'pool',
      name: 'p',
      features: ['x', 'y'],
      candidates: [{ id: 'c1', values: [3, 4] }],
    };
    const axes = dimensionsOf(readSpace({ parameters: [pool] }));
    expect(axes.map(({ of }) => of({ p: 'c1' }))).toEqual([3, 4]);
  });
});

test('diagnostics are read as far as they are there', () => {
  expect(readDiagnostics(null).leftOut).toEqual([]);
  const read = readDiagnostics({
    leftOut: { actual: [1, 2], mean: [1.1, 1.9], sd: [0.1, 0.2] },
    metrics: { rmse: 0.1, coverage95: 1 },
    lengthscales: { Li3PO4: 0.3 },
  });
  expect(read.leftOut[1]).toEqual({ actual: 2, mean: 1.9, sd: 0.2 });
  expect(read).toMatchObject({ rmse: 0.1, r2: null, lengthscales: [{ name: 'Li3PO4', value: 0.3 }] });
});

describe('signing in', () => {
  test('a token is found in a fragment, a link or as it is', () => {
    expect(tokenInFragment('#token=abc')).toBe('abc');
    expect(tokenInFragment('#results')).toBeNull();
    expect(tokenInText(' http://localhost:4000/#token=abc ')).toBe('abc');
    expect(tokenInText('abc\n')).toBe('abc');
  });

  test('a kept session that is not one is none', () => {
    expect(readSession({ secret: 's', role: 'king', expiresAt: '2030-01-01' })).toBeNull();
    expect(readSession({ secret: 's', role: 'admin', expiresAt: '2030-01-01' })?.role).toBe('admin');
  });
});
