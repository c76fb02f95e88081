import { describe, expect, it } from '@jest/globals';
import { fromRows, latinHypercube, matrix, Philox, selectRows } from '@ionloop/linalg';
import { gaussianProcess, randomForest, type Surrogate } from '@ionloop/surrogates';
import {
  diversityOf,
  explorationGuard,
  krigingBelieverBatch,
  learn,
  localPenalisationBatch,
  logEi,
  logEiBatch,
  logExpectedImprovement,
  sequentialBatch,
  steepestSlope,
  thompsonBatch,
  type AcquisitionContext,
  type Batch,
} from '../src/index.js';
import { jointlyBelieved, someCovariance } from './support.js';
import type { Matrix } from '@ionloop/linalg';

type Choose = (model: Surrogate, candidates: Matrix, q: number, context: AcquisitionContext) => Batch;

const logEiScore = logExpectedImprovement();
const methods: [string, { choose: Choose; growing: boolean; spreads: boolean }][] = [
  ['q-log-EI', { choose: logEiBatch, growing: false, spreads: true }],
  [
    'noisy q-log-EI',
    { choose: (...rest) => logEiBatch(...rest, { noisy: true }), growing: false, spreads: true },
  ],
  [
    'kriging believer',
    {
      choose: (model, candidates, q, context) =>
        krigingBelieverBatch(model, candidates, q, logEiScore, context),
      growing: true,
      spreads: true,
    },
  ],
  [
    'local penalisation',
    {
      choose: (model, candidates, q, context) =>
        localPenalisationBatch(model, candidates, q, logEiScore, context),
      growing: false,
      spreads: true,
    },
  ],
  ['Thompson', { choose: thompsonBatch, growing: false, spreads: false }],
  [
    'exploration guard',
    {
      choose: (model, candidates, q, context) =>
        sequentialBatch(model, candidates, q, explorationGuard(2), context),
      growing: false,
      spreads: true,
    },
  ],
  [
    'learn',
    {
      choose: (model, candidates, q, context) =>
        sequentialBatch(model, candidates, q, learn({ pool: X }), context),
      growing: true,
      spreads: true,
    },
  ],
];

const X = latinHypercube(2, 12, Philox.fromSeed('observed'));
const y = Float64Array.from(
  { length: 12 },
  (_, i) => 1 - (X.data[2 * i]! - 0.7) ** 2 - (X.data[2 * i + 1]! - 0.2) ** 2,
);
const candidates = latinHypercube(2, 80, Philox.fromSeed('candidates'));
const process = gaussianProcess().fit({ X, y }, Philox.fromSeed(1));
const forest = randomForest({ trees: 40 }).fit({ X, y }, Philox.fromSeed(1));
const context = (seed = 1): AcquisitionContext => ({
  best: Math.max(...y),
  observed: X,
  responses: y,
  rng: Philox.fromSeed(seed),
});

describe.each(methods)('%s', (_, { choose, growing, spreads }) => {
  const models: Surrogate[] = growing ? [process] : [process, forest];

  it('chooses q different candidates, the same ones for the same stream', () => {
    for (const model of models) {
      const batch = choose(model, candidates, 8, context());
      expect(new Set(batch.indices).size).toBe(8);
      expect(batch.scores).toHaveLength(8);
      expect(batch.scores.some(Number.isNaN)).toBe(false);
      expect(choose(model, candidates, 8, context())).toEqual(batch);
      expect(batch.diversity).toEqual(diversityOf(candidates, batch.indices));
    }
  });

  it('leaves out what is pending, and stops when nothing is left', () => {
    const few = selectRows(candidates, [0, 1, 2, 3, 4]);
    const batch = choose(process, few, 8, { ...context(), pending: selectRows(candidates, [1, 3]) });
    expect([...batch.indices].sort()).toEqual([0, 2, 4]);
    expect(choose(process, matrix(0, 2), 3, context()).indices).toEqual([]);
  });

  it('begins with the best of all where nothing is pending, and keeps it in larger batches', () => {
    const three = choose(process, candidates, 3, context());
    if (spreads) expect(choose(process, candidates, 6, context()).indices.slice(0, 3)).toEqual(three.indices);
  });

  if (spreads)
    it('does not crowd', () => {
      const near = latinHypercube(2, 60, Philox.fromSeed('near')).data.map((value, i) =>
        i % 2 === 0 ? 0.68 + 0.04 * value : 0.18 + 0.04 * value,
      );
      const crowded = matrix(140, 2, Float64Array.from([...candidates.data, ...near]));
      const batch = choose(process, crowded, 8, context());
      expect(batch.indices.filter((i) => i >= 80).length).toBeLessThan(8);
      expect(batch.diversity.leastDistance).toBeGreaterThan(0);
    });

  it('refuses a batch that is too small or too large, by name', () => {
    expect(() => choose(process, candidates, 0, context())).toThrow('q must be a whole number of at least 1');
    expect(() => choose(process, candidates, 97, context())).toThrow('q must be at most 96, not 97');
  });
});

