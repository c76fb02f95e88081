import { describe, expect, it } from '@jest/globals';
import { fromRows, latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { gradientBoosting, type GradientBoostingOptions } from '../../src/index.js';

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly Xtest: number[][];
  readonly gradientBoosting: {
    readonly nEstimators: number;
    readonly learningRate: number;
    readonly maxDepth: number;
    readonly prediction: number[];
  };
}

describeGolden('gradient boosting against the reference numbers', () => {
  // Splits of a few rows are often equally good, and the reference takes one of them at random, as we do: here is a stream that falls as theirs did.
  it('of squared loss', () => {
    const { X, y, Xtest, gradientBoosting: golden } = reference<Golden>('regressors.json');
    const { nEstimators: rounds, learningRate, maxDepth, prediction } = golden;
    const { mean } = gradientBoosting({ rounds, learningRate, maxDepth, uncertainty: 'none', folds: 0 })
      .fit({ X: fromRows(X), y: Float64Array.from(y) }, Philox.fromSeed(12929))
      .predict(fromRows(Xtest));
    prediction.forEach((value, i) => expect(Math.abs(mean[i]! - value)).toBeLessThan(1e-9));
  });
});

function example(n: number, d: number, seed: number, noise = 0.1) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const truth = Float64Array.from(
    { length: n },
    (_, i) => 5 * X.data[i * d]! + (X.data[i * d + 1]! > 0.5 ? 2 : 0) * X.data[i * d]!,
  );
  return { X, y: truth.map((value) => value + noise * rng.normal()), truth };
}

const rootMeanSquare = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);

const alone = (options: GradientBoostingOptions) =>
  gradientBoosting({ uncertainty: 'none', folds: 0, ...options });

