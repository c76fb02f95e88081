import { describe, expect, it } from '@jest/globals';
import { fromRows, matrix, Philox, toRows } from '@ionloop/linalg';
import {
  gaussianProcess,
  leastSquares,
  ridge,
  withPreparedInputs,
  type SurrogateFactory,
  type SurrogateJson,
  type TrainingData,
} from '../../src/index.js';
import { planColumns, prepare } from '../../src/prepared-inputs/plan.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a linear model on prepared inputs', withPreparedInputs(ridge(), 'unit spread'));
surrogateContract('a process on prepared inputs', withPreparedInputs(gaussianProcess(), 'unit cube'));

const gap = Number.NaN;
const table = fromRows([
  [10, 0, 5],
  [20, 2, 5],
  [gap, 1, 5],
  [40, gap, 5],
]);

function columnsOf(factory: SurrogateFactory, scale: 'unit cube' | 'unit spread' | 'any'): number[][] {
  return toRows(prepare(table, planColumns(table, [1], factory.capabilities, scale))).map((row) => [...row]);
}

describe('prepared inputs', () => {
  it('fill gaps with the median and mark them, take categories apart and still a constant', () => {
    // The columns: number, constant, then the gap of the first, the gap and three levels of the second.
    expect(columnsOf(leastSquares(), 'unit cube')).toEqual([
      [0, 0, 0, 0, 1, 0, 0],
      [1 / 3, 0, 0, 0, 0, 0, 1],
      [1 / 3, 0, 1, 0, 0, 1, 0],
      [1, 0, 0, 1, 0, 0, 0],
    ]);
  });

  it('leave categories to a model that takes them, with a level of its own for what is missing', () => {
    expect(columnsOf(gaussianProcess(), 'unit cube').map((row) => row.slice(0, 3))).toEqual([
      [0, 0, 0],
      [1 / 3, 2, 0],
      [1 / 3, 1, 0],
      [1, 3, 0],
    ]);
  });

  it('have the spread of even numbers from 0 to 1 where that is asked for', () => {
    const column = fromRows([[1], [2], [4], [9]]);
    const { data } = prepare(column, planColumns(column, [], ridge().capabilities, 'unit spread'));
    const mean = data.reduce((sum, value) => sum + value, 0) / 4;
    expect(mean).toBeCloseTo(0, 12);
    expect(data.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1 / 12, 12);
  });

  it('of another row are scaled as those that were fitted', () => {
    const X = fromRows([[100], [300], [200]]);
    const model = withPreparedInputs(leastSquares(), 'unit cube').fit(
      { X, y: Float64Array.of(1, 3, 2) },
      Philox.fromSeed(1),
    );
    expect(model.predict(fromRows([[400]])).mean[0]).toBeCloseTo(4, 9);
  });

  it('let a linear model learn from a gap and from a category', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i % 3, i % 4 === 0 ? gap : i / 60]);
    const level = [5, -3, 1];
    const data: TrainingData = {
      X: fromRows(rows),
      y: Float64Array.from(rows, ([category, x]) => level[category!]! + (Number.isNaN(x) ? 10 : 2 * x!)),
      categorical: [0],
    };
    const factory = withPreparedInputs(ridge(), 'unit cube');
    const model = factory.fit(data, Philox.fromSeed(1));
    const at = fromRows([
      [0, gap],
      [1, 0.5],
      [7, 0.5],
    ]);
    const { mean } = factory.fromJSON(JSON.parse(JSON.stringify(model)) as SurrogateJson).predict(at);
    expect(mean[0]).toBeCloseTo(15, 1);
    expect(mean[1]).toBeCloseTo(-2, 1);
    // A category that was never seen is none of those that were.
    expect(Number.isFinite(mean[2])).toBe(true);
  });

  it('give lengthscales in the units of the inputs, and importances to the inputs', () => {
    const X = matrix(
      20,
      2,
      Float64Array.from({ length: 40 }, (_, k) => (k % 2 ? (k * 7) % 40 : 1000 * k)),
    );
    const y = Float64Array.from({ length: 20 }, (_, i) => X.data[2 * i]! / 1e4);
    const one = withPreparedInputs(gaussianProcess(), 'unit cube').fit({ X, y }, Philox.fromSeed(2));
    const inner = one.model.diagnostics().lengthscales!;
    expect(one.diagnostics().lengthscales![0]).toBeCloseTo(inner[0]! * 38_000, 4);
    const holed = matrix(
      20,
      2,
      X.data.map((value, k) => (k === 3 ? gap : value)),
    );
    const two = withPreparedInputs(gaussianProcess(), 'unit cube').fit({ X: holed, y }, Philox.fromSeed(2));
    expect(two.diagnostics().lengthscales).toBeUndefined();
    expect(two.diagnostics().importances).toHaveLength(2);
  });

  it('refuse what is infinite, and a record that is not theirs', () => {
    const factory = withPreparedInputs(ridge(), 'any');
    const data = { X: fromRows([[1], [Infinity]]), y: Float64Array.of(1, 2) };
    expect(() => factory.fit(data, Philox.fromSeed(1))).toThrow('data.X must not be infinite');
    const json = factory.fit({ ...data, X: fromRows([[1], [2]]) }, Philox.fromSeed(1)).toJSON();
    expect(() => factory.fromJSON({ ...json, columns: [] })).toThrow('json.columns must be a list');
    expect(() => factory.fromJSON({ ...json, dimension: 0 })).toThrow('json.columns[0].from must lie in');
    expect(() => withPreparedInputs(ridge(), 'log' as 'any')).toThrow('scale must be one of');
  });
});
