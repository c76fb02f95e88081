import { describe, expect, it } from '@jest/globals';
import { fromRows, Philox, toRows } from '@ionloop/linalg';
import {
  gaussianProcess,
  randomForest,
  readMixture,
  readSurrogate,
  type SurrogateJson,
} from '../../src/index.js';

const X = fromRows([[0.1], [0.4], [0.6], [0.9]]);
const data = { X, y: Float64Array.from([1, 3, 2, 5]) };
const at = fromRows([[0.2], [0.5], [0.75]]);
const models = [gaussianProcess(), randomForest({ trees: 20 })].map((factory, i) =>
  factory.fit(data, Philox.fromSeed(`part ${i}`)),
);
const weights = [0.75, 0.25];
const written: SurrogateJson = {
  kind: 'mixture',
  version: 1,
  parts: models.map((model, i) => ({ weight: weights[i]!, model: model.toJSON() })),
};

describe('a mixture that a plan has kept', () => {
  const mixture = readMixture(written, readSurrogate);

  it('has the mean and variance of the mixture of its parts', () => {
    const { mean, variance } = mixture.predict(at);
    const each = models.map((model) => model.predict(at));
    for (let i = 0; i < at.rows; i++) {
      const [a, b] = each.map((part) => part.mean[i]!) as [number, number];
      const [va, vb] = each.map((part) => part.variance[i]!) as [number, number];
      const middle = 0.75 * a + 0.25 * b;
      expect(mean[i]).toBeCloseTo(middle, 12);
      expect(variance[i]).toBeCloseTo(0.75 * (va + a * a) + 0.25 * (vb + b * b) - middle * middle, 10);
    }
  });

  it('is written as it was read, and tells of what it left out', () => {
    expect(JSON.parse(JSON.stringify(mixture))).toEqual(JSON.parse(JSON.stringify(written)));
    expect(mixture.diagnostics()).toMatchObject({ kind: 'mixture', n: 4 });
    expect(mixture.diagnostics().leftOut.mean).toHaveLength(4);
  });

  it('draws from its parts', () => {
    const draws = toRows(mixture.sample(at, 400, Philox.fromSeed('draws')));
    const { mean, variance } = mixture.predict(at);
    for (let j = 0; j < at.rows; j++) {
      const average = draws.reduce((sum, draw) => sum + draw[j]!, 0) / draws.length;
      expect(Math.abs(average - mean[j]!)).toBeLessThan(5 * Math.sqrt(variance[j]! / draws.length));
    }
  });

  it.each([
    [{ kind: 'oracle', version: 1 }, /mixture/],
    [{ kind: 'mixture', version: 1, parts: [] }, /json\.parts/],
    [
      { kind: 'mixture', version: 1, parts: [{ weight: -1, model: models[0]!.toJSON() }] },
      /parts\[0\]\.weight/,
    ],
    [
      { kind: 'mixture', version: 1, parts: [{ weight: 1, model: { kind: 'oracle', version: 1 } }] },
      /oracle/,
    ],
  ])('refuses %j', (json, message) => {
    expect(() => readMixture(json as SurrogateJson, readSurrogate)).toThrow(message);
  });
});
