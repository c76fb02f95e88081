import { describe, expect, it } from '@jest/globals';
import {
  effectiveSampleSize,
  ellipticalSliceSample,
  exp,
  fromRows,
  InvalidArgumentError,
  log,
  log1p,
  nuts,
  Philox,
  rHat,
  sliceSample,
  type LogDensityWithGradient,
  type Matrix,
} from '../src/index.js';
import { adaptationWindows } from '../src/sampling/adaptation.js';

const column = (A: Matrix, j: number) =>
  Float64Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + j]!);
const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A mean within four of its standard errors, as the effective sample size gives them. */
function expectMean(values: Float64Array, expected: number, leastEffective = 100): void {
  const ess = effectiveSampleSize(values);
  expect(ess).toBeGreaterThan(leastEffective);
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  expect(Math.abs(mean - expected)).toBeLessThan((4 * deviation) / Math.sqrt(ess));
}

/** The shares below the quantiles of the true distribution. */
function expectQuantiles(values: Float64Array, quantiles: Record<string, number>): void {
  for (const [share, at] of Object.entries(quantiles))
    expectMean(
      values.map((value) => (value <= at ? 1 : 0)),
      Number(share),
    );
}

interface Target {
  readonly name: string;
  readonly density: LogDensityWithGradient;
  readonly start: readonly number[];
  readonly check: (draws: Matrix) => void;
}

/** Covariance [[1, 1.8], [1.8, 4]] around (3, −1): a correlation of 0.9. */
const correlated: Target = {
  name: 'a correlated normal',
  density: (x, gradient) => {
    const [a, b] = [x[0]! - 3, x[1]! + 1];
    const determinant = 4 - 1.8 * 1.8;
    gradient[0] = -(4 * a - 1.8 * b) / determinant;
    gradient[1] = -(b - 1.8 * a) / determinant;
    return 0.5 * (a * gradient[0] + b * gradient[1]);
  },
  start: [0, 0],
  check: (draws) => {
    const [a, b] = [column(draws, 0), column(draws, 1)];
    expectMean(a, 3);
    expectMean(b, -1);
    expectMean(
      a.map((value) => (value - 3) ** 2),
      1,
    );
    expectMean(
      b.map((value) => (value + 1) ** 2),
      4,
    );
    expectMean(
      a.map((value, i) => (value - 3) * (b[i]! + 1)),
      1.8,
    );
    expectQuantiles(a, { 0.1: 3 - 1.2815515655446004, 0.5: 3, 0.975: 3 + 1.959963984540054 });
  },
};

/** v ~ N(0, 1), x ~ N(0, e^v): a mild funnel. */
const funnel: Target = {
  name: 'a funnel',
  density: ([v, x], gradient) => {
    const scaled = x! * x! * exp(-v!);
    gradient[0] = -v! - 0.5 + 0.5 * scaled;
    gradient[1] = -x! * exp(-v!);
    return -0.5 * v! * v! - 0.5 * v! - 0.5 * scaled;
  },
  start: [0.5, 1],
  check: (draws) => {
    const v = column(draws, 0);
    expectMean(v, 0);
    expectMean(
      v.map((value) => value * value),
      1,
    );
    expectQuantiles(v, { 0.05: -1.6448536269514722, 0.5: 0, 0.9: 1.2815515655446004 });
    expectMean(
      column(draws, 1).map((x, i) => x * x * exp(-v[i]!)),
      1,
    );
  },
};

/** Beta(2, 3) on the scale of the logit, where it has no bounds. */
const logit: Target = {
  name: 'a beta distribution by its logit',
  density: ([z], gradient) => {
    const p = 1 / (1 + exp(-z!));
    gradient[0] = 2 - 5 * p;
    return z! > 0 ? -3 * z! - 5 * log1p(exp(-z!)) : 2 * z! - 5 * log1p(exp(z!));
  },
  start: [1],
  check: (draws) => {
    const p = column(draws, 0).map((z) => 1 / (1 + exp(-z)));
    expectMean(p, 0.4);
    expectMean(
      p.map((value) => (value - 0.4) ** 2),
      0.04,
    );
    expectQuantiles(p, { 0.0523: 0.1, 0.6875: 0.5 });
  },
};

const studentT: Target = {
  name: "Student's t with 5 degrees",
  density: ([x], gradient) => {
    gradient[0] = (-6 * x!) / (5 + x! * x!);
    return -3 * log1p((x! * x!) / 5);
  },
  start: [4],
  check: (draws) => {
    const x = column(draws, 0);
    expectMean(x, 0);
    expectMean(x.map(Math.abs), 0.9490167);
    expectQuantiles(x, { 0.05: -2.015048373333, 0.75: 0.7266868438, 0.99: 3.364929998907 });
  },
};

