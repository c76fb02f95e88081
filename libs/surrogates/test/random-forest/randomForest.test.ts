import { describe, expect, it } from '@jest/globals';
import { latinHypercube, Philox } from '@ionloop/linalg';
import { randomForest } from '../../src/index.js';

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
    expect(() => randomForest({ minSamplesLeaf: 0.5 })).toThrow('options.minSamplesLeaf');
    expect(() => randomForest({ featuresPerSplit: 0 })).toThrow('options.featuresPerSplit');
  });
});
