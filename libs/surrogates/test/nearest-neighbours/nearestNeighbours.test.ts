import { describe, expect, it } from '@jest/globals';
import { fromRows, latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { nearest } from '../../src/nearest-neighbours/nearest.js';
import { nearestNeighbours, type NeighbourWeights } from '../../src/nearest-neighbours/nearestNeighbours.js';
import { surrogateContract } from '../../src/testing/index.js';
import { expectClose } from '../close.js';
// scikit-learn's KNeighborsRegressor on standardised inputs, and its cross-validation that leaves out one row at a time.
import expected from './expected.json' with { type: 'json' };

surrogateContract('nearest neighbours by distance', nearestNeighbours());
surrogateContract('nearest neighbours that count the same', nearestNeighbours({ k: 3, weights: 'uniform' }));

const rng = () => Philox.fromSeed(1);

describe('nearest neighbours', () => {
  const data = { X: fromRows(expected.X), y: Float64Array.from(expected.y) };

  it.each(expected.cases.map((one) => [one.k, one.weights, one] as const))(
    'as the reference: %d, %s',
    (k, weights, { mean, looMean }) => {
      const model = nearestNeighbours({ k, weights: weights as NeighbourWeights }).fit(data, rng());
      expectClose(model.predict(fromRows(expected.Xtest)).mean, mean, 1e-12);
      expectClose(model.diagnostics().leftOut.mean, looMean, 1e-12);
    },
  );

  it('are found the same in blocks as by sorting, the first of equals being nearer', () => {
    const points = latinHypercube(2, 70, rng().split('points'));
    const among = latinHypercube(2, 300, rng().split('rows'));
    const coarse = matrix(
      300,
      2,
      among.data.map((value) => Math.round(8 * value) / 8),
    );
    const found = nearest(points, coarse, 9, new Uint8Array(2));
    for (let p = 0; p < 70; p++) {
      const distance = Array.from({ length: 300 }, (_, r) =>
        [0, 1].reduce((sum, j) => sum + (points.data[2 * p + j]! - coarse.data[2 * r + j]!) ** 2, 0),
      );
      const sorted = Array.from(distance.keys()).sort((a, b) => distance[a]! - distance[b]! || a - b);
      expect([...found.rows.subarray(9 * p, 9 * p + 9)]).toEqual(sorted.slice(0, 9));
    }
  });

  it('are neighbours of the same category first', () => {
    const X = fromRows([0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i % 2 === 0 ? 7 : 2, i / 8]));
    const y = Float64Array.from(X.data.filter((_, at) => at % 2 === 0));
    const model = nearestNeighbours({ k: 2 }).fit({ X, y, categorical: [0] }, rng());
    const at = fromRows([
      [7, 0.3],
      [2, 0.3],
    ]);
    expect([...model.predict(at).mean]).toEqual([7, 2]);
  });

  it('count by the weight of their rows', () => {
    const X = fromRows([[0], [2]]);
    const weights = Float64Array.of(3, 1);
    const model = nearestNeighbours({ k: 2 }).fit({ X, y: Float64Array.of(0, 4), weights }, rng());
    expect(model.predict(fromRows([[1]])).mean[0]).toBeCloseTo(1, 12);
  });

  it('are surer where they agree, and their intervals hold what they say', () => {
    const X = latinHypercube(2, 300, rng().split('X'));
    const noise = rng().split('noise');
    const y = Float64Array.from(
      { length: 300 },
      (_, i) => X.data[2 * i]! + (X.data[2 * i]! > 0.5 ? 0.5 : 0.05) * noise.normal(),
    );
    const model = nearestNeighbours({ k: 8, weights: 'uniform' }).fit({ X, y }, rng());
    const at = fromRows([
      [0.2, 0.5],
      [0.8, 0.5],
    ]);
    const { variance } = model.predict(at);
    expect(variance[1]!).toBeGreaterThan(3 * variance[0]!);
    const { coverage80 } = model.diagnostics().metrics;
    expect(coverage80).toBeGreaterThan(0.75);
    expect(coverage80).toBeLessThan(0.92);
  });

  it('options that make no sense are refused by name', () => {
    expect(() => nearestNeighbours({ k: 0 })).toThrow('options.k');
    expect(() => nearestNeighbours({ weights: 'mass' as 'uniform' })).toThrow('options.weights');
    const one = nearestNeighbours().fit(data, rng()).toJSON();
    expect(() => nearestNeighbours().fromJSON({ ...one, y: [1, 2] })).toThrow('json.y must hold 40 numbers');
  });
});
