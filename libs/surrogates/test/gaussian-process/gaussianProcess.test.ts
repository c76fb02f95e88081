import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  conditionGaussian,
  kernelParameters,
  latinHypercube,
  matrix,
  Philox,
  posteriorMarginals,
  row,
  selectRows,
  singleKernel,
  type Kernel,
  type Matrix,
} from '@ionloop/linalg';
import { gaussianProcess, kernelNames, type GrowingSurrogate, type SurrogateJson } from '../../src/index.js';
import { withPosteriorDensity } from '../../src/gaussian-process/fit.js';
import { hyperparametersOf } from '../../src/gaussian-process/priors.js';
import { sampleExactly, samplePathwise } from '../../src/gaussian-process/sample.js';
import versionOne from './version-1.json' with { type: 'json' };

const smooth = (x: ArrayLike<number>) => Math.sin(6 * x[0]!) + x[1]! * x[1]!;

function example(n: number, d: number, seed: number, noise = 0.05) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const y = Float64Array.from({ length: n }, (_, i) => smooth(X.data.subarray(i * d)) + noise * rng.normal());
  return { X, y };
}

const sumOfProducts: Kernel = {
  terms: [
    [
      { kind: 'matern52', columns: [0] },
      { kind: 'rationalQuadratic', columns: [1] },
    ],
    [{ kind: 'linear', columns: [0, 1] }],
  ],
};

