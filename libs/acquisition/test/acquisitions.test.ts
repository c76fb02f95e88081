import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, selectRows } from '@ionloop/linalg';
import { gaussianProcess, randomForest, type Surrogate } from '@ionloop/surrogates';
import {
  adaptiveShares,
  argsortDescending,
  explorationGuard,
  knowledgeGradient,
  learn,
  logExpectedImprovement,
  logProbabilityOfImprovement,
  matchValue,
  maxValueEntropy,
  noisyExpectedImprovement,
  perCost,
  portfolio,
  probabilityOfImprovement,
  targetImprovement,
  targetProbability,
  thompsonSampling,
  topTwoExpectedImprovement,
  upperConfidenceBound,
  whereFeasible,
  withOutcomeConstraints,
  type Acquisition,
  type AcquisitionContext,
} from '../src/index.js';
import { believed, rescaled } from './support.js';

interface Spec {
  readonly acquisition: Acquisition;
  /** Whether a score depends on its candidate alone, and not on a draw or the other candidates. */
  readonly pointwise: boolean;
  /** Whether another stream gives other scores. */
  readonly drawn: boolean;
  readonly usesBest: boolean;
  /** Whether it goes where the response is large. */
  readonly seeks: boolean;
  /** Whether a larger mean, a larger spread beneath the best, raises the score. */
  readonly grows: readonly ('mean' | 'sd')[];
  /** What becomes of scores when all responses and what is said of them are multiplied by 8 and shifted: differences stay, or are multiplied too. */
  readonly under: 'shift' | 'multiples' | 'nothing';
  /** What a response f is worth, where the score is ln of the expectation of that, or the expectation itself. */
  readonly worth?: (f: number, best: number) => number;
}

const both = ['mean', 'sd'] as const;
const logEi = logExpectedImprovement();
const plain = {
  pointwise: true,
  drawn: false,
  usesBest: true,
  seeks: true,
  grows: both,
  under: 'shift',
} as const;
const drawn = { ...plain, pointwise: false, drawn: true, usesBest: false } as const;
const still = { ...plain, pointwise: false, usesBest: false } as const;

const gain = (f: number, best: number) => Math.max(f - best, 0);
const success = (f: number, best: number) => (f > best ? 1 : 0);

