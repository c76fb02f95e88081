import { describe, expect, it } from '@jest/globals';
import { fromRows, matrix, type Matrix, Philox } from '@ionloop/linalg';
import { gaussianProcess } from '@ionloop/surrogates';
import {
  type Acquisition,
  type AcquisitionContext,
  krigingBelieverBatch,
  localPenalisationBatch,
  logEi as logEiOf,
  logEiBatch,
  logExpectedImprovement,
  steepestSlope,
} from '../src/index.js';
import { believed, jointlyBelieved, someCovariance } from './support.js';

const m = 6;
const rows = matrix(
  m,
  1,
  Float64Array.from({ length: m }, (_, i) => i),
);
const mean = Philox.fromSeed(4).normals(m);
const model = jointlyBelieved(mean, someCovariance(m, Philox.fromSeed(5)), 0.1);
const logEi = logExpectedImprovement();

/** Scores by the mean, and keeps what it was asked with. */
function listening() {
  const heard: (AcquisitionContext & { readonly drawn: number; readonly model: unknown })[] = [];
  const acquisition: Acquisition = {
    name: 'listening',
    score: (asked, candidates, context) => {
      heard.push({ ...context, model: asked, drawn: context.rng.uniform() });
      return asked.predict(candidates).mean;
    },
  };
  return { acquisition, heard };
}

describe('members of the kriging believer', () => {
  it('are chosen with what is pending and the members before among what was measured, at the means', () => {
    const { acquisition, heard } = listening();
    const observed = fromRows([[0]]);
    const { indices } = krigingBelieverBatch(model, rows, 3, acquisition, {
      ...{ best: -9, observed, responses: Float64Array.of(-9), rng: Philox.fromSeed(1) },
      pending: fromRows([[2]]),
    });
    const before = [0, 2, ...indices.slice(0, 2)];
    heard.forEach((context, i) => {
      const seen = before.slice(0, 2 + i);
      expect(Array.from(context.observed!.data)).toEqual(seen);
      Array.from(context.responses!).forEach((value, k) =>
        expect(value).toBeCloseTo(k === 0 ? -9 : mean[seen[k]!]!, 12),
      );
      expect(context.best).toBeCloseTo(Math.max(...seen.slice(1).map((at) => mean[at]!)), 12);
      expect(context.pending).toBeUndefined();
    });
    expect(heard).toHaveLength(3);
    // Each member has a stream of its own.
    expect(new Set(heard.map(({ drawn }) => drawn)).size).toBe(3);
  });

  it('begin with the model as it is where nothing is pending, and say nothing of responses that nobody told', () => {
    for (const pending of [undefined, matrix(0, 1)]) {
      const { acquisition, heard } = listening();
      krigingBelieverBatch(model, rows, 2, acquisition, {
        ...{ best: 0, rng: Philox.fromSeed(1) },
        ...(pending && { pending }),
      });
      expect(heard[0]!.model).toBe(model);
      expect(heard[0]!.observed).toBeUndefined();
      expect(heard[1]!.observed!.rows).toBe(1);
      expect(heard.some((context) => 'responses' in context)).toBe(false);
    }
  });
});

describe('members of a batch by log EI', () => {
  const X = matrix(
    8,
    1,
    Float64Array.from({ length: 8 }, (_, i) => i / 7),
  );
  const y = Float64Array.from(X.data, (x) => Math.sin(4 * x));
  const process = gaussianProcess().fit({ X, y }, Philox.fromSeed(1));
  const candidates = matrix(
    40,
    1,
    Float64Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40),
  );
  const best = Math.max(...y);

  it('begin with ln EI itself, and need no rows that were observed', () => {
    const context = { best, rng: Philox.fromSeed(1) };
    const { indices, scores } = logEiBatch(process, candidates, 2, context);
    const exact = logEi.score(process, candidates, context);
    expect(scores[0]).toBe(exact[indices[0]!]);
    expect(exact[indices[0]!]).toBe(Math.max(...exact));
  });

  it('are measured against the best of what was observed, draw by draw, where that is uncertain', () => {
    const beliefs = believed(Float64Array.of(1, 0.6, -3), Float64Array.of(0, 1, 0.5));
    const scoreBeside = (...observed: number[]): number =>
      logEiBatch(
        beliefs,
        fromRows([[1]]),
        1,
        { best: NaN, observed: fromRows(observed.map((row) => [row])), rng: Philox.fromSeed(1) },
        { noisy: true, draws: 8192 },
      ).scores[0]!;
    // Of the first the value is certain; beside it the third, which is far below, changes nothing.
    expect(Math.abs(scoreBeside(0) - logEiOf(0.6, 1, 1))).toBeLessThan(0.05);
    expect(scoreBeside(0, 2)).toBeCloseTo(scoreBeside(0), 2);
    // The difference of two independent beliefs is one of both variances.
    expect(Math.abs(scoreBeside(2) - logEiOf(3.6, Math.sqrt(1.25), 0))).toBeLessThan(0.05);
  });
});

describe('members of local penalisation', () => {
  /** Every candidate is as good as the others. */
  const even: Acquisition & { readonly scale: 'log' } = {
    name: 'even',
    scale: 'log',
    score: (_, X: Matrix) => new Float64Array(X.rows),
  };

  it('keep out of the balls of those whose value is certain, and feel nothing outside', () => {
    // The best is 0; each falls short of it by 2, and the response changes by 1 a step: no maximum is nearer than 2.
    const certain = believed(new Float64Array(m).fill(-2), new Float64Array(m));
    const { indices, scores } = localPenalisationBatch(
      certain,
      rows,
      4,
      even,
      { best: 0, rng: Philox.fromSeed(1) },
      { steepest: 1 },
    );
    expect(indices.slice(0, 3)).toEqual([0, 2, 4]);
    expect(scores.slice(0, 3)).toEqual([0, 0, 0]);
    expect(scores[3]).toBe(-Infinity);
  });

  it('take the steepest slope between different rows, of many rows between 512 of them', () => {
    expect(steepestSlope(fromRows([[0], [0], [1]]), Float64Array.of(0, 5, 1), Philox.fromSeed(1))).toBe(4);
    expect(steepestSlope(fromRows([[0], [1]]), Float64Array.of(3, 3), Philox.fromSeed(1))).toBe(1e-7);
    const n = 1500;
    const line = matrix(
      n,
      1,
      Float64Array.from({ length: n }, (_, i) => i),
    );
    // One row in two is a step up from the next: between 512 of 1500 rows hardly any are neighbours.
    const steps = Float64Array.from({ length: n }, (_, i) => (i === 700 ? 1000 : 0));
    const found = new Set(
      Array.from({ length: 12 }, (_, seed) => steepestSlope(line, steps, Philox.fromSeed(seed))),
    );
    expect(found.size).toBeGreaterThan(1);
    expect(Math.max(...found)).toBeLessThanOrEqual(1000);
  });
});
