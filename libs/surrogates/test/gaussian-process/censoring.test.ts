import { describe, expect, it } from '@jest/globals';
import {
  conditionGaussian,
  latinHypercube,
  matrix,
  normCdf,
  normPdf,
  Philox,
  posteriorMarginals,
  selectRows,
  singleKernel,
  type Conditioned,
} from '@ionloop/linalg';
import {
  gaussianProcess,
  type GrowingSurrogate,
  type SurrogateJson,
  type TrainingData,
} from '../../src/index.js';
import {
  emptySites,
  logEvidence,
  propagate,
  siteFor,
  withSites,
} from '../../src/gaussian-process/censoring.js';

const kernel = singleKernel('matern52', 1);
const theta = Float64Array.of(0, -1, -3, 0.2);
const X = matrix(5, 1, Float64Array.of(0.1, 0.3, 0.5, 0.7, 0.9));
const y = Float64Array.of(1, 0.4, -0.6, -0.8, -0.2);
const at = matrix(4, 1, Float64Array.of(0.2, 0.5, 0.6, 0.95));

/** ∫ g(h) N(h; mean, variance) [h < bound] dh by the midpoint rule. */
function below(bound: number, mean: number, variance: number, g: (h: number) => number): number {
  const sd = Math.sqrt(variance);
  const from = mean - 12 * sd;
  const n = 20000;
  const width = (bound - from) / n;
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const h = from + (k + 0.5) * width;
    sum += g(h) * (normPdf((h - mean) / sd) / sd) * width;
  }
  return sum;
}

describe('one censored row', () => {
  const row = 2;
  const others = selectRows(X, [0, 1, 3, 4]);
  const known = { X: others, y: Float64Array.from([0, 1, 3, 4], (i) => y[i]!) };

  it.each([-0.6, -2, 1.5, -4])(
    'below %d: mean, variance and evidence are those of numerical integration',
    (bound) => {
      const data = { X, y: y.map((value, i) => (i === row ? bound : value)) };
      const sites = propagate(kernel, theta, data, emptySites([row], data.y));
      const conditioned = conditionGaussian(kernel, theta, withSites(data, sites));
      const found = posteriorMarginals(conditioned, at);

      // h, what a measurement there would be, as the other rows predict it.
      const without = conditionGaussian(kernel, theta, known);
      const cavity = posteriorMarginals(without, selectRows(X, [row]));
      const [mean, variance] = [cavity.mean[0]!, cavity.variance[0]! + Math.exp(-3)];
      const mass = below(bound, mean, variance, () => 1);
      expect(mass).toBeCloseTo(normCdf((bound - mean) / Math.sqrt(variance)), 6);
      expect(logEvidence(conditioned, sites)).toBeCloseTo(without.logMarginalLikelihood + Math.log(mass), 5);

      // Given h the process is that of five measurements: linear in h, its variance the same.
      const given = (h: number): Conditioned =>
        conditionGaussian(kernel, theta, { X, y: y.map((value, i) => (i === row ? h : value)) });
      const [atZero, atOne] = [0, 1].map((h) => posteriorMarginals(given(h), at));
      for (let j = 0; j < at.rows; j++) {
        const slope = atOne!.mean[j]! - atZero!.mean[j]!;
        const first = below(bound, mean, variance, (h) => h) / mass;
        const second = below(bound, mean, variance, (h) => h * h) / mass;
        expect(found.mean[j]).toBeCloseTo(atZero!.mean[j]! + slope * first, 4);
        expect(found.variance[j]).toBeCloseTo(
          atZero!.variance[j]! + slope * slope * (second - first * first),
          4,
        );
      }
    },
  );

  it('has the moments of the truncated normal, far into both tails', () => {
    for (const alpha of [-30, -5, -1, 0, 2, 5]) {
      const site = siteFor(alpha, 0, 1);
      const precision = 1 + 1 / site.variance;
      const mean = site.response / site.variance / precision;
      // Of N(0, 1) below α by its hazard; below −30 it lies 1/30 under the bound, with a spread of 1/30.
      const expected = alpha < -20 ? alpha - 1 / -alpha : -normPdf(alpha) / normCdf(alpha);
      expect(mean).toBeCloseTo(expected, alpha < -20 ? 3 : 6);
    }
  });
});

