import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, withMarginalLikelihood, type Matrix } from '@ionloop/linalg';
import {
  gaussianProcess,
  type GrowingSurrogate,
  type SurrogateJson,
  type TrainingData,
} from '../../src/index.js';
import { kernelOf } from '../../src/gaussian-process/kernels.js';
import {
  hyperparametersOfSources,
  kernelOfSources,
  sourcesOf,
  standardisedSources,
  withSourcesDensity,
} from '../../src/gaussian-process/sources.js';

type Response = (x: Float64Array) => number;

const target: Response = ([a, b]) => Math.sin(6 * a!) + b! * b! + 0.5 * Math.cos(4 * a! * b!);
const biased: Response = (x) => 50 + 8 * target(x) + 1.6 * x[2]!;
const opposite: Response = (x) => 3 - 2 * target(x);
const unrelated: Response = ([, b, c]) => Math.cos(7 * b!) + Math.sin(5 * c! + 1);
const rough: Response = ([, , c]) => Math.sin(20 * c!);

const d = 3;
const X = (n: number, seed: string) => latinHypercube(d, n, Philox.fromSeed(seed));
const rowsOf = (A: Matrix, f: Response) =>
  Float64Array.from({ length: A.rows }, (_, i) => f(A.data.subarray(i * d, i * d + d)));

function measured(n: number, seed: string, f: Response = target, noise = 0.05): TrainingData {
  const at = X(n, seed);
  const rng = Philox.fromSeed(`${seed} noise`);
  return { X: at, y: rowsOf(at, f).map((value) => value + noise * rng.normal()) };
}

/** One after the other, with these numbers. */
function together(...parts: readonly (readonly [number, TrainingData])[]): TrainingData {
  const join = (of: (data: TrainingData) => Float64Array) =>
    Float64Array.from(parts.flatMap(([, data]) => [...of(data)]));
  const data = join((one) => one.X.data);
  return {
    X: matrix(data.length / d, d, data),
    y: join((one) => one.y),
    source: Int32Array.from(parts.flatMap(([label, one]) => [...one.y].map(() => label))),
  };
}

const fit = (data: TrainingData, seed = 1) => gaussianProcess().fit(data, Philox.fromSeed(seed));

function rmse(data: TrainingData): number {
  const at = X(200, 'elsewhere');
  const { mean } = fit(data).predict(at);
  const truth = rowsOf(at, target);
  return Math.sqrt(mean.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / 200);
}

const seeds = ['a', 'b', 'c', 'd'];