const specs: readonly Spec[] = [
  { ...plain, acquisition: logEi, worth: gain },
  { ...plain, acquisition: probabilityOfImprovement(), worth: success },
  { ...plain, acquisition: logProbabilityOfImprovement(), worth: success },
  { ...plain, acquisition: upperConfidenceBound(2), usesBest: false, under: 'multiples' },
  { ...plain, acquisition: upperConfidenceBound('rounds'), usesBest: false, under: 'multiples' },
  { ...plain, acquisition: upperConfidenceBound({ confidence: 0.9 }), usesBest: false, under: 'multiples' },
  { ...drawn, acquisition: thompsonSampling(), grows: [], under: 'multiples' },
  { ...drawn, acquisition: noisyExpectedImprovement(), grows: ['mean'] },
  { ...plain, acquisition: topTwoExpectedImprovement({ leaderShare: 1 }) },
  {
    ...still,
    acquisition: topTwoExpectedImprovement({ leaderShare: 0 }),
    usesBest: true,
    seeks: false,
    grows: ['mean'],
  },
  { ...drawn, acquisition: maxValueEntropy() },
  { ...still, acquisition: knowledgeGradient(), seeks: false, grows: ['sd'] },
  { ...still, acquisition: learn(), seeks: false, grows: ['sd'] },
  { ...still, acquisition: explorationGuard(2), under: 'multiples' },
  {
    ...plain,
    acquisition: targetProbability({ low: 0.9, high: 1.1 }),
    worth: (f) => (f >= 0.9 && f <= 1.1 ? 1 : 0),
    usesBest: false,
    grows: ['mean'],
    under: 'nothing',
  },
  {
    ...plain,
    acquisition: targetImprovement({ low: 1.2, high: 1.3 }),
    worth: (f, best) => Math.max(1.2 - best - Math.max(1.2 - f, f - 1.3, 0), 0),
    usesBest: false,
    under: 'nothing',
  },
  {
    ...plain,
    acquisition: matchValue(1.2),
    worth: (f, best) => Math.max(1.2 - best - Math.abs(f - 1.2), 0),
    usesBest: false,
    under: 'nothing',
  },
  {
    ...plain,
    acquisition: perCost(logEi, ({ rows }) => new Float64Array(rows).fill(3), 0.5),
    worth: (f, best) => gain(f, best) / Math.sqrt(3),
  },
  {
    ...plain,
    acquisition: whereFeasible(logEi, ({ rows }) => new Float64Array(rows).fill(0.3)),
    worth: (f, best) => 0.3 * gain(f, best),
  },
  {
    ...plain,
    acquisition: withOutcomeConstraints(logEi, [
      { model: believed(Float64Array.of(0), Float64Array.of(1)), low: 0, high: Infinity },
    ]),
    worth: (f, best) => 0.5 * gain(f, best),
  },
  { ...plain, acquisition: portfolio([logEi], adaptiveShares([{ uses: 3, improvements: 1 }])) },
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
const context = (seed = 1): AcquisitionContext => ({
  best,
  observed: X,
  responses: y,
  rng: Philox.fromSeed(seed),
});

describe.each(specs.map((spec, i) => [i, spec.acquisition.name, spec] as const))('%d: %s', (_, __, spec) => {
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

    it('scores the best the same to the bit where only they matter, and all others less', () => {
      if (!spec.acquisition.scoreBest) return;
      const all = spec.acquisition.score(model, candidates, context(1));
      for (const count of [1, 3, candidates.rows]) {
        const scores = spec.acquisition.scoreBest(model, candidates, context(1), count);
        const bar = all.toSorted().at(-count)!;
        all.forEach((score, i) => {
          if (score >= bar) expect(scores[i]).toBe(score);
          else expect(scores[i]).toBeLessThan(bar);
        });
      }
    });

    it('leaves the candidates as they are', () => {
      const before = candidates.data.slice();
      acquisition.score(model, candidates, context());
      expect(candidates.data).toEqual(before);
    });

    if (spec.seeks)
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
    if (spec.drawn)
      it('draws anew with another stream', () => {
        expect(acquisition.score(model, candidates, context(1))).not.toEqual(
          acquisition.score(model, candidates, context(2)),
        );
      });

    if (spec.under !== 'nothing')
      it('does not care for the units of the response', () => {
        const scores = acquisition.score(model, candidates, context());
        const scaled = acquisition.score(rescaled(model, 8, 100), candidates, {
          ...context(),
          best: 8 * best + 100,
          responses: y.map((value) => 8 * value + 100),
        });
        const unit = spec.under === 'multiples' ? 8 : 1;
        scores.forEach((score, i) => {
          if (score < -25) return;
          const [difference, expected] = [(scaled[i]! - scaled[0]!) / unit, score - scores[0]!];
          expect(Math.abs(difference - expected)).toBeLessThan(2e-5 * Math.max(1, Math.abs(expected)));
        });
      });

    it('refuses candidates that do not fit the model, by name', () => {
      expect(() => acquisition.score(model, matrix(3, 5), context())).toThrow('X must have 2 columns, not 5');
    });

    const { worth } = spec;
    if (worth !== undefined)
      it('is the expectation that sampling finds', () => {
        const rows = selectRows(candidates, [0, 1, 2, 3, 4, 5]);
        const scores = acquisition.score(model, rows, context());
        const { mean, variance } = model.predict(rows);
        const z = Philox.fromSeed('sampling').normals(8000);
        scores.forEach((score, i) => {
          const worths = z.map((value) => worth(mean[i]! + Math.sqrt(variance[i]!) * value, best));
          const average = worths.reduce((sum, value) => sum + value, 0) / z.length;
          const square = worths.reduce((sum, value) => sum + value * value, 0) / z.length;
          const expected = acquisition.scale === 'log' ? Math.exp(score) : score;
          expect(Math.abs(expected - average)).toBeLessThan(5 * Math.sqrt(square / z.length) + 1e-5);
        });
      });

    it('heeds what is pending, or leaves it to others', () => {
      const pending = selectRows(candidates, [3, 4]);
      const scores = acquisition.score(model, candidates, { ...context(), pending });
      expect([...scores].some(Number.isNaN)).toBe(false);
    });

    if (usesBest)
      it('refuses a best value that is not finite, by name', () => {
        expect(() => acquisition.score(model, candidates, { ...context(), best: NaN })).toThrow(
          'context.best must be',
        );
      });
  });

  const rising = Float64Array.from({ length: 9 }, (_unused, i) => i / 10);
  const steady = new Float64Array(9).fill(0.3);
  const numbered = matrix(9, 1, Float64Array.from(rising.keys()));
  // Observed is the first of them; the best lies above all means.
  const alone = { best: 1, observed: matrix(1, 1), responses: Float64Array.of(0.5), rng: Philox.fromSeed(3) };
  if (spec.grows.includes('mean'))
    it('rises with the mean', () => {
      const scores = acquisition.score(believed(rising, steady), numbered, alone);
      for (let i = 1; i < 9; i++)
        if (scores[i - 1]! > -Infinity && scores[i]! > -Infinity)
          expect(scores[i]).toBeGreaterThan(scores[i - 1]!);
    });
  if (spec.grows.includes('sd'))
    it('rises with the spread, beneath the best', () => {
      const spread = rising.map((value) => 0.1 + value);
      const scores = acquisition.score(believed(steady, spread), numbered, alone);
      for (let i = 1; i < 9; i++) expect(scores[i]).toBeGreaterThan(scores[i - 1]!);
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
