import { describe, expect, it } from '@jest/globals';
import {
  latinHypercube,
  matrix,
  onCore,
  Philox,
  selectRows,
  singleKernel,
  type Kernel,
} from '@ionloop/linalg';
import { gaussianProcess, randomFeatureGaussianProcess, sparseGaussianProcess } from '../../src/index.js';
import { inducingRows } from '../../src/large-gaussian-process/inducing.js';

const d = 4;

function example(n: number, seed: string, noise = 0.1) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c, e] = X.data.subarray(i * d, i * d + d);
    return Math.sin(6 * a!) + b! * b! + 2 * c! * e! + noise * rng.normal();
  });
  return { X, y };
}

const rng = () => Philox.fromSeed(1);
const factories = [
  ['sparse', sparseGaussianProcess({ inducing: 150, learnRows: 300, starts: 1 })],
  ['random features', randomFeatureGaussianProcess({ learnRows: 300, starts: 1 })],
] as const;

describe.each(factories)('%s', (_name, factory) => {
  it('at 1000 rows says nearly what the whole process says', () => {
    const [data, fresh] = [example(1000, 'train'), example(1000, 'test')];
    const judge = (one: typeof factory) => {
      const model = one.fit(data, rng());
      const { mean, variance } = model.predict(fresh.X);
      const { noiseVariance, metrics } = model.diagnostics();
      let [squares, nlpd] = [0, 0];
      mean.forEach((value, i) => {
        const [error, s] = [value - fresh.y[i]!, variance[i]! + noiseVariance!];
        squares += error * error;
        nlpd += 0.5 * (Math.log(2 * Math.PI * s) + (error * error) / s);
      });
      return { rmse: Math.sqrt(squares / 1000), nlpd: nlpd / 1000, metrics };
    };
    const whole = judge(gaussianProcess({ starts: 1 }));
    const few = judge(factory);
    expect(few.rmse / whole.rmse).toBeLessThan(1.03);
    expect(few.nlpd - whole.nlpd).toBeLessThan(0.03);
    expect(few.metrics.nlpd - whole.metrics.nlpd).toBeLessThan(0.04);
    expect(few.metrics.coverage95).toBeGreaterThan(0.92);
    expect(few.metrics.coverage95).toBeLessThan(0.98);
  });

  it('does not claim of left-out rows what it cannot do elsewhere', () => {
    const model = factory.fit(example(400, 'train'), rng());
    const fresh = example(400, 'test');
    const { mean } = model.predict(fresh.X);
    const rmse = Math.sqrt(mean.reduce((sum, value, i) => sum + (value - fresh.y[i]!) ** 2, 0) / 400);
    expect(model.diagnostics().metrics.rmse / rmse).toBeGreaterThan(0.85);
    expect(model.diagnostics().metrics.rmse / rmse).toBeLessThan(1.15);
  });

  it('with SIMD and without, every bit is the same', () => {
    const data = example(60, 'train');
    const all = () => JSON.stringify(factory.fit(data, rng()));
    expect(onCore('portable', all)).toBe(onCore('simd', all));
  });

  it('trusts rows by their noise', () => {
    const { X, y } = example(300, 'train');
    const twice = { X: matrix(600, d, Float64Array.from([...X.data, ...X.data])) };
    const noise = Float64Array.from({ length: 600 }, (_, i) => (i < 300 ? 0.001 : 100));
    const wrong = Float64Array.from([...y, ...y.map((value) => value + 5)]);
    const { mean } = factory.fit({ ...twice, y: wrong, noise }, rng()).predict(X);
    const off = mean.reduce((sum, value, i) => sum + Math.abs(value - y[i]!), 0) / 300;
    expect(off).toBeLessThan(0.3);
  });

  it('draws many rows as one function of the mean and spread that it predicts', () => {
    const model = factory.fit(example(40, 'train'), rng());
    const at = latinHypercube(d, 1003, Philox.fromSeed('at'));
    const draws = model.sample(at, 60, rng());
    const { mean, variance } = model.predict(at);
    let [off, squares] = [0, 0];
    draws.data.forEach((value, k) => {
      const z = (value - mean[k % at.rows]!) / Math.sqrt(variance[k % at.rows]!);
      off += z;
      squares += z * z;
    });
    expect(Math.abs(off / draws.data.length)).toBeLessThan(0.1);
    expect(squares / draws.data.length).toBeGreaterThan(0.8);
    expect(squares / draws.data.length).toBeLessThan(1.2);
  });

  it('takes a kernel of sums and products', () => {
    const kernel: Kernel = {
      terms: [[{ kind: 'rbf', columns: [0, 1] }], [{ kind: 'linear', columns: [2, 3] }]],
    };
    const model = (factory === factories[0][1] ? sparseGaussianProcess : randomFeatureGaussianProcess)({
      kernel,
    });
    expect(model.fit(example(200, 'train'), rng()).diagnostics().metrics.r2).toBeGreaterThan(0.9);
  });
});

