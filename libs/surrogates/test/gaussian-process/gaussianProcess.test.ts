import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latinHypercube, matrix, Philox, selectRows, type Matrix } from '@ionloop/linalg';
import { gaussianProcess, kernelNames } from '../../src/index.js';
import { negativeLogPosterior } from '../../src/gaussian-process/fit.js';
import { fromVector } from '../../src/gaussian-process/hyperparameters.js';
import { kernels } from '../../src/gaussian-process/kernel.js';
import { condition, leaveOneOut, predictMarginals } from '../../src/gaussian-process/posterior.js';
import { sampleExactly, samplePathwise } from '../../src/gaussian-process/sample.js';

const smooth = (x: ArrayLike<number>) => Math.sin(6 * x[0]!) + x[1]! * x[1]!;

function example(n: number, d: number, seed: number, noise = 0.05) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const y = Float64Array.from({ length: n }, (_, i) => smooth(X.data.subarray(i * d)) + noise * rng.normal());
  return { X, y };
}

describe('the posterior density of the hyperparameters', () => {
  it('has the gradient that finite differences give, for every kernel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kernelNames),
        fc.boolean(),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (name, learnSignal, draws) => {
          const { X, y } = example(12, 2, 1);
          const theta = Float64Array.from(draws);
          theta[3] = theta[3]! - 4;
          if (!learnSignal) theta[2] = 0;
          const objective = negativeLogPosterior({ X, y }, { kernel: kernels[name], learnSignal }, true);
          const gradient = new Float64Array(5);
          objective(theta, gradient);
          const h = 1e-5;
          for (let i = 0; i < 5; i++) {
            if (i === 2 && !learnSignal) continue;
            const moved = (step: number) =>
              objective(
                theta.map((v, j) => (i === j ? v + step : v)),
                new Float64Array(5),
              );
            const slope = (moved(h) - moved(-h)) / (2 * h);
            expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('leaving a row out', () => {
  it('agrees with conditioning on the other rows', () => {
    const data = example(10, 2, 3);
    const hyper = fromVector(Float64Array.of(-0.5, 0.2, 0.1, -4, 0.3));
    const loo = leaveOneOut(condition(kernels.matern52, data, hyper));
    for (let i = 0; i < 10; i++) {
      const rest = Array.from({ length: 10 }, (_, j) => j).filter((j) => j !== i);
      const without = condition(
        kernels.matern52,
        { X: selectRows(data.X, rest), y: Float64Array.from(rest, (j) => data.y[j]!) },
        hyper,
      );
      const prediction = predictMarginals(without, selectRows(data.X, [i]));
      expect(loo.mean[i]).toBeCloseTo(prediction.mean[0]!, 9);
      expect(loo.variance[i]).toBeCloseTo(prediction.variance[0]! + hyper.noiseVariance, 9);
    }
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
    const posterior = condition(kernels[name], { X, y }, fromVector(Float64Array.of(-1, -0.5, 0, -4, 0)));
    const at = latinHypercube(2, 6, Philox.fromSeed(3));
    const moments = (draws: Matrix) =>
      Array.from({ length: at.rows }, (_, j) => {
        const column = Array.from({ length: draws.rows }, (_, k) => draws.data[k * at.rows + j]!);
        const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
        return { mean, variance: column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length };
      });
    const expected = predictMarginals(posterior, at);
    for (const sample of [sampleExactly, samplePathwise])
      moments(sample(posterior, at, 3000, Philox.fromSeed(4))).forEach(({ mean, variance }, j) => {
        expect(Math.abs(mean - expected.mean[j]!)).toBeLessThan(0.07);
        expect(Math.abs(variance - expected.variance[j]!)).toBeLessThan(
          0.1 * Math.max(expected.variance[j]!, 0.3),
        );
      });
  });

  it('are taken for many rows', () => {
    const model = gaussianProcess().fit(example(12, 2, 14), Philox.fromSeed(1));
    const draws = model.sample(latinHypercube(2, 1500, Philox.fromSeed(2)), 2, Philox.fromSeed(3));
    expect(draws).toMatchObject({ rows: 2, cols: 1500 });
    expect(draws.data.every((value) => Number.isFinite(value))).toBe(true);
  });
});