describe('the posterior density of the hyperparameters', () => {
  it('has the gradient that finite differences give, for every kernel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kernelNames.map((name) => singleKernel(name, 2)), sumOfProducts),
        fc.boolean(),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }),
        (kernel, learnSignal, draws) => {
          const limits = { learnSignal, smallestLengthscale: 0.025, smallestNoise: 1e-5 };
          const hyperparameters = hyperparametersOf(kernel, limits);
          const theta = Float64Array.from(hyperparameters, ({ lower, upper, start }, i) =>
            lower < upper ? start + draws[i]! : start,
          );
          withPosteriorDensity(kernel, example(12, 2, 1), hyperparameters, (density) => {
            const gradient = new Float64Array(theta.length);
            const value = density.valueAndGradient(theta, gradient);
            expect(density.value(theta)).toBeCloseTo(value, 9);
            const h = 1e-5;
            hyperparameters.forEach(({ lower, upper }, i) => {
              if (lower === upper) {
                expect(gradient[i]).toBe(0);
                return;
              }
              const moved = (step: number) => density.value(theta.map((v, j) => (i === j ? v + step : v)));
              const slope = (moved(h) - moved(-h)) / (2 * h);
              expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
            });
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a fitted Gaussian process', () => {
  it('finds out which inputs matter and predicts what it has not seen', () => {
    const model = gaussianProcess().fit(example(40, 4, 5), Philox.fromSeed(1));
    const { lengthscales, importances, metrics } = model.diagnostics();
    expect(lengthscales![0]).toBeLessThan(lengthscales![2]!);
    expect(importances![0]).toBeGreaterThan(0.4);
    expect(metrics.r2).toBeGreaterThan(0.95);
    expect(metrics.coverage95).toBeGreaterThan(0.85);
    const fresh = example(200, 4, 6, 0);
    const { mean } = model.predict(fresh.X);
    const error = mean.reduce((sum, value, i) => sum + (value - fresh.y[i]!) ** 2, 0) / 200;
    expect(Math.sqrt(error)).toBeLessThan(0.12);
  });

  it('trusts rows by their noise', () => {
    const X = matrix(4, 1, Float64Array.of(0.5, 0.5, 0, 1));
    const y = Float64Array.of(1, 3, 0, 0);
    const at = matrix(1, 1, Float64Array.of(0.5));
    const mean = (noise: number[]) =>
      gaussianProcess()
        .fit({ X, y, noise: Float64Array.from(noise) }, Philox.fromSeed(1))
        .predict(at).mean[0]!;
    expect(mean([0.001, 1, 0.001, 0.001])).toBeLessThan(1.3);
    expect(mean([1, 0.001, 0.001, 0.001])).toBeGreaterThan(2.5);
  });

  it('does not depend on the units of y, beyond rounding', () => {
    const { X, y } = example(15, 2, 7);
    const tiny = gaussianProcess().fit({ X, y: y.map((v) => 1e-7 * v + 3e-7) }, Philox.fromSeed(1));
    const plain = gaussianProcess().fit({ X, y }, Philox.fromSeed(1));
    const at = example(5, 2, 8).X;
    plain.predict(at).mean.forEach((value, i) => {
      expect((tiny.predict(at).mean[i]! - 3e-7) / 1e-7).toBeCloseTo(value, 3);
    });
  });

  it('predicts a row the same alone as among many', () => {
    const model = gaussianProcess().fit(example(20, 3, 9), Philox.fromSeed(1));
    const at = latinHypercube(3, 600, Philox.fromSeed(2));
    const all = model.predict(at);
    for (const i of [0, 255, 256, 599]) {
      const alone = model.predict(selectRows(at, [i]));
      expect(alone.mean[0]).toBe(all.mean[i]);
      expect(alone.variance[0]).toBe(all.variance[i]);
    }
  });

  it.each(kernelNames)('fits with the kernel %s, its signal variance learned', (kernel) => {
    const { metrics, signalVariance } = gaussianProcess({ kernel, learnSignal: true, starts: 2 })
      .fit(example(30, 2, 11), Philox.fromSeed(1))
      .diagnostics();
    expect(metrics.r2).toBeGreaterThan(0.8);
    expect(signalVariance).toBeGreaterThan(0);
  });

  it('fits a sum of products', () => {
    const { metrics } = gaussianProcess({ kernel: sumOfProducts })
      .fit(example(30, 2, 11), Philox.fromSeed(1))
      .diagnostics();
    expect(metrics.r2).toBeGreaterThan(0.9);
  });

  it('tells categories apart without an order', () => {
    const rng = Philox.fromSeed('categories');
    const n = 60;
    const X = latinHypercube(2, n, rng);
    const level = [0, 3, -1, 2];
    for (let i = 0; i < n; i++) X.data[2 * i + 1] = rng.integer(4);
    const y = Float64Array.from({ length: n }, (_, i) => X.data[2 * i]! + level[X.data[2 * i + 1]!]!);
    const apart = gaussianProcess().fit({ X, y, categorical: [1] }, Philox.fromSeed(1));
    const { mean } = apart.predict(matrix(4, 2, Float64Array.of(0.5, 0, 0.5, 1, 0.5, 2, 0.5, 3)));
    level.forEach((value, k) => expect(mean[k]).toBeCloseTo(0.5 + value, 0));
    expect(apart.diagnostics().metrics.r2).toBeGreaterThan(0.97);
  });

  it('goes on from an earlier fit to nearly the same place', () => {
    const early = gaussianProcess().fit(example(30, 3, 15), Philox.fromSeed(1));
    const data = example(31, 3, 15);
    const cold = gaussianProcess().fit(data, Philox.fromSeed(1)).diagnostics();
    const warm = gaussianProcess().fit(data, Philox.fromSeed(2), early).diagnostics();
    expect(warm.logMarginalLikelihood!).toBeGreaterThan(cold.logMarginalLikelihood! - 0.5);
    const other = gaussianProcess({ kernel: 'rbf' }).fit(data, Philox.fromSeed(1), early);
    expect(other.toJSON()).toEqual(gaussianProcess({ kernel: 'rbf' }).fit(data, Philox.fromSeed(1)).toJSON());
  });

  it('takes more rows without a new fit, and remembers which they were', () => {
    const all = example(25, 2, 16);
    const pick = (from: number, to: number) => {
      const rows = Array.from({ length: to - from }, (_, i) => from + i);
      return { X: selectRows(all.X, rows), y: Float64Array.from(rows, (i) => all.y[i]!) };
    };
    const first = gaussianProcess().fit(pick(0, 20), Philox.fromSeed(1)) as GrowingSurrogate;
    const grown = first.withRows(pick(20, 23)).withRows(pick(23, 25));
    const at = example(6, 2, 17).X;
    const { theta, kernel, units } = first.toJSON() as SurrogateJson & {
      readonly theta: readonly number[];
      readonly kernel: readonly unknown[];
      readonly units: { readonly centre: number; readonly spread: number };
    };
    expect(kernel).toHaveLength(1);
    const same = posteriorMarginals(
      conditionGaussian(singleKernel('matern52', 2), Float64Array.from(theta), {
        X: all.X,
        y: all.y.map((value) => (value - units.centre) / units.spread),
      }),
      at,
    );
    grown.predict(at).mean.forEach((value, i) => {
      expect(value).toBeCloseTo(units.centre + units.spread * same.mean[i]!, 9);
    });
    const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    expect(back.predict(at)).toEqual(grown.predict(at));
    expect(back.diagnostics().n).toBe(25);
    expect(() => first.withRows({ X: matrix(1, 3), y: Float64Array.of(1) })).toThrow('X must have 2 columns');
  });

  it('fits many rows by way of some of them', () => {
    const model = gaussianProcess({ starts: 1 }).fit(example(420, 2, 12), Philox.fromSeed(1));
    expect(model.diagnostics().metrics.r2).toBeGreaterThan(0.98);
  });

  it('refuses options that make no sense, naming them', () => {
    expect(() => gaussianProcess({ starts: 0 })).toThrow('options.starts');
    expect(() => gaussianProcess({ smallestNoise: -1 })).toThrow('options.smallestNoise');
    expect(() => gaussianProcess({ kernel: 'cubic' as 'rbf' })).toThrow('options.kernel must be one of');
  });
});

describe('draws by random features', () => {
  it.each(kernelNames)('have the mean and spread of exact draws, for %s', (name) => {
    const { X, y } = example(12, 2, 13);
    const kernel = singleKernel(name, 2);
    const theta = Float64Array.of(0, -1, -0.5, ...(name === 'rationalQuadratic' ? [0.2] : []), -4, 0);
    const posterior = conditionGaussian(kernel, theta, { X, y });
    const at = latinHypercube(2, 6, Philox.fromSeed(3));
    const moments = (draws: Matrix) =>
      Array.from({ length: at.rows }, (_, j) => {
        const column = Array.from({ length: draws.rows }, (_, k) => draws.data[k * at.rows + j]!);
        const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
        return { mean, variance: column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length };
      });
    const expected = posteriorMarginals(posterior, at);
    for (const sample of [sampleExactly, samplePathwise])
      moments(sample(posterior, at, 2000, Philox.fromSeed(4))).forEach(({ mean, variance }, j) => {
        expect(Math.abs(mean - expected.mean[j]!)).toBeLessThan(0.07);
        expect(Math.abs(variance - expected.variance[j]!)).toBeLessThan(
          0.1 * Math.max(expected.variance[j]!, 0.3),
        );
      });
  });

  it.each([
    ['categories', [{ kind: 'hamming', columns: [2] } as const], [0.3, -1]],
    [
      'sources',
      [{ kind: 'coregion', columns: [2], coregion: { sources: 3, rank: 2 } } as const],
      [1, 0.3, 2, -0.5, -1, 0.7, 0.2, -0.3, 0.1, -1],
    ],
  ])('have the mean and spread of exact draws, for a sum of products with %s', (_, parts, values) => {
    const { X, y } = example(12, 2, 13);
    const rng = Philox.fromSeed('levels');
    const withLevel = (A: Matrix) =>
      matrix(
        A.rows,
        3,
        Float64Array.from(Array.from({ length: A.rows }, (_, i) => [...row(A, i), rng.integer(3)]).flat()),
      );
    const kernel: Kernel = {
      terms: [[{ kind: 'matern52', columns: [0, 1] }, ...parts], [{ kind: 'linear', columns: [0] }]],
    };
    const theta = Float64Array.of(-0.5, -1, -0.5, ...values, 0.2, -4, 0);
    expect(theta).toHaveLength(kernelParameters(kernel) + 2);
    const posterior = conditionGaussian(kernel, theta, { X: withLevel(X), y });
    const at = withLevel(latinHypercube(2, 6, Philox.fromSeed(3)));
    const expected = posteriorMarginals(posterior, at);
    const draws = samplePathwise(posterior, at, 2000, Philox.fromSeed(4));
    for (let j = 0; j < 6; j++) {
      const column = Array.from({ length: 2000 }, (_, k) => draws.data[k * 6 + j]!);
      const mean = column.reduce((sum, v) => sum + v, 0) / 2000;
      const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 2000;
      expect(Math.abs(mean - expected.mean[j]!)).toBeLessThan(0.08);
      expect(Math.abs(variance - expected.variance[j]!)).toBeLessThan(
        0.15 * Math.max(expected.variance[j]!, 0.3),
      );
    }
  });

  it('are taken for many rows', () => {
    const model = gaussianProcess().fit(example(12, 2, 14), Philox.fromSeed(1));
    const draws = model.sample(latinHypercube(2, 1500, Philox.fromSeed(2)), 2, Philox.fromSeed(3));
    expect(draws).toMatchObject({ rows: 2, cols: 1500 });
    expect(draws.data.every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe('models written by the first version', () => {
  it.each(versionOne.cases.map((one, i) => [i, one] as const))('case %i predicts as it did', (_, one) => {
    const model = gaussianProcess().fromJSON(one.model);
    const { mean, variance } = model.predict(matrix(5, 3, Float64Array.from(one.inputs)));
    // The order of its sums has changed since: all but the last digits are the same.
    mean.forEach((value, i) => expect(value / one.mean[i]!).toBeCloseTo(1, 11));
    variance.forEach((value, i) => expect(value / one.variance[i]!).toBeCloseTo(1, 9));
  });
});
