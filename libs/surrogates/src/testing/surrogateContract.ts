import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, type Matrix } from '@ionloop/linalg';
import {
  canOutline,
  meansOf,
  type Surrogate,
  type SurrogateFactory,
  type SurrogateJson,
  type TrainingData,
} from '../contract.js';

/** What every surrogate must do, whatever it is. Call it at the top level of a jest test file. */
export function surrogateContract(name: string, factory: SurrogateFactory): void {
  const fit = (data: TrainingData, seed = 1) => factory.fit(data, Philox.fromSeed(seed));
  const at = latinHypercube(2, 7, Philox.fromSeed('somewhere else'));

  describe(`${name} keeps the contract of a surrogate:`, () => {
    it('the same data and seed give the same model to the bit', () => {
      expectSame(fit(example(20)), fit(example(20)), at);
    });

    it('a fit forgets what was fitted before', () => {
      fit(example(9, 'an earlier campaign'));
      const second = fit(example(20));
      fit(example(5, 'a later campaign'));
      expectSame(second, fit(example(20)), at);
    });

    it('changing the arrays it was fitted on does not change it', () => {
      const data = example(20);
      const model = fit(data);
      const before = JSON.stringify(model);
      data.X.data.fill(0.5);
      data.y.fill(7);
      expect(JSON.stringify(model)).toBe(before);
      expectSame(model, fit(example(20)), at);
    });

    it('a round trip through JSON predicts, draws and judges the same to the bit', () => {
      const data = example(15);
      for (const one of [data, { ...data, noise: new Float64Array(15).fill(0.01) }]) {
        const model = fit(one);
        const json = JSON.parse(JSON.stringify(model)) as SurrogateJson;
        const back = factory.fromJSON(json);
        expect(back.kind).toBe(factory.kind);
        expectSame(model, back, at);
        expect(back.toJSON()).toEqual(model.toJSON());
        expect(back.diagnostics()).toEqual(model.diagnostics());
      }
    });

    it('JSON of another kind or version is refused', () => {
      const json = fit(example(6)).toJSON();
      expect(() => factory.fromJSON({ ...json, kind: 'oracle' })).toThrow('json.kind');
      expect(() => factory.fromJSON({ ...json, version: 99 })).toThrow('json.version');
    });

    it('answers have the shapes asked for, finite, with variances of at least 0', () => {
      const model = fit(example(20));
      expect(model.kind).toBe(factory.kind);
      expect(model.dimension).toBe(2);
      for (const X of [at, example(20).X, matrix(0, 2), matrix(1, 2)]) {
        const { mean, variance } = model.predict(X);
        expect(mean).toHaveLength(X.rows);
        expect(variance).toHaveLength(X.rows);
        expect([...mean].every(Number.isFinite)).toBe(true);
        expect([...variance].every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
        const draws = model.sample(X, 3, Philox.fromSeed(1));
        expect([draws.rows, draws.cols]).toEqual([3, X.rows]);
        expect([...draws.data].every(Number.isFinite)).toBe(true);
      }
    });

    it('a response that does not vary is predicted as it is', () => {
      for (const value of [0, 3.7, -1e-7]) {
        const { X } = example(12);
        const { mean } = fit({ X, y: new Float64Array(12).fill(value) }).predict(at);
        for (const one of mean) expect(Math.abs(one - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
      }
    });

    it('one row is enough', () => {
      const model = fit({ X: matrix(1, 2, Float64Array.of(0.3, 0.6)), y: Float64Array.of(2) });
      expect([...model.predict(at).mean].every(Number.isFinite)).toBe(true);
      expectFiniteDiagnostics(model, 1);
    });

    it('rows that repeat each other, with equal or different responses, are no trouble', () => {
      const { X, y } = example(6);
      const twice = matrix(12, 2, Float64Array.from([...X.data, ...X.data]));
      for (const shift of [0, 0.3]) {
        const model = fit({ X: twice, y: Float64Array.from([...y, ...y.map((value) => value + shift)]) });
        expect([...model.predict(twice).mean].every(Number.isFinite)).toBe(true);
        expectFiniteDiagnostics(model, 12);
      }
    });

    it('what is left out is as many as the rows, and its measures are sane', () => {
      const diagnostics = fit(example(25)).diagnostics();
      expect(diagnostics.kind).toBe(factory.kind);
      expect(diagnostics.leftOut.actual).toEqual([...example(25).y]);
      expectFiniteDiagnostics(fit(example(25)), 25);
      expect(diagnostics.metrics.r2).toBeGreaterThan(0.3);
      if (diagnostics.importances) {
        expect(diagnostics.importances).toHaveLength(2);
        expect(diagnostics.importances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      }
    });

    it('its means alone are those that it predicts, to the bit', () => {
      const model = fit(example(15));
      expect(meansOf(model, at)).toEqual(model.predict(at).mean);
    });

    it('what it says roughly has the same means, to the bit, and is never surer than what it predicts', () => {
      const model = fit(example(15));
      if (!canOutline(model)) return;
      const rough = model.outline(at);
      const close = model.predict(at);
      expect(rough.mean).toEqual(close.mean);
      rough.variance.forEach((variance, i) => expect(variance).toBeGreaterThanOrEqual(close.variance[i]!));
    });

    it('draws agree with the mean and variance it predicts', () => {
      const model = fit(example(15));
      const count = 4000;
      const draws = model.sample(at, count, Philox.fromSeed(5));
      const { mean, variance } = model.predict(at);
      for (let j = 0; j < at.rows; j++) {
        let sum = 0;
        let squares = 0;
        for (let k = 0; k < count; k++) {
          const off = draws.data[k * at.rows + j]! - mean[j]!;
          sum += off;
          squares += off * off;
        }
        const spread = Math.sqrt(variance[j]!) + 1e-9;
        // Five standard errors of a mean; a generous share for the spread of draws that need not be normal.
        expect(Math.abs(sum / count)).toBeLessThan((5 * spread) / Math.sqrt(count));
        expect(Math.sqrt(squares / count) / spread).toBeGreaterThan(0.85);
        expect(Math.sqrt(squares / count) / spread).toBeLessThan(1.15);
      }
    });

    it('the same stream draws the same, another stream does not', () => {
      const model = fit(example(15));
      const draw = (seed: number) => model.sample(at, 2, Philox.fromSeed(seed)).data;
      expect(draw(1)).toEqual(draw(1));
      expect(draw(1)).not.toEqual(draw(2));
    });

    it('NaN and wrong shapes are refused by name', () => {
      const { X, y } = example(4);
      const spoilt = (values: Float64Array) => values.map((value, i) => (i === 1 ? NaN : value));
      const { missing } = factory.capabilities;
      if (!missing)
        expect(() => fit({ X: matrix(4, 2, spoilt(X.data)), y })).toThrow('data.X must be finite');
      expect(() => fit({ X, y: spoilt(y) })).toThrow('data.y must be finite');
      expect(() => fit({ X, y: y.slice(1) })).toThrow('data.y must hold 4 numbers, not 3');
      expect(() => fit({ X, y, noise: Float64Array.of(1) })).toThrow('data.noise must hold 4 numbers, not 1');
      expect(() => fit({ X, y, noise: Float64Array.of(1, -1, 1, 1) })).toThrow(
        'data.noise must not be negative',
      );
      expect(() => fit({ X: matrix(0, 2), y: new Float64Array(0) })).toThrow(
        'data.X must have at least one row',
      );
      expect(() => fit({ X: matrix(2, 0), y: y.slice(2) })).toThrow('data.X must have at least one column');
      const model = fit({ X, y });
      const rng = Philox.fromSeed(1);
      expect(() => model.predict(matrix(2, 3))).toThrow('X must have 2 columns, not 3');
      const gap = matrix(1, 2, Float64Array.of(0, missing ? Infinity : NaN));
      expect(() => model.predict(gap)).toThrow(missing ? 'X must not be infinite' : 'X must be finite');
      expect(() => model.sample(matrix(2, 3), 1, rng)).toThrow('X must have 2 columns, not 3');
      expect(() => model.sample(at, -1, rng)).toThrow('count must be a whole number');
    });

    whatItDeclares(factory, fit);
  });
}

/** Tests of what only some models can use. */
function whatItDeclares(factory: SurrogateFactory, fit: (data: TrainingData) => Surrogate): void {
  const { missing, categorical, weights } = factory.capabilities;
  const at = latinHypercube(2, 7, Philox.fromSeed('somewhere else'));

  if (weights)
    it('a row of weight 0 is as good as left out', () => {
      const { X, y } = example(20);
      const shorter = fit({ X: matrix(18, 2, X.data.slice(0, 36)), y: y.slice(0, 18) });
      const weighed = fit({ X, y, weights: Float64Array.from(y, (_, i) => (i < 18 ? 1 : 0)) });
      expect(weighed.predict(at)).toEqual(shorter.predict(at));
      expectFiniteDiagnostics(weighed, 20);
    });

  if (missing)
    it('values may be missing, in training and in prediction', () => {
      const { X, y } = example(30);
      const holed = matrix(
        30,
        2,
        X.data.map((value, k) => (k % 7 === 3 || k < 2 ? NaN : value)),
      );
      const model = fit({ X: holed, y });
      const gaps = matrix(3, 2, Float64Array.of(NaN, 0.5, 0.5, NaN, NaN, NaN));
      for (const one of [model, factory.fromJSON(JSON.parse(JSON.stringify(model)) as SurrogateJson)]) {
        expect([...one.predict(gaps).mean].every(Number.isFinite)).toBe(true);
        expectSame(model, one, gaps);
      }
      expectFiniteDiagnostics(model, 30);
    });

  if (categorical)
    it('categories are told apart without an order, and unknown ones are no trouble', () => {
      const level = [3, -2, 5, 1];
      const X = matrix(
        48,
        2,
        Float64Array.from({ length: 96 }, (_, k) => (k % 2 ? (k % 7) / 7 : 10 * ((k / 2) % 4))),
      );
      const y = Float64Array.from({ length: 48 }, (_, i) => level[i % 4]!);
      const model = fit({ X, y, categorical: [0] });
      const back = factory.fromJSON(JSON.parse(JSON.stringify(model)) as SurrogateJson);
      const known = matrix(4, 2, Float64Array.of(0, 0.3, 10, 0.3, 20, 0.3, 30, 0.3));
      const { mean } = back.predict(known);
      level.forEach((value, k) => expect(Math.abs(mean[k]! - value)).toBeLessThan(1));
      expectSame(model, back, known);
      const unknown = model.predict(matrix(2, 2, Float64Array.of(5, 0.3, 70, 0.3))).mean;
      expect([...unknown].every(Number.isFinite)).toBe(true);
    });
}

/** Rows in the unit square and a smooth response of them with a little noise. */
function example(n: number, seed = 'a campaign'): TrainingData {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(2, n, rng.split('inputs'));
  const y = Float64Array.from({ length: n }, (_, i) => {
    const x0 = X.data[2 * i]!;
    const x1 = X.data[2 * i + 1]!;
    return 3 + 4 * x0 * (1 - x0) + x1 + 0.05 * rng.normal();
  });
  return { X, y };
}

function expectSame(a: Surrogate, b: Surrogate, at: Matrix): void {
  expect(b.predict(at)).toEqual(a.predict(at));
  expect(b.sample(at, 2, Philox.fromSeed(3))).toEqual(a.sample(at, 2, Philox.fromSeed(3)));
}

function expectFiniteDiagnostics(model: Surrogate, n: number): void {
  const { leftOut, metrics, n: rows } = model.diagnostics();
  expect(rows).toBe(n);
  for (const values of [leftOut.mean, leftOut.variance, leftOut.actual]) {
    expect(values).toHaveLength(n);
    expect(values.every(Number.isFinite)).toBe(true);
  }
  expect(Object.values(metrics).every(Number.isFinite)).toBe(true);
}
