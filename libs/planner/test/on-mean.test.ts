import { describe, expect, it } from '@jest/globals';
import { fromRows, type Matrix, Philox } from '@ionloop/linalg';
import { gaussianProcess, leastSquares, readSurrogate, type SurrogateJson } from '@ionloop/surrogates';
import { onMean, readOnMean } from '../src/models/on-mean.js';

const rng = Philox.fromSeed('on-mean');
const rowsOf = (count: number): Matrix =>
  fromRows(Array.from({ length: count }, () => [rng.uniform(), rng.uniform()]));
const valuesAt = ({ data, rows }: Matrix, of: (a: number, b: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => of(data[2 * i]!, data[2 * i + 1]!));
const wave = (a: number, b: number): number => Math.sin(4 * a) + b;

const elsewhere = rowsOf(30);
const learned = gaussianProcess().fit(
  { X: elsewhere, y: valuesAt(elsewhere, wave) },
  Philox.fromSeed('elsewhere'),
);
const probe = rowsOf(20);
const known = Array.from(learned.predict(probe).mean);
const factory = onMean(learned, gaussianProcess());
const fitted = (rows: number, of: (value: number) => number) => {
  const X = rowsOf(rows);
  return factory.fit({ X, y: learned.predict(X).mean.map(of) }, Philox.fromSeed('own'));
};

describe('a model on the mean of another', () => {
  it('finds a line through what the other says, and knows the rest from it', () => {
    const { mean } = fitted(6, (value) => 3 - 2 * value).predict(probe);
    known.forEach((value, i) => expect(mean[i]).toBeCloseTo(3 - 2 * value, 6));
  });

  it('of three rows learns the level alone', () => {
    // Any slope goes through three rows as well as another: it is taken to be 1.
    const { mean } = fitted(3, (value) => 5 + value).predict(probe);
    known.forEach((value, i) => expect(mean[i]).toBeCloseTo(5 + value, 6));
  });

  it('draws what it believes: around its mean, with its spread', () => {
    const X = rowsOf(8);
    const y = valuesAt(X, (a, b) => 2 * wave(a, b) + b * b);
    const model = factory.fit({ X, y }, Philox.fromSeed('own'));
    const { mean, variance } = model.predict(probe);
    const count = 4000;
    const draws = model.sample(probe, count, Philox.fromSeed('draws'));
    for (let i = 0; i < probe.rows; i++) {
      const column = Array.from({ length: count }, (_, draw) => draws.data[draw * probe.rows + i]!);
      const average = column.reduce((sum, value) => sum + value, 0) / count;
      const spread = column.reduce((sum, value) => sum + (value - average) ** 2, 0) / (count - 1);
      expect(Math.abs(average - mean[i]!)).toBeLessThan(5 * Math.sqrt(variance[i]! / count) + 1e-9);
      expect(spread / variance[i]!).toBeGreaterThan(0.85);
      expect(spread / variance[i]!).toBeLessThan(1.15);
    }
  });

  it('says of its own rows what it would have said without them', () => {
    const X = rowsOf(9);
    const y = valuesAt(X, (a, b) => 1 + wave(a, b) + 0.2 * a);
    const { leftOut, kind, n, metrics } = factory.fit({ X, y }, Philox.fromSeed('own')).diagnostics();
    expect([kind, n]).toEqual(['on-mean', 9]);
    expect(leftOut.actual).toEqual(Array.from(y));
    const errors = leftOut.actual.map((value, i) => (value - leftOut.mean[i]!) ** 2);
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(errors.reduce((sum, one) => sum + one, 0) / 9), 12);
    expect(metrics.rmse).toBeLessThan(0.2);
  });

  it('is the same again from its record, to the bit', () => {
    const model = fitted(7, (value) => 1 + value * value);
    const json = JSON.parse(JSON.stringify(model)) as SurrogateJson;
    for (const again of [factory.fromJSON(json), readOnMean(json, readSurrogate)]) {
      expect(again.predict(probe)).toEqual(model.predict(probe));
      expect(again.diagnostics().kind).toBe('on-mean');
    }
    expect(() => readOnMean({ ...json, version: 2 }, readSurrogate)).toThrow(
      'this is not a model on-mean of version 1',
    );
    const other = leastSquares().fit({ X: elsewhere, y: valuesAt(elsewhere, wave) }, rng);
    expect(() => readOnMean(other.toJSON(), readSurrogate)).toThrow('this is not a model on-mean');
  });
});
