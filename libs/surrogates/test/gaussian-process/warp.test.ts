import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { gaussianProcess, type GrowingSurrogate, type SurrogateJson } from '../../src/index.js';
import { inputMapFrom } from '../../src/gaussian-process/inputMap.js';
import { kumaraswamy, warped } from '../../src/gaussian-process/warp.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a Gaussian process of warped inputs', gaussianProcess({ warp: true, starts: 1 }));

function example(n: number, seed: number, f: (a: number, b: number) => number, noise = 0.03) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(2, n, rng.split('X'));
  const y = Float64Array.from(
    { length: n },
    (_, i) => f(X.data[2 * i]!, X.data[2 * i + 1]!) + noise * rng.normal(),
  );
  return { X, y };
}

/** All its waves are near a = 0. */
const squeezed = (a: number, b: number) => Math.sin(10 * Math.sqrt(Math.sqrt(a))) + 0.5 * b;
const stationary = (a: number, b: number) => Math.sin(8 * a) + Math.cos(6 * b);

function leftOutDensity(f: typeof squeezed, warp: boolean): number {
  let sum = 0;
  for (let seed = 0; seed < 6; seed++)
    sum += gaussianProcess({ warp })
      .fit(example(40, seed, f), Philox.fromSeed(1))
      .diagnostics().metrics.nlpd;
  return sum / 6;
}

describe('a warp of the unit interval', () => {
  it('rises from 0 to 1, and is the identity at a = b = 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 0.98, noNaN: true }),
        (logA, logB, x) => {
          const [a, b] = [Math.exp(logA), Math.exp(logB)];
          const [low, high] = [kumaraswamy(x, a, b), kumaraswamy(x + 0.01, a, b)];
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeGreaterThanOrEqual(low);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeCloseTo(1 - (1 - x ** a) ** b, 12);
          expect(kumaraswamy(x, 1, 1)).toBeCloseTo(x, 14);
        },
      ),
    );
    expect([-1, 0, 1, 2].map((x) => kumaraswamy(x, 2, 3))).toEqual([0, 0, 1, 1]);
  });

  it('leaves columns that are not warped as they are, and comes back from JSON', () => {
    const map = warped(Float64Array.of(0.5, 0, -0.3, 0));
    const X = matrix(2, 2, Float64Array.of(0.2, 0.3, 0.9, 7));
    expect(map.apply(X).data[1]).toBe(0.3);
    expect(map.apply(X).data[3]).toBe(7);
    expect(map.apply(X).data[0]).toBe(kumaraswamy(0.2, Math.exp(0.5), Math.exp(-0.3)));
    expect(inputMapFrom('json', map.toJSON(), 2).apply(X)).toEqual(map.apply(X));
    expect(() => inputMapFrom('json', map.toJSON(), 3)).toThrow('json.logs must hold 6 numbers');
  });
});

describe('a Gaussian process of warped inputs', () => {
  it('tells left-out rows better where the response is squeezed near a corner', () => {
    expect(leftOutDensity(squeezed, true)).toBeLessThan(leftOutDensity(squeezed, false) - 0.2);
  });

  it('tells them as well where there is nothing to stretch', () => {
    expect(leftOutDensity(stationary, true)).toBeLessThan(leftOutDensity(stationary, false) + 0.05);
  });

  it('stretches the end where the response changes fast', () => {
    const model = gaussianProcess({ warp: true }).fit(example(40, 1, squeezed), Philox.fromSeed(1));
    const { logs } = model.toJSON()['inputs'] as unknown as { readonly logs: readonly number[] };
    expect(kumaraswamy(0.05, Math.exp(logs[0]!), Math.exp(logs[2]!))).toBeGreaterThan(0.15);
  });

  it('grows, goes on from an earlier fit, and comes back from JSON to the bit', () => {
    const factory = gaussianProcess({ warp: true });
    const first = factory.fit(example(25, 1, squeezed), Philox.fromSeed(1)) as GrowingSurrogate;
    const grown = first.withRows(example(5, 2, squeezed));
    const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    const at = latinHypercube(2, 20, Philox.fromSeed('at'));
    expect(back.predict(at)).toEqual(grown.predict(at));
    expect(back.diagnostics()).toEqual(grown.diagnostics());
    const warm = factory.fit(example(26, 1, squeezed), Philox.fromSeed(2), first);
    expect(warm.diagnostics().metrics.r2).toBeGreaterThan(0.7);
  });

  it('leaves categories alone, and learns of many rows by some of them', () => {
    const many = example(330, 3, squeezed);
    const categories = many.X.data.map((value, at) => (at % 2 ? Math.floor(3 * value) : value));
    const model = gaussianProcess({ warp: true, starts: 1 }).fit(
      { X: matrix(330, 2, categories), y: many.y, categorical: [1] },
      Philox.fromSeed(1),
    );
    const { logs } = model.toJSON()['inputs'] as unknown as { readonly logs: readonly number[] };
    expect([logs[1], logs[3]]).toEqual([0, 0]);
    expect(logs[0]).not.toBe(0);
  });

  it('refuses inputs outside of the unit cube, by name', () => {
    const data = { X: matrix(2, 1, Float64Array.of(0.5, 3)), y: Float64Array.of(1, 2) };
    expect(() => gaussianProcess({ warp: true }).fit(data, Philox.fromSeed(1))).toThrow(
      'data.X must lie in the unit cube to be warped; row 1 of column 0 is 3',
    );
  });
});

describe('a warp and what else there is', () => {
  it('goes with censored rows, averages, a linear mean and noise of rows, and all of it comes back to the bit', () => {
    const { X, y } = example(30, 7, squeezed);
    const data = {
      X,
      y: y.map((value) => Math.max(value, -0.4)),
      censored: Uint8Array.from(y, (value) => (value < -0.4 ? 1 : 0)),
      noise: y.map((_, i) => (i % 2 ? 0.01 : 0)),
    };
    const factory = gaussianProcess({
      warp: true,
      mean: 'linear',
      starts: 1,
      hyperparameters: { draws: 3, warmup: 3, every: 1, sampler: 'nuts' },
    });
    const model = factory.fit(data, Philox.fromSeed(1)) as GrowingSurrogate;
    const grown = model.withRows({ ...example(3, 8, squeezed), censored: Uint8Array.of(0, 1, 0) });
    const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    const at = latinHypercube(2, 20, Philox.fromSeed('at'));
    expect(back.predict(at)).toEqual(grown.predict(at));
    expect(back.sample(at, 4, Philox.fromSeed(3))).toEqual(grown.sample(at, 4, Philox.fromSeed(3)));
    expect(back.diagnostics()).toEqual(grown.diagnostics());
    expect(back.toJSON()).toEqual(grown.toJSON());
    expect(model.diagnostics().metrics.r2).toBeGreaterThan(0.5);
  });
});