/** ln x ~ N(½, 0.6²), without a change of variables: −∞ where x ≤ 0. */
const logNormal: Target = {
  name: 'a log-normal within its bound',
  density: ([x], gradient) => {
    if (!(x! > 0)) return -Infinity;
    const z = (log(x!) - 0.5) / 0.6;
    gradient[0] = -(1 + z / 0.6) / x!;
    return -log(x!) - 0.5 * z * z;
  },
  start: [1],
  check: (draws) => {
    const x = column(draws, 0);
    expect(x.every((value) => value > 0)).toBe(true);
    expectMean(x, exp(0.5 + 0.18));
    expectMean(
      x.map((value) => log(value)),
      0.5,
    );
    expectQuantiles(x, {
      0.1: exp(0.5 - 0.6 * 1.2815515655446004),
      0.9: exp(0.5 + 0.6 * 1.2815515655446004),
    });
  },
};

const targets = [correlated, funnel, logit, studentT, logNormal];
const noGradient =
  ({ density }: Target) =>
  (x: Float64Array) =>
    density(x, new Float64Array(x.length));

describe('sliceSample', () => {
  it.each(targets)('draws from $name', (target) => {
    const options = { draws: 4000, warmup: 200, every: 2, width: 2 };
    const { draws } = sliceSample(noGradient(target), target.start, options, Philox.fromSeed('slice'));
    target.check(draws);
  });

  it.each(targets)('draws from $name along random lines', (target) => {
    const options = { draws: 4000, warmup: 200, every: 2, width: 2, along: 'lines' } as const;
    const { draws } = sliceSample(noGradient(target), target.start, options, Philox.fromSeed('lines'));
    target.check(draws);
  });

  it('is right with a width that is far off, at a price', () => {
    const run = (width: number) =>
      sliceSample(noGradient(correlated), [3, -1], { draws: 3000, width }, Philox.fromSeed('width'));
    correlated.check(run(100).draws);
    correlated.check(run(0.1).draws);
    expect(run(0.1).evaluations).toBeGreaterThan(2 * run(2).evaluations);
  });

  it('is right where the interval may hardly grow', () => {
    const options = { draws: 8000, warmup: 100, width: 1, maxSteps: 2, every: 3 };
    studentT.check(sliceSample(noGradient(studentT), [0], options, Philox.fromSeed('steps')).draws);
  });

  it('gives the same bits again, and the log-density of each draw', () => {
    const run = () =>
      sliceSample(noGradient(funnel), [0, 1], { draws: 50, width: [1, 2] }, Philox.fromSeed(3));
    const { draws, logDensities } = run();
    expect(run().draws).toEqual(draws);
    for (let i = 0; i < 50; i++)
      expect(logDensities[i]).toBe(noGradient(funnel)(draws.data.subarray(2 * i, 2 * i + 2)));
  });

  it('refuses what it cannot use, naming it', () => {
    const rng = Philox.fromSeed(1);
    const run =
      (f: (x: Float64Array) => number, start: number[], more = {}) =>
      () =>
        sliceSample(f, start, { draws: 3, ...more }, rng);
    expect(run(() => 0, [NaN])).toThrow(InvalidArgumentError);
    expect(run(() => 0, [])).toThrow('start must hold at least one number');
    expect(run(() => -Infinity, [1])).toThrow('start must be a point where logDensity is finite');
    expect(run(() => NaN, [1])).toThrow('logDensity must be finite or −∞; it is NaN at [1]');
    expect(run(() => 0, [1], { width: 0 })).toThrow('width must be positive');
    expect(run(() => 0, [1], { width: [1, 2] })).toThrow('width must hold 1 numbers, not 2');
    expect(run(() => 0, [1], { draws: -1 })).toThrow('rows must be a whole number');
    expect(run(() => 0, [1], { every: 0 })).toThrow('every must be a whole number of at least 1');
  });
});

