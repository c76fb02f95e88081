import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { erf, normCdf, Philox } from '../src/index.js';

const count = 4000;

/** sup |Fₙ − F|·√n: beyond 1.95 once in a thousand samples. */
function kolmogorov(values: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max((i + 1) / n - cdf(x), cdf(x) - i / n));
  return Math.max(...gaps) * Math.sqrt(n);
}

/** P(a, x) by its power series; good for x up to a few times a. */
function gammaCdf(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n++) sum += term *= x / (a + n);
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}
const logGamma = (a: number): number =>
  a < 10 ? logGamma(a + 1) - Math.log(a) : (a - 0.5) * Math.log(a) - a + 0.9189385332046728 + 1 / (12 * a);

const { exp, sqrt, atan, asin, PI } = Math;
const cases: [string, (rng: Philox) => number, (x: number) => number][] = [
  ['uniform', (rng) => rng.uniform(), (x) => x],
  ['normal', (rng) => rng.normal(), normCdf],
  ['exponential', (rng) => rng.exponential(), (x) => 1 - exp(-x)],
  ['gamma(0.1)', (rng) => rng.gamma(0.1), (x) => gammaCdf(0.1, x)],
  ['gamma(½) as a squared normal', (rng) => rng.gamma(0.5), (x) => erf(sqrt(x))],
  ['gamma(1) as an exponential', (rng) => rng.gamma(1), (x) => 1 - exp(-x)],
  ['gamma(2.5) of scale 3', (rng) => rng.gamma(2.5, 3), (x) => gammaCdf(2.5, x / 3)],
  ['gamma(40)', (rng) => rng.gamma(40), (x) => gammaCdf(40, x)],
  ['beta(½, ½) as the arcsine law', (rng) => rng.beta(0.5, 0.5), (x) => (2 / PI) * asin(sqrt(x))],
  ['beta(2, 3)', (rng) => rng.beta(2, 3), (x) => x * x * (6 - 8 * x + 3 * x * x)],
  ['beta(1, 1) as a uniform', (rng) => rng.beta(1, 1), (x) => x],
  ['studentT(1) as Cauchy', (rng) => rng.studentT(1), (x) => 0.5 + atan(x) / PI],
  ['studentT(2)', (rng) => rng.studentT(2), (x) => 0.5 + x / (2 * sqrt(2 + x * x))],
  [
    'studentT(3)',
    (rng) => rng.studentT(3),
    (x) => 0.5 + (atan(x / sqrt(3)) + x / (sqrt(3) * (1 + (x * x) / 3))) / PI,
  ],
];

describe('draws follow their distribution', () => {
  it.each(cases)('%s', (name, draw, cdf) => {
    const rng = Philox.fromSeed(`distribution of ${name}`);
    const values = Array.from({ length: count }, () => draw(rng));
    expect(kolmogorov(values, cdf)).toBeLessThan(1.95);
  });

  it('would not pass for another one', () => {
    const rng = Philox.fromSeed('another');
    const values = Array.from({ length: count }, () => rng.gamma(2.5, 3));
    expect(kolmogorov(values, (x) => gammaCdf(2.7, x / 3))).toBeGreaterThan(3);
  });

  it.each([0.02, 0.5, 1, 3, 1000, 1e9])('gamma(%d) has the mean and the variance of its shape', (shape) => {
    const rng = Philox.fromSeed(11);
    const values = Array.from({ length: 20_000 }, () => rng.gamma(shape));
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / values.length));
    // Var(s²) = (μ₄ − σ⁴)/n, μ₄ = 3a² + 6a.
    const spread = Math.sqrt((2 * shape * shape + 6 * shape) / values.length);
    expect(Math.abs(variance - shape)).toBeLessThan(4 * spread);
  });

  it('beta stays within 0 and 1 with its mean where its gammas underflow', () => {
    const rng = Philox.fromSeed(12);
    const values = Array.from({ length: 4000 }, () => rng.beta(1e-4, 3e-4));
    expect(values.every((x) => x >= 0 && x <= 1)).toBe(true);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(Math.abs(mean - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 4000));
  });

  it('refuses parameters that are not positive, naming them', () => {
    const rng = Philox.fromSeed(1);
    expect(() => rng.gamma(0)).toThrow('shape must be positive and finite, not 0');
    expect(() => rng.gamma(1, NaN)).toThrow('scale must be positive and finite, not NaN');
    expect(() => rng.beta(1, -1)).toThrow('b must be positive');
    expect(() => rng.studentT(Infinity)).toThrow('degrees must be positive');
    expect(() => rng.normals(-1)).toThrow('n must be a whole number');
  });
});

describe('several draws at once', () => {
  it('normals are the draws that single calls give', () => {
    const one = Philox.fromSeed('bulk');
    const bulk = Philox.fromSeed('bulk').normals(50);
    expect([...bulk]).toEqual(Array.from({ length: 50 }, () => one.normal()));
  });

  it('split streams do not depend on how much has been drawn, of whatever kind', () => {
    const fresh = Philox.fromSeed(9).split('x').normals(8);
    const used = Philox.fromSeed(9);
    used.gamma(0.3);
    used.shuffle([1, 2, 3]);
    used.chooseWeighted([1, 2, 3], 2);
    const child = used.split('x');
    used.normals(7);
    expect(child.normals(8)).toEqual(fresh);
  });

  it('shuffle keeps the elements, permutation is its order', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), (values, seed) => {
        const order = Philox.fromSeed(seed).permutation(values.length);
        const shuffled = Philox.fromSeed(seed).shuffle([...values]);
        expect(shuffled).toEqual(order.map((i) => values[i]));
        expect(order).toEqual(Philox.fromSeed(seed).choose(values.length, values.length));
      }),
    );
    const typed = Float64Array.of(1, 2, 3, 4);
    expect(Philox.fromSeed(1).shuffle(typed)).toBe(typed);
    expect([...typed].sort()).toEqual([1, 2, 3, 4]);
  });

  it('chooseWeighted takes different numbers of positive weight', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e300, noNaN: true })), fc.nat(), (weights, seed) => {
        const positive = weights.flatMap((weight, i) => (weight > 0 ? [i] : []));
        const chosen = Philox.fromSeed(seed).chooseWeighted(weights, positive.length);
        expect([...chosen].sort((a, b) => a - b)).toEqual(positive);
        if (positive.length > 0)
          expect(Philox.fromSeed(seed).chooseWeighted(weights, 1)).toEqual(chosen.slice(0, 1));
      }),
    );
  });

  it('chooseWeighted draws in proportion to the weights that are left', () => {
    const weights = [1, 2, 0, 5];
    const rng = Philox.fromSeed('weighted');
    const n = 20_000;
    const seen = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const key = rng.chooseWeighted(weights, 2).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    for (const i of [0, 1, 3])
      for (const j of [0, 1, 3].filter((other) => other !== i)) {
        const p = (weights[i]! / 8) * (weights[j]! / (8 - weights[i]!));
        expect(Math.abs((seen.get(`${i},${j}`) ?? 0) / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
      }
  });

  it('chooseWeighted refuses what it cannot draw from', () => {
    const rng = Philox.fromSeed(1);
    expect(() => rng.chooseWeighted([1, 0], 2)).toThrow(
      'k must be at most 1, the count of positive weights, not 2',
    );
    expect(() => rng.chooseWeighted([1, -1], 1)).toThrow(
      'weights must be finite and not negative; element 1',
    );
    expect(() => rng.chooseWeighted([NaN], 1)).toThrow('weights must be finite');
    expect(rng.chooseWeighted([], 0)).toEqual([]);
  });
});