/** A response that an instrument does not see below −0.3. */
function limited(n: number, seed: number): { data: TrainingData; truth: Float64Array } {
  const rng = Philox.fromSeed(seed);
  const inputs = latinHypercube(2, n, rng.split('X'));
  const truth = Float64Array.from(
    { length: n },
    (_, i) => Math.sin(6 * inputs.data[2 * i]!) + inputs.data[2 * i + 1]! - 0.5,
  );
  const measured = truth.map((value) => value + 0.1 * rng.normal());
  const censored = Uint8Array.from(measured, (value) => (value < -0.3 ? 1 : 0));
  return { data: { X: inputs, y: measured.map((value) => Math.max(value, -0.3)), censored }, truth };
}

describe('a Gaussian process with censored rows', () => {
  const { data } = limited(50, 1);
  const fresh = limited(300, 2);
  const fit = (some: TrainingData) => gaussianProcess().fit(some, Philox.fromSeed(1));
  const kept = Array.from(data.y.keys()).filter((i) => !data.censored![i]);
  const dropped = { X: selectRows(data.X, kept), y: Float64Array.from(kept, (i) => data.y[i]!) };

  it('predicts better than one that drops them or takes bounds for responses', () => {
    const error = (some: TrainingData) => {
      const { mean, variance } = fit(some).predict(fresh.data.X);
      const off = mean.map((value, i) => value - fresh.truth[i]!);
      const low = Array.from(off.keys()).filter((i) => fresh.truth[i]! < -0.3);
      return {
        rmse: Math.sqrt(off.reduce((sum, value) => sum + value * value, 0) / off.length),
        worst: low.filter((i) => Math.abs(off[i]!) > 3 * Math.sqrt(variance[i]!)).length / low.length,
      };
    };
    expect(data.censored!.filter((one) => one === 1).length).toBeGreaterThan(10);
    const [censored, without, taken] = [error(data), error(dropped), error({ X: data.X, y: data.y })];
    expect(censored.rmse).toBeLessThan(0.8 * without.rmse);
    expect(censored.rmse).toBeLessThan(0.8 * taken.rmse);
    expect(censored.worst).toBeLessThan(0.1);
  });

  it('puts the response below the bound, and comes back from JSON to the bit', () => {
    const model = fit(data);
    const { mean } = model.predict(data.X);
    const censoredRows = Array.from(mean.keys()).filter((i) => data.censored![i]);
    const below = censoredRows.filter((i) => mean[i]! < -0.25).length / censoredRows.length;
    expect(below).toBeGreaterThan(0.9);
    const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(model)) as SurrogateJson);
    expect(back.predict(fresh.data.X)).toEqual(model.predict(fresh.data.X));
    expect(back.diagnostics()).toEqual(model.diagnostics());
    expect(back.toJSON()).toEqual(model.toJSON());
  });

  it('judges itself by the rows whose response it knows', () => {
    const { leftOut, metrics, n } = fit(data).diagnostics();
    expect(n).toBe(50);
    expect(leftOut.actual).toEqual([...data.y]);
    expect(leftOut.variance.every((value) => value > 0)).toBe(true);
    expect(metrics.r2).toBeGreaterThan(0.85);
  });

  it('takes more rows, also censored ones, without a new fit', () => {
    const rows = (from: number, to: number): TrainingData => {
      const some = Array.from({ length: to - from }, (_, i) => from + i);
      return {
        X: selectRows(data.X, some),
        y: data.y.slice(from, to),
        censored: data.censored!.slice(from, to),
      };
    };
    const grown = (fit(rows(0, 35)) as GrowingSurrogate).withRows(rows(35, 42)).withRows(rows(42, 50));
    const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    expect(back.predict(fresh.data.X)).toEqual(grown.predict(fresh.data.X));
    const whole = fit(data).predict(fresh.data.X).mean;
    const off = grown.predict(fresh.data.X).mean.map((value, i) => value - whole[i]!);
    expect(Math.sqrt(off.reduce((sum, value) => sum + value * value, 0) / off.length)).toBeLessThan(0.1);
  });

  it('still says something where every row is a bound', () => {
    const bounds = new Uint8Array(5).fill(1);
    const model = gaussianProcess().fit(
      { X: matrix(5, 1, X.data.slice()), y: Float64Array.of(1, 1, 2, 1, 1), censored: bounds },
      Philox.fromSeed(1),
    );
    expect([...model.predict(at).mean].every((value) => value < 1.5)).toBe(true);
    expect(Object.values(model.diagnostics().metrics).every(Number.isFinite)).toBe(true);
  });
});