describe('a Gaussian process of several sources', () => {
  it.each([
    ['biased and scaled', biased, 0.5],
    ['opposite', opposite, 0.65],
  ])('predicts better from few rows where another source is %s', (_, other, most) => {
    let [alone, helped] = [0, 0];
    for (const seed of seeds) {
      const few = measured(6, seed);
      alone += rmse(few);
      helped += rmse(together([0, few], [1, measured(40, `${seed} other`, other, 0.1)]));
    }
    expect(helped / alone).toBeLessThan(most);
  });

  it.each([
    ['another function', unrelated],
    ['a rough one', rough],
    ['nothing', () => 0],
  ])('is at most a tenth worse for a source that tells of %s', (_, other) => {
    let [alone, beside] = [0, 0];
    for (const seed of seeds) {
      const few = measured(8, seed);
      alone += rmse(few);
      beside += rmse(together([0, few], [1, measured(40, `${seed} other`, other, 1)]));
    }
    expect(beside / alone).toBeLessThan(1.1);
  });

  it('of rows that are all of source 0 is the plain one, to the bit', () => {
    const data = measured(15, 'one');
    const plain = fit(data);
    const marked = fit({ ...data, source: new Int32Array(15) });
    expect(JSON.stringify(marked)).toBe(JSON.stringify(plain));
    expect(marked.predict(X(5, 'at'))).toEqual(plain.predict(X(5, 'at')));
  });

  it('says how sources are correlated and how noisy they are', () => {
    const { sources, n, leftOut, metrics } = fit(
      together(
        [0, measured(8, 'few')],
        [3, measured(40, 'many', biased, 2)],
        [7, measured(30, 'off', rough)],
      ),
    ).diagnostics();
    expect(sources!.map(({ source }) => source)).toEqual([0, 3, 7]);
    expect(sources!.map((one) => one.n)).toEqual([8, 40, 30]);
    expect(n).toBe(78);
    expect(leftOut.actual).toHaveLength(78);
    expect(sources![1]!.correlation).toBeGreaterThan(0.7);
    expect(Math.abs(sources![2]!.correlation)).toBeLessThan(0.4);
    expect(sources![0]!.noiseVariance).toBeLessThan(0.03);
    expect(sources![1]!.noiseVariance).toBeGreaterThan(1);
    expect(sources![1]!.noiseVariance).toBeLessThan(12);
    expect(metrics.r2).toBeGreaterThan(0.9);
  });

  it('predicts a source without a row of its own yet, and does not believe it too much', () => {
    const model = fit(together([2, measured(30, 'before')]));
    const { mean, variance } = model.predict(X(20, 'at'));
    const truth = rowsOf(X(20, 'at'), target);
    mean.forEach((value, i) => expect(Math.abs(value - truth[i]!)).toBeLessThan(3 * Math.sqrt(variance[i]!)));
    expect(variance[0]).toBeGreaterThan(0.01);
    expect(model.diagnostics().leftOut.actual).toHaveLength(30);
  });

  it('is read back, and has grown rows, to the bit', () => {
    const noise = new Float64Array(40).fill(0.02);
    const data = { ...together([0, measured(10, 'few')], [5, measured(30, 'many', biased)]), noise };
    const model = fit(data) as GrowingSurrogate;
    const grown = model.withRows(measured(2, 'more')).withRows({
      ...measured(1, 'cheap', biased),
      source: Int32Array.of(5),
    });
    const at = X(30, 'at');
    for (const one of [model, grown]) {
      const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(one)) as SurrogateJson);
      expect(back.predict(at)).toEqual(one.predict(at));
      expect(back.sample(at, 1, Philox.fromSeed(2))).toEqual(one.sample(at, 1, Philox.fromSeed(2)));
      expect(back.diagnostics()).toEqual(one.diagnostics());
      expect(back.toJSON()).toEqual(one.toJSON());
    }
    expect(grown.diagnostics().n).toBe(43);
    expect(() => model.withRows({ ...measured(1, 'more'), source: Int32Array.of(4) })).toThrow(
      'data.source must be one of 0, 5, not 4',
    );
  });

  it('the same data and stream give the same model; a fit may go on from an earlier one', () => {
    const data = together([0, measured(8, 'few')], [1, measured(20, 'many', biased)]);
    const first = fit(data);
    expect(JSON.stringify(fit(data))).toBe(JSON.stringify(first));
    const warm = gaussianProcess().fit(data, Philox.fromSeed(1), first).diagnostics();
    expect(warm.logMarginalLikelihood).toBeGreaterThan(first.diagnostics().logMarginalLikelihood! - 1);
  });

  it('draws functions of the mean and spread that it predicts', () => {
    const model = fit(together([0, measured(6, 'few')], [1, measured(20, 'many', biased)]));
    const at = X(4, 'at');
    const draws = model.sample(at, 4000, Philox.fromSeed(1));
    const { mean, variance } = model.predict(at);
    for (let j = 0; j < 4; j++) {
      const column = Array.from({ length: 4000 }, (_, k) => draws.data[k * 4 + j]!);
      const average = column.reduce((sum, value) => sum + value, 0) / 4000;
      const squares = column.reduce((sum, value) => sum + (value - average) ** 2, 0) / 4000;
      expect(Math.abs(average - mean[j]!)).toBeLessThan(5 * Math.sqrt(variance[j]! / 4000));
      expect(squares / variance[j]!).toBeCloseTo(1, 0);
    }
  });

  it('has the gradient that finite differences give', () => {
    const data = together(
      [0, measured(6, 'few')],
      [1, measured(9, 'many', biased)],
      [2, measured(5, 'x', rough)],
    );
    const rows = standardisedSources({ ...data, noise: new Float64Array(20).fill(0.01) }, sourcesOf(data));
    const kernel = kernelOfSources(kernelOf('matern52', d), d, 3, 2);
    const hyperparameters = hyperparametersOfSources(kernel, 3, {
      ...{ learnSignal: false, starts: 1, smallestLengthscale: 0.025, smallestNoise: 1e-5 },
    });
    const rng = Philox.fromSeed('theta');
    const values = Float64Array.from(hyperparameters, ({ start, lower, upper }) =>
      lower < upper ? start + 0.3 * rng.normal() : start,
    );
    withSourcesDensity(kernel, rows, hyperparameters, 3, (density) => {
      const gradient = new Float64Array(values.length);
      expect(density.value(values)).toBeCloseTo(density.valueAndGradient(values, gradient), 9);
      hyperparameters.forEach(({ lower, upper }, i) => {
        const at = (step: number) => density.value(values.map((v, j) => (i === j ? v + step : v)));
        const slope = lower < upper ? (at(1e-5) - at(-1e-5)) / 2e-5 : 0;
        expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
      });
    });
    withMarginalLikelihood(kernel, rows, (likelihood) =>
      expect(likelihood.parameters).toBe(values.length - 3),
    );
  });

  it('refuses what makes no sense, by name', () => {
    const data = measured(4, 'few');
    expect(() => fit({ ...data, source: Int32Array.of(0, 1, -1, 0) })).toThrow(
      'data.source must be a whole number',
    );
    expect(() => fit({ ...data, source: Int32Array.of(0, 1) })).toThrow('data.source must hold 4 numbers');
    expect(() => gaussianProcess({ sourceRank: -1 })).toThrow('options.sourceRank');
  });
});
