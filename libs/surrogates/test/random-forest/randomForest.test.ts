import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { decisionTree, extraTrees, randomForest, type TreeSurrogate } from '../../src/index.js';

function example(n: number, d: number, seed: number) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const y = Float64Array.from(
    { length: n },
    (_, i) => 5 * X.data[i * d]! + (X.data[i * d + 1]! > 0.5 ? 2 : 0) + 0.1 * rng.normal(),
  );
  return { X, y };
}

describe('a random forest', () => {
  it('finds out which inputs matter', () => {
    const { importances, metrics } = randomForest()
      .fit(example(150, 5, 1), Philox.fromSeed(1))
      .diagnostics();
    expect(importances![0]!).toBeGreaterThan(0.5);
    expect(importances![1]!).toBeGreaterThan(importances![2]! * 2);
    expect(metrics.r2).toBeGreaterThan(0.85);
  });

  it('does not care about the scale of its inputs, beyond the rounding of thresholds', () => {
    const { X, y } = example(40, 2, 2);
    const stretched = { ...X, data: X.data.map((value) => 1024 * value) };
    const plain = randomForest({ trees: 20 }).fit({ X, y }, Philox.fromSeed(1));
    const wide = randomForest({ trees: 20 }).fit({ X: stretched, y }, Philox.fromSeed(1));
    expect(wide.predict(stretched)).toEqual(plain.predict(X));
  });

  it('predicts within the range of what it has seen', () => {
    const data = example(60, 3, 3);
    const { mean } = randomForest({ trees: 30 })
      .fit(data, Philox.fromSeed(1))
      .predict(latinHypercube(3, 100, Philox.fromSeed(9)));
    const [low, high] = [Math.min(...data.y), Math.max(...data.y)];
    for (const value of mean) {
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
  });

  it('refuses options that make no sense, naming them', () => {
    expect(() => randomForest({ trees: 0 })).toThrow('options.trees');
    expect(() => randomForest({ minSamplesLeaf: 0 })).toThrow('options.minSamplesLeaf');
    expect(() => randomForest({ featuresPerSplit: 0 })).toThrow('options.featuresPerSplit');
    expect(() => randomForest({ monotone: [2] })).toThrow('options.monotone');
    const one = { X: matrix(1, 2), y: Float64Array.of(1) };
    expect(() => randomForest({ monotone: [1] }).fit(one, Philox.fromSeed(1))).toThrow('must hold 2 signs');
  });
});

describe('the spread of averaged trees', () => {
  const factories = {
    randomForest: randomForest({ trees: 100 }),
    extraTrees: extraTrees(),
    decisionTree: decisionTree(),
  };
  it.each(Object.entries(factories))('%s: left-out intervals hold about what they say', (_name, factory) => {
    const { metrics } = factory.fit(example(200, 4, 4), Philox.fromSeed(1)).diagnostics();
    expect(Math.abs(metrics.coverage50 - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(metrics.coverage80 - 0.8)).toBeLessThan(0.08);
    expect(Math.abs(metrics.coverage95 - 0.95)).toBeLessThan(0.05);
  });

  it('is a distribution of measurements: so many of new ones lie below each quantile', () => {
    const model = randomForest({ trees: 100, minSamplesLeaf: 5 }).fit(example(300, 3, 5), Philox.fromSeed(1));
    const fresh = example(300, 3, 6);
    const levels = [0.1, 0.5, 0.9];
    const quantiles = model.quantiles(fresh.X, levels);
    levels.forEach((level, k) => {
      const below = fresh.y.filter((value, i) => value <= quantiles.data[3 * i + k]!).length / 300;
      expect(Math.abs(below - level)).toBeLessThan(0.1);
    });
    expect(() => model.quantiles(fresh.X, [1.5])).toThrow('levels must lie in 0 … 1');
  });

  it('of the jackknife is that of the mean, over campaigns that might have been', () => {
    const at = latinHypercube(2, 12, Philox.fromSeed(8));
    const forest = randomForest({ trees: 400, variance: 'jackknife' });
    const models = Array.from({ length: 12 }, (_, k) =>
      forest.fit(example(60, 2, 100 + k), Philox.fromSeed(k)),
    );
    const means = models.map((model) => model.predict(at).mean);
    const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const actual = average(
      Array.from({ length: 12 }, (_, i) => {
        const here = means.map((mean) => mean[i]!);
        return average(here.map((value) => (value - average(here)) ** 2)) * (12 / 11);
      }),
    );
    const said = average(models.map((model) => average([...model.predict(at).variance])));
    expect(said / actual).toBeGreaterThan(0.5);
    expect(said / actual).toBeLessThan(2);
  });
});

describe('monotone trees', () => {
  const along = (model: TreeSurrogate, other: number) =>
    model.predict(
      matrix(
        41,
        2,
        Float64Array.from({ length: 82 }, (_, k) => (k % 2 ? other : k / 80)),
      ),
    ).mean;

  it.each(Object.entries({ randomForest, extraTrees, decisionTree }))('%s', (_name, make) => {
    const rng = Philox.fromSeed(3);
    const X = latinHypercube(2, 80, rng);
    const y = Float64Array.from(
      { length: 80 },
      (_, i) => 2 * X.data[2 * i]! + X.data[2 * i + 1]! + rng.normal(),
    );
    const falls = (values: Float64Array) =>
      values.some((value, i) => i > 0 && value < values[i - 1]! - 1e-12);
    const free = make().fit({ X, y }, Philox.fromSeed(1));
    const held = make({ monotone: [1, 0] }).fit({ X, y }, Philox.fromSeed(1));
    expect([0.2, 0.5, 0.8].some((other) => falls(along(free, other)))).toBe(true);
    expect([0.2, 0.5, 0.8].some((other) => falls(along(held, other)))).toBe(false);
  });
});
