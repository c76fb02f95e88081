import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, selectRows } from '@ionloop/linalg';
import { gaussianProcess, randomForest, type Surrogate } from '@ionloop/surrogates';
import {
  argsortDescending,
  logExpectedImprovement,
  probabilityOfImprovement,
  thompsonSampling,
  upperConfidenceBound,
  type Acquisition,
} from '../src/index.js';

interface Spec {
  readonly acquisition: Acquisition;
  /** Whether a score depends on its candidate alone, and not on a draw. */
  readonly pointwise: boolean;
  readonly usesBest: boolean;
}

const specs: readonly Spec[] = [
  { acquisition: logExpectedImprovement(), pointwise: true, usesBest: true },
  { acquisition: probabilityOfImprovement(), pointwise: true, usesBest: true },
  { acquisition: upperConfidenceBound(2), pointwise: true, usesBest: false },
  { acquisition: thompsonSampling(), pointwise: false, usesBest: false },
];

const X = latinHypercube(2, 12, Philox.fromSeed('observed'));
const y = Float64Array.from(
  { length: 12 },
  (_, i) => 1 - (X.data[2 * i]! - 0.7) ** 2 - (X.data[2 * i + 1]! - 0.2) ** 2,
);
const best = Math.max(...y);
const candidates = latinHypercube(2, 50, Philox.fromSeed('candidates'));
const models: [string, Surrogate][] = [
  ['a Gaussian process', gaussianProcess().fit({ X, y }, Philox.fromSeed(1))],
  ['a random forest', randomForest({ trees: 40 }).fit({ X, y }, Philox.fromSeed(1))],
];
const context = (seed = 1) => ({ best, observed: X, rng: Philox.fromSeed(seed) });

describe.each(specs.map((spec) => [spec.acquisition.name, spec] as const))('%s', (_, spec) => {
  const { acquisition, pointwise, usesBest } = spec;

  describe.each(models)('on %s', (_model, model) => {
    it('scores every candidate with a number', () => {
      const scores = acquisition.score(model, candidates, context());
      expect(scores).toHaveLength(50);
      expect([...scores].some((score) => Number.isNaN(score) || score === Infinity)).toBe(false);
      expect(acquisition.score(model, matrix(0, 2), context())).toHaveLength(0);
    });

    it('scores the same to the bit with the same stream', () => {
      expect(acquisition.score(model, candidates, context())).toEqual(
        acquisition.score(model, candidates, context()),
      );
    });

    it('leaves the candidates as they are', () => {
      const before = candidates.data.slice();
      acquisition.score(model, candidates, context());
      expect(candidates.data).toEqual(before);
    });

    it('prefers the surroundings of the optimum to the far corner', () => {
      const near = matrix(1, 2, Float64Array.of(0.7, 0.2));
      const far = matrix(1, 2, Float64Array.of(0, 1));
      let wins = 0;
      for (let seed = 0; seed < 20; seed++) {
        const both = matrix(2, 2, Float64Array.of(...near.data, ...far.data));
        const [a, b] = acquisition.score(model, both, context(seed));
        if (a! > b!) wins += 1;
      }
      expect(wins).toBeGreaterThan(15);
    });

    if (pointwise)
      it('scores a candidate alone as among the others', () => {
        const all = acquisition.score(model, candidates, context());
        for (const i of [0, 17, 49])
          expect(acquisition.score(model, selectRows(candidates, [i]), context())[0]).toBe(all[i]);
      });
    else
      it('draws anew with another stream', () => {
        expect(acquisition.score(model, candidates, context(1))).not.toEqual(
          acquisition.score(model, candidates, context(2)),
        );
      });

    it('refuses candidates that do not fit the model, by name', () => {
      expect(() => acquisition.score(model, matrix(3, 5), context())).toThrow('X must have 2 columns, not 5');
    });

    if (usesBest)
      it('refuses a best value that is not finite, by name', () => {
        expect(() => acquisition.score(model, candidates, { ...context(), best: NaN })).toThrow(
          'context.best must be',
        );
      });
  });
});

describe('upperConfidenceBound', () => {
  it('is the mean where beta is 0, and grows with the spread', () => {
    const [, model] = models[0]!;
    expect(upperConfidenceBound(0).score(model, candidates, context())).toEqual(
      model.predict(candidates).mean,
    );
    const low = upperConfidenceBound(1).score(model, candidates, context());
    upperConfidenceBound(2)
      .score(model, candidates, context())
      .forEach((score, i) => expect(score).toBeGreaterThanOrEqual(low[i]!));
  });

  it('refuses a negative beta', () => {
    expect(() => upperConfidenceBound(-1)).toThrow('beta must be a number of at least 0');
  });
});

describe('argsortDescending', () => {
  it('orders from the highest down, −∞ last', () => {
    const scores = Float64Array.of(1, -Infinity, 3, 2, Infinity);
    expect(argsortDescending(scores, Philox.fromSeed(1))).toEqual([4, 2, 3, 0, 1]);
  });

  it('breaks ties by the stream: the same for the same, and each order in time', () => {
    const ties = Float64Array.of(1, 1, 1);
    expect(argsortDescending(ties, Philox.fromSeed(5))).toEqual(argsortDescending(ties, Philox.fromSeed(5)));
    const seen = new Set(
      Array.from({ length: 100 }, (_, seed) => argsortDescending(ties, Philox.fromSeed(seed)).join('')),
    );
    expect(seen.size).toBe(6);
  });

  it('refuses NaN, saying where', () => {
    expect(() => argsortDescending(Float64Array.of(0, NaN), Philox.fromSeed(1))).toThrow('element 1 does');
  });
});