describe('ellipticalSliceSample', () => {
  const L = fromRows([
    [1, 0],
    [1.8, Math.sqrt(4 - 1.8 * 1.8)],
  ]);

  it('draws from the prior where the likelihood is flat', () => {
    const options = { draws: 3000, mean: [3, -1] };
    correlated.check(ellipticalSliceSample(() => 0, L, [3, -1], options, Philox.fromSeed(5)).draws);
  });

  it('draws from the posterior of a normal observation', () => {
    // One observation 2 of the first coordinate with variance ½: mean 4/3 and variance 1/3 of it, and 1.8 times that of the second.
    const { draws, logDensities } = ellipticalSliceSample(
      ([a]) => -((a! - 2) ** 2),
      L,
      [0, 0],
      { draws: 5000, warmup: 50, every: 2 },
      Philox.fromSeed(6),
    );
    expectMean(column(draws, 0), 4 / 3);
    expectMean(column(draws, 1), 2.4);
    expectMean(
      column(draws, 0).map((a) => (a - 4 / 3) ** 2),
      1 / 3,
    );
    expectMean(
      column(draws, 1).map((b) => (b - 2.4) ** 2),
      4 - (1.8 * 1.8 * 2) / 3,
    );
    expect(logDensities[9]).toBe(-((draws.data[18]! - 2) ** 2));
  });

  it('stays where the likelihood is not 0', () => {
    const positive = ([a, b]: Float64Array) => (a! > 0 && b! > 0 ? 0 : -Infinity);
    const { draws } = ellipticalSliceSample(positive, L, [1, 1], { draws: 500 }, Philox.fromSeed(7));
    expect(draws.data.every((value) => value > 0)).toBe(true);
  });

  it('refuses what it cannot use, naming it', () => {
    const run =
      (factor: Matrix, start: number[], more = {}) =>
      () =>
        ellipticalSliceSample(() => 0, factor, start, { draws: 1, ...more }, Philox.fromSeed(1));
    expect(run(L, [1, 2, 3])).toThrow('L must have 3 rows, not 2');
    expect(run(fromRows([[1, 2]]), [1])).toThrow('L must be square');
    expect(run(L, [1, 2], { mean: [0] })).toThrow('mean must hold 2 numbers, not 1');
  });
});

describe('nuts', () => {
  // The log-normal has a wall where its gradient does not point away from it.
  it.each(targets)('draws from $name', (target) => {
    const options = { draws: 3000, warmup: 600, targetAcceptance: 0.9 };
    const found = nuts(target.density, target.start, options, Philox.fromSeed('nuts'));
    target.check(found.draws);
    expect(found.acceptance).toBeGreaterThan(0.8);
    expect(found.depths.every((depth) => depth >= 1 && depth <= 10)).toBe(true);
    if (target !== logNormal && target !== funnel) expect(found.divergences).toEqual([]);
  });

  it('learns scales that differ a thousandfold', () => {
    const scales = [0.01, 0.1, 1, 10];
    const density: LogDensityWithGradient = (x, gradient) => {
      let value = 0;
      scales.forEach((scale, i) => {
        gradient[i] = -x[i]! / scale ** 2;
        value += 0.5 * x[i]! * gradient[i];
      });
      return value;
    };
    const found = nuts(density, [1, 1, 1, 1], { draws: 2000 }, Philox.fromSeed('scales'));
    scales.forEach((scale, j) => {
      expect(Math.abs(Math.sqrt(found.variances[j]!) / scale - 1)).toBeLessThan(
        0.2 + 3e-4 / scale ** 2 / 500,
      );
      expectMean(column(found.draws, j), 0, 800);
      expectMean(
        column(found.draws, j).map((x) => x * x),
        scale ** 2,
      );
    });
    expect(Math.max(...found.depths)).toBeLessThanOrEqual(4);
    // The averaged step is somewhat shorter than the one of the target.
    expect(found.acceptance).toBeGreaterThan(0.75);
    expect(found.acceptance).toBeLessThan(0.95);
  });

  it('draws from a normal in 30 dimensions more than half as well as independent draws', () => {
    const density: LogDensityWithGradient = (x, gradient) => {
      x.forEach((value, i) => (gradient[i] = -value));
      return -0.5 * x.reduce((sum, value) => sum + value * value, 0);
    };
    const start = Philox.fromSeed('start').normals(30);
    const { draws } = nuts(density, start, { draws: 1000, warmup: 300 }, Philox.fromSeed('many'));
    for (const j of [0, 13, 29]) expectMean(column(draws, j), 0, 500);
    const squares = Float64Array.from({ length: 1000 }, (_, i) =>
      draws.data.subarray(30 * i, 30 * i + 30).reduce((sum, value) => sum + value * value, 0),
    );
    expectMean(squares, 30, 100);
  });

  it('reports divergences where the density is too curved for the step', () => {
    const density: LogDensityWithGradient = (x, gradient) => {
      gradient[0] = -x[0]! / 1e-6;
      return -(x[0]! * x[0]!) / 2e-6;
    };
    const found = nuts(density, [0.001], { draws: 20, warmup: 0, stepSize: 1 }, Philox.fromSeed(1));
    expect(found.divergences.length).toBe(20);
    expect(found.acceptance).toBe(0);
    expect([...column(found.draws, 0)]).toEqual(new Array(20).fill(0.001));
    const tuned = nuts(density, [0.001], { draws: 200 }, Philox.fromSeed(1));
    expect(tuned.divergences).toEqual([]);
  });

  it('counts its evaluations and keeps to the depth that it is given', () => {
    let asked = 0;
    const counting: LogDensityWithGradient = (x, gradient) => {
      asked += 1;
      return correlated.density(x, gradient);
    };
    const options = { draws: 100, warmup: 0, stepSize: 0.001, maxDepth: 3 };
    const found = nuts(counting, [3, -1], options, Philox.fromSeed(1));
    expect(found.evaluations).toBe(asked);
    expect(asked).toBe(1 + 100 * 7);
    expect([...found.depths]).toEqual(new Array(100).fill(3));
    expect(found.stepSize).toBe(0.001);
  });

  it('gives the same bits again, and the log-density of each draw', () => {
    const run = () => nuts(funnel.density, [0, 1], { draws: 60, warmup: 100 }, Philox.fromSeed(3));
    const found = run();
    expect(run()).toEqual(found);
    for (let i = 0; i < 60; i++)
      expect(found.logDensities[i]).toBe(noGradient(funnel)(found.draws.data.subarray(2 * i, 2 * i + 2)));
  });

  it('takes its windows as Stan does', () => {
    expect(adaptationWindows(1000)).toEqual({ from: 75, ends: [100, 150, 250, 450, 950] });
    expect(adaptationWindows(150)).toEqual({ from: 75, ends: [100] });
    expect(adaptationWindows(100)).toEqual({ from: 15, ends: [90] });
    expect(adaptationWindows(10)).toEqual({ from: 10, ends: [] });
  });

  it('refuses what it cannot use, naming it', () => {
    const run =
      (f: LogDensityWithGradient, start: number[], more = {}) =>
      () =>
        nuts(f, start, { draws: 3, ...more }, Philox.fromSeed(1));
    const flat: LogDensityWithGradient = () => 0;
    expect(run(flat, [Infinity])).toThrow('start must be finite');
    expect(run(() => NaN, [1])).toThrow('start must be a point where logDensity is finite, not NaN');
    expect(run((_, gradient) => (gradient.fill(NaN), 0), [1])).toThrow(
      'the gradient of logDensity is finite',
    );
    expect(run(flat, [1], { targetAcceptance: 1 })).toThrow('targetAcceptance must lie between 0 and 1');
    expect(run(flat, [1], { stepSize: -1 })).toThrow('stepSize must be positive');
    expect(run(flat, [1], { maxDepth: 0 })).toThrow('maxDepth must be a whole number of at least 1');
    expect(run(flat, [1], { maxDepth: 21 })).toThrow('maxDepth must be at most 20');
    expect(run(flat, [1], { variances: [0] })).toThrow(
      'variances must be positive and finite; element 0 is 0',
    );
    expect(run(flat, [1], { warmup: 0.5 })).toThrow('warmup must be a whole number');
  });
});

