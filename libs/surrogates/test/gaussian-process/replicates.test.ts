import { describe, expect, it } from '@jest/globals';
import {
  latinHypercube,
  Philox,
  selectRows,
  singleKernel,
  withMarginalLikelihood,
  type GaussianData,
} from '@ionloop/linalg';
import { gaussianProcess } from '../../src/index.js';
import {
  noiseOfReplicates,
  replicatesOf,
  withReplicatedLikelihood,
} from '../../src/gaussian-process/replicates.js';

/** `n` rows of `distinct` inputs in no order, two kinds of noise. */
function example(n: number, distinct: number, withNoise = true): GaussianData {
  const rng = Philox.fromSeed('replicates');
  const rows = Array.from({ length: n }, (_, i) => (i < distinct ? i : rng.integer(distinct)));
  const X = selectRows(latinHypercube(3, distinct, rng.split('X')), rows);
  const y = Float64Array.from(
    rows,
    (_, i) => Math.sin(6 * X.data[3 * i]!) + X.data[3 * i + 1]! + 0.2 * rng.normal(),
  );
  const noise = Float64Array.from(rows, () => 0.01 * rng.integer(2));
  return { X, y, ...(withNoise && { noise }) };
}

const kernel = singleKernel('matern52', 3);
const theta = Float64Array.of(0.2, -0.5, 0.3, 0.8, -3, 0.1);
const close = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

describe('repeated measurements taken together', () => {
  it.each([true, false])('have the likelihood and gradient of all rows (noise of rows: %s)', (withNoise) => {
    const data = example(120, 25, withNoise);
    const replicates = replicatesOf(data)!;
    expect(replicates.counts.length).toBeLessThanOrEqual(50);
    expect(replicates.counts.reduce((sum, r) => sum + r, 0)).toBe(120);
    const [all, few] = [new Float64Array(6), new Float64Array(6)];
    for (const noise of [-7, -3, 0]) {
      const at = theta.map((value, i) => (i === 4 ? noise : value));
      const value = withMarginalLikelihood(kernel, data, (one) => one.valueAndGradient(at, all));
      withReplicatedLikelihood(kernel, replicates, (one) => {
        close(one.value(at), value, 1e-10);
        close(one.valueAndGradient(at, few), value, 1e-10);
      });
      few.forEach((slope, i) => close(slope, all[i]!, 1e-8));
    }
  });

  it('are only taken together where there are many', () => {
    expect(replicatesOf(example(20, 20))).toBeUndefined();
    expect(replicatesOf(example(20, 5, false))!.counts).toHaveLength(5);
  });

  it('say how noisy measurements are', () => {
    const { variance, freedom } = noiseOfReplicates(replicatesOf(example(600, 100))!);
    expect(freedom).toBeGreaterThan(350);
    // 0.2², less the noise that the rows own up to, half of them 0.01.
    expect(variance).toBeGreaterThan(0.025);
    expect(variance).toBeLessThan(0.045);
  });

  it('of 1000 rows with 200 distinct inputs cost a fraction of the time', () => {
    const data = example(1000, 200, false);
    const gradient = new Float64Array(6);
    const time = (run: () => void) => {
      const took = [0, 0, 0].map(() => {
        const begin = performance.now();
        run();
        return performance.now() - begin;
      });
      return Math.min(...took);
    };
    const whole = withMarginalLikelihood(kernel, data, (one) =>
      time(() => one.valueAndGradient(theta, gradient)),
    );
    const few = withReplicatedLikelihood(kernel, replicatesOf(data)!, (one) =>
      time(() => one.valueAndGradient(theta, gradient)),
    );
    expect(few).toBeLessThan(whole / 5);
  });

  it('leave nothing to be wished for in a fit', () => {
    const { X, y } = example(400, 40, false);
    const { metrics, noiseVariance, n } = gaussianProcess().fit({ X, y }, Philox.fromSeed(1)).diagnostics();
    expect(n).toBe(400);
    expect(noiseVariance).toBeGreaterThan(0.033);
    expect(noiseVariance).toBeLessThan(0.048);
    expect(metrics.rmse).toBeLessThan(0.23);
  });
});