describe('gradient boosting', () => {
  const train = example(300, 4, 1);
  const fresh = example(200, 4, 2);
  const error = (options: GradientBoostingOptions) =>
    rootMeanSquare(alone(options).fit(train, Philox.fromSeed(1)).predict(fresh.X).mean, fresh.truth);

  it('learns, whichever way it splits and steps', () => {
    const ways: GradientBoostingOptions[] = [
      {},
      { splits: 'histogram', minSamplesLeaf: 5 },
      { splits: 'histogram', featuresPerSplit: 2, maxDepth: 4 },
      { secondOrder: true },
      { loss: 'huber' },
      { loss: 'huber', secondOrder: true, lambda: 0.1 },
      { loss: 'quantile' },
      { subsample: 0.5 },
    ];
    for (const way of ways) expect(error(way)).toBeLessThan(0.25);
  });

  it('lets λ pull leaves to 0 and a least gain stop splits', () => {
    const fit = (options: GradientBoostingOptions) =>
      alone({ rounds: 1, learningRate: 1, maxDepth: 1, ...options }).fit(
        { X: matrix(4, 1, Float64Array.of(0, 1, 2, 3)), y: Float64Array.of(-1, -1, 1, 1) },
        Philox.fromSeed(1),
      );
    const at = matrix(1, 1, Float64Array.of(3));
    expect(fit({}).predict(at).mean[0]).toBe(1);
    // Σr/(n + λ) = 2/(2 + 2); splitting lowers Σ(r − v)² + λv² by 2·4/(2 + 2) = 2.
    expect(fit({ lambda: 2 }).predict(at).mean[0]).toBe(0.5);
    expect(fit({ lambda: 2, minGain: 1.9 }).predict(at).mean[0]).toBe(0.5);
    expect(fit({ lambda: 2, minGain: 2.1 }).predict(at).mean[0]).toBe(0);
  });

  it('of Huber loss is moved less by a few wild responses', () => {
    const wild = { X: train.X, y: train.y.map((value, i) => (i % 20 === 0 ? value + 30 : value)) };
    const errorOn = (options: GradientBoostingOptions) =>
      rootMeanSquare(alone(options).fit(wild, Philox.fromSeed(1)).predict(fresh.X).mean, fresh.truth);
    expect(errorOn({ loss: 'huber' })).toBeLessThan(0.7 * errorOn({}));
    expect(errorOn({ loss: 'huber', secondOrder: true })).toBeLessThan(0.7 * errorOn({}));
  });

  it('of quantile loss has that share of responses below it', () => {
    const { X, y } = example(400, 2, 3, 1);
    for (const level of [0.1, 0.5, 0.9]) {
      const { mean } = alone({ loss: 'quantile', level, rounds: 50, minSamplesLeaf: 20 })
        .fit({ X, y }, Philox.fromSeed(1))
        .predict(X);
      const below = y.filter((value, i) => value <= mean[i]!).length / 400;
      expect(Math.abs(below - level)).toBeLessThan(0.05);
    }
  });

  it('stops early where more trees do not help rows that were held back', () => {
    const noisy = example(200, 4, 4, 3);
    const size = (options: GradientBoostingOptions) =>
      JSON.stringify(alone({ rounds: 300, ...options }).fit(noisy, Philox.fromSeed(1))).length;
    expect(size({ earlyStopping: { share: 0.2, patience: 10 } })).toBeLessThan(size({}) / 4);
  });

  it('keeps to the directions it is told', () => {
    const noisy = example(150, 2, 5, 1.5);
    for (const splits of ['exact', 'histogram'] as const) {
      const along = (monotone?: number[]) => {
        const model = alone({ splits, minSamplesLeaf: 2, ...(monotone && { monotone }) }).fit(
          noisy,
          Philox.fromSeed(1),
        );
        return [0.2, 0.7].map((x1) => {
          const line = Float64Array.from({ length: 120 }, (_, k) => (k % 2 ? x1 : k / 120));
          return model.predict(matrix(60, 2, line)).mean;
        });
      };
      const falls = (lines: Float64Array[]) =>
        lines.some((line) => line.some((value, i) => i > 0 && value < line[i - 1]! - 1e-12));
      expect(falls(along())).toBe(true);
      expect(falls(along([1, 0]))).toBe(false);
    }
  });

  it('says what each input adds', () => {
    const model = alone({ rounds: 30 }).fit(train, Philox.fromSeed(1));
    const { base, contributions } = model.explain(fresh.X);
    model.predict(fresh.X).mean.forEach((mean, i) => {
      const sum = contributions.data.slice(4 * i, 4 * i + 4).reduce((all, value) => all + value, base);
      expect(Math.abs(sum - mean)).toBeLessThan(1e-10);
    });
  });

  it.each(['bagged', 'virtual', 'quantile', 'none'] as const)(
    '%s: left-out intervals hold about what they say',
    (uncertainty) => {
      const data = example(150, 4, 6, 0.5);
      const { metrics } = gradientBoosting({ uncertainty, rounds: 50 })
        .fit(data, Philox.fromSeed(1))
        .diagnostics();
      expect(Math.abs(metrics.coverage50 - 0.5)).toBeLessThan(0.1);
      expect(Math.abs(metrics.coverage80 - 0.8)).toBeLessThan(0.1);
      expect(Math.abs(metrics.coverage95 - 0.95)).toBeLessThan(0.05);
    },
  );

  it('gives quantiles that rise with their level', () => {
    for (const uncertainty of ['bagged', 'quantile'] as const) {
      const model = gradientBoosting({ uncertainty, rounds: 40, minSamplesLeaf: 10 }).fit(
        example(200, 2, 7, 1),
        Philox.fromSeed(1),
      );
      const at = example(300, 2, 8, 1);
      const { data } = model.quantiles(at.X, [0, 0.2, 0.8, 1]);
      for (let i = 0; i < 300; i++)
        for (let k = 1; k < 4; k++) expect(data[4 * i + k]!).toBeGreaterThanOrEqual(data[4 * i + k - 1]!);
      const inside = at.y.filter((value, i) => value >= data[4 * i + 1]! && value <= data[4 * i + 2]!).length;
      expect(Math.abs(inside / 300 - 0.6)).toBeLessThan(0.15);
    }
  });

  it('refuses options that make no sense, naming them', () => {
    const refused: [GradientBoostingOptions, string][] = [
      [{ rounds: 0 }, 'options.rounds'],
      [{ learningRate: 2 }, 'options.learningRate'],
      [{ lambda: -1 }, 'options.lambda'],
      [{ levels: [0.9, 0.1] }, 'options.levels'],
      [{ folds: 1 }, 'options.folds'],
      [{ loss: 'quantile', secondOrder: true }, 'options.secondOrder'],
      [{ loss: 'huber', monotone: [1] }, 'options.monotone'],
      [{ earlyStopping: { share: 0, patience: 1 } }, 'options.earlyStopping.share'],
    ];
    for (const [options, name] of refused) expect(() => gradientBoosting(options)).toThrow(name);
  });
});