describe('effectiveSampleSize', () => {
  it('is about the count of independent draws, and far less along an autoregression', () => {
    const noise = Philox.fromSeed('noise').normals(4000);
    expect(Math.abs(effectiveSampleSize(noise) / 4000 - 1)).toBeLessThan(0.15);
    const chain = new Float64Array(20_000);
    const steps = Philox.fromSeed('steps').normals(20_000);
    for (let i = 1; i < chain.length; i++) chain[i] = 0.9 * chain[i - 1]! + steps[i]!;
    // (1 − 0.9)/(1 + 0.9) of the draws
    expect(Math.abs(effectiveSampleSize(chain) / (20_000 / 19) - 1)).toBeLessThan(0.25);
  });

  it('is more than the count where draws alternate, and the count where nothing moves', () => {
    const alternating = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(effectiveSampleSize(alternating)).toBeCloseTo(200, 8);
    expect(effectiveSampleSize(new Float64Array(10).fill(2))).toBe(10);
  });

  it('refuses chains that are too short or not finite', () => {
    expect(() => effectiveSampleSize(new Float64Array(3))).toThrow('chain must hold at least 4 values');
    expect(() => effectiveSampleSize(new Float64Array(5).fill(NaN))).toThrow('chain must be finite');
  });
});

describe('rHat', () => {
  it('is near 1 for chains of one distribution and large for chains apart', () => {
    const chains = [1, 2, 3].map((seed) => Philox.fromSeed(seed).normals(1000));
    expect(Math.abs(rHat(chains) - 1)).toBeLessThan(0.01);
    expect(rHat([chains[0]!, chains[1]!.map((value) => value + 2)])).toBeGreaterThan(1.3);
    expect(rHat([chains[0]!.map((value, i) => value + i / 200)])).toBeGreaterThan(1.3);
    expect(() => rHat([])).toThrow('chains must hold at least one chain');
    expect(() => rHat([chains[0]!, new Float64Array(4)])).toThrow('chains must all be of one length');
  });
});