describe('a sparse process', () => {
  it('by way of all rows is the whole one', () => {
    const data = example(40, 'train');
    const at = example(10, 'test').X;
    const sparse = sparseGaussianProcess().fit(data, rng()).predict(at);
    const whole = gaussianProcess().fit(data, rng()).predict(at);
    sparse.mean.forEach((value, i) => expect(value).toBeCloseTo(whole.mean[i]!, 4));
    sparse.variance.forEach((value, i) => expect(value).toBeCloseTo(whole.variance[i]!, 4));
  });

  it('polishes hyperparameters to a higher bound', () => {
    const data = example(1500, 'train');
    const fit = (polishRows: number) =>
      sparseGaussianProcess({ inducing: 60, learnRows: 80, polishRows, starts: 1 })
        .fit(data, rng())
        .diagnostics().logMarginalLikelihood!;
    expect(fit(1500)).toBeGreaterThan(fit(0));
  });
});

describe('inducing rows', () => {
  const kernel = singleKernel('matern52', d);
  const theta = new Float64Array(7);

  it('are rows of X, none twice, well apart', () => {
    const { X } = example(300, 'train');
    const Z = inducingRows(kernel, theta, X, 30, rng());
    const rows = Array.from({ length: 300 }, (_, i) => [...X.data.subarray(i * d, i * d + d)].join());
    const chosen = Array.from({ length: 30 }, (_, i) => [...Z.data.subarray(i * d, i * d + d)].join());
    expect(new Set(chosen).size).toBe(30);
    for (const one of chosen) expect(rows).toContain(one);
    expect(inducingRows(kernel, theta, X, 30, rng())).toEqual(Z);
  });

  it('are fewer where others say nothing more', () => {
    const { X } = example(5, 'train');
    const repeated = selectRows(
      X,
      Array.from({ length: 50 }, (_, i) => i % 5),
    );
    expect(inducingRows(kernel, theta, repeated, 30, rng()).rows).toBe(5);
  });
});

it('options that make no sense are refused by name', () => {
  expect(() => sparseGaussianProcess({ inducing: 0 })).toThrow('options.inducing');
  expect(() => sparseGaussianProcess({ polishRows: -1 })).toThrow('options.polishRows');
  expect(() => sparseGaussianProcess({ learnRows: 0 })).toThrow('options.learnRows');
  expect(() => sparseGaussianProcess({ kernel: 'cubic' as 'rbf' })).toThrow('options.kernel');
  expect(() => randomFeatureGaussianProcess({ features: 1 })).toThrow('options.features');
  expect(() => randomFeatureGaussianProcess({ smallestNoise: 0 })).toThrow('options.smallestNoise');
  const { X, y } = example(4, 'train');
  const source = Int32Array.of(0, 1, 0, 0);
  expect(() => sparseGaussianProcess().fit({ X, y, source }, rng())).toThrow('data.source');
});