describe('q-log-EI', () => {
  it('begins where ln EI is largest, with its value', () => {
    const { indices, scores } = logEiBatch(process, candidates, 1, context(), { draws: 4096 });
    const exact = logEiScore.score(process, candidates, context());
    const best = exact.indexOf(Math.max(...exact));
    expect(exact[indices[0]!]).toBeGreaterThan(exact[best]! - 0.15);
    expect(scores[0]).toBeCloseTo(exact[indices[0]!]!, 0);
  });

  it('adds up to the expected maximum of the batch, by sampling', () => {
    const { indices, scores } = logEiBatch(process, candidates, 4, context(), { draws: 4096 });
    const draws = process.sample(selectRows(candidates, indices), 20_000, Philox.fromSeed(9));
    let sum = 0;
    for (let s = 0; s < draws.rows; s++)
      sum += Math.max(...draws.data.subarray(4 * s, 4 * s + 4), context().best) - context().best;
    const total = scores.reduce((gain, score) => gain + Math.exp(score), 0);
    expect(Math.abs(total / (sum / draws.rows) - 1)).toBeLessThan(0.1);
  });

  it('expects less beside what is pending', () => {
    const first = logEiBatch(process, candidates, 2, context());
    const pending = selectRows(candidates, first.indices.slice(0, 1));
    const beside = logEiBatch(process, candidates, 1, { ...context(), pending });
    expect(beside.scores[0]).toBeLessThan(first.scores[0]!);
  });

  it('refuses what it lacks, by name', () => {
    expect(() => logEiBatch(process, candidates, 2, { ...context(), best: NaN })).toThrow(
      'context.best must be',
    );
    expect(() =>
      logEiBatch(process, candidates, 2, { best: 0, rng: Philox.fromSeed(1) }, { noisy: true }),
    ).toThrow('context.observed must hold');
  });
});

describe('kriging believer', () => {
  it('chooses the second member by the model that believes the first', () => {
    const m = 7;
    const mean = Philox.fromSeed(1).normals(m);
    const C = someCovariance(m, Philox.fromSeed(2));
    const model = jointlyBelieved(mean, C, 0.1);
    const rows = matrix(
      m,
      1,
      Float64Array.from({ length: m }, (_, i) => i),
    );
    const { indices } = krigingBelieverBatch(model, rows, 2, logEiScore, {
      best: 0.5,
      rng: Philox.fromSeed(1),
    });
    const first = indices[0]!;
    const scores = Array.from({ length: m }, (_, j) => {
      const own = C.data[first * m + first]! + 0.1;
      const variance = C.data[j * m + j]! - C.data[first * m + j]! ** 2 / own;
      return j === first ? -Infinity : logEi(mean[j]!, Math.sqrt(variance), Math.max(0.5, mean[first]!));
    });
    expect(indices[1]).toBe(scores.indexOf(Math.max(...scores)));
  });

  it('refuses a model that cannot grow', () => {
    expect(() => krigingBelieverBatch(forest, candidates, 2, logEiScore, context())).toThrow(
      'model must take more rows without a new fit; random-forest does not',
    );
  });
});

describe('local penalisation', () => {
  it('takes the steepest slope of the mean for its constant', () => {
    const rows = fromRows([[0], [1], [3]]);
    expect(steepestSlope(rows, Float64Array.of(0, 1, 5), Philox.fromSeed(1))).toBe(2);
    expect(() =>
      localPenalisationBatch(process, candidates, 2, logEiScore, context(), { steepest: 0 }),
    ).toThrow('options.steepest must be above 0');
  });

  it('keeps farther away where the response changes slowly', () => {
    const apart = (steepest: number) =>
      localPenalisationBatch(process, candidates, 6, logEiScore, context(), { steepest }).diversity
        .meanDistance;
    expect(apart(0.2)).toBeGreaterThan(apart(50));
  });
});

describe('diversity', () => {
  it('is told in distances, and beside that of the candidates', () => {
    const rows = fromRows([[0], [1], [2], [3]]);
    const { leastDistance, meanDistance, relative } = diversityOf(rows, [0, 3]);
    expect([leastDistance, meanDistance]).toEqual([3, 3]);
    expect(relative).toBeCloseTo(1.8, 14);
    expect(diversityOf(rows, [2])).toEqual({ leastDistance: 0, meanDistance: 0, relative: 0 });
  });
});
