import { describe, expect, it } from '@jest/globals';
import { matrix, type Matrix, Philox, type Philox as Stream } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import {
  crossCovariance,
  explorationGuard,
  knowledgeGradient,
  logGainOfLines,
  spreadGiven,
} from '../src/index.js';
import { believed, jointlyBelieved, someCovariance } from './support.js';

const m = 7;
const C = someCovariance(m, Philox.fromSeed('covariance'));
const mean = Philox.fromSeed('mean').normals(m);
const noise = 0.1;
const rows = (...which: number[]): Matrix => matrix(which.length, 1, Float64Array.from(which));
const all = rows(0, 1, 2, 3, 4, 5, 6);
const stream = (): Stream => Philox.fromSeed('draws');
const known = (A: Matrix, B: Matrix): number[] =>
  Array.from(A.data).flatMap((i) => Array.from(B.data, (j) => C.data[i * m + j]!));
const close = (found: Matrix, wanted: readonly number[], digits = 9): void => {
  expect(found.data).toHaveLength(wanted.length);
  wanted.forEach((value, at) => expect(found.data[at]).toBeCloseTo(value, digits));
};

/** Counts how often it is grown. */
function growing() {
  const model = jointlyBelieved(mean, C, noise);
  const grown = { times: 0 };
  const counted = {
    ...model,
    withRows: (data: Parameters<typeof model.withRows>[0]) => {
      grown.times += 1;
      return model.withRows(data);
    },
  };
  return { model: counted, grown };
}

/** Says its covariances and nothing that they could be guessed from. */
const knowing = {
  ...believed(
    mean,
    Float64Array.from({ length: m }, (_, i) => Math.sqrt(C.data[i * m + i]!)),
  ),
  sample: () => {
    throw new Error('not asked for');
  },
  covariance: (A: Matrix, B: Matrix) => matrix(A.rows, B.rows, Float64Array.from(known(A, B))),
};

describe('covariances between rows', () => {
  it('are what the model says where it knows them', () => {
    const { covariance, draws, variances } = crossCovariance(knowing, rows(2, 5), all, stream());
    close(covariance, known(rows(2, 5), all));
    expect(draws).toBe(0);
    expect(variances.map(({ length }) => length)).toEqual([2, 7]);
  });

  it.each([
    [rows(2, 5), all],
    [all, rows(2, 5)],
  ])('are read off how a growing model’s means move, at the side with fewer rows', (A, B) => {
    const { model, grown } = growing();
    const { covariance, draws } = crossCovariance(model, A, B, stream());
    close(covariance, known(A, B));
    expect([covariance.rows, covariance.cols, draws]).toEqual([A.rows, B.rows, 0]);
    // Up and down, for each of two rows.
    expect(grown.times).toBe(4);
  });

  it('are 0 where a row is certain, and nothing is asked about it', () => {
    const certain = matrix(
      m,
      m,
      C.data.map((value, at) => (at < m || at % m === 0 ? 0 : value)),
    );
    const model = jointlyBelieved(mean, certain, 0);
    const still = {
      ...model,
      withRows: () => {
        throw new Error('not asked for');
      },
    };
    close(crossCovariance(still, rows(0), all, stream()).covariance, Array(m).fill(0));
  });

  it('are 0 where a response moves no mean', () => {
    const model = jointlyBelieved(mean, C, noise);
    const stubborn = { ...model, withRows: () => model };
    close(crossCovariance(stubborn, rows(1), all, stream()).covariance, Array(m).fill(0));
  });

  it('are drawn where more than 256 columns would have to be read off on either side', () => {
    const many = matrix(257, 1);
    const { model, grown } = growing();
    const drawn = {
      ...model,
      sample: (X: Matrix, count: number, rng: Stream) => matrix(count, X.rows, rng.normals(count * X.rows)),
    };
    expect(crossCovariance(drawn, many, many, stream()).draws).toBe(512);
    expect(grown.times).toBe(0);
    expect(crossCovariance(drawn, many, matrix(256, 1), stream()).draws).toBe(0);
  });

  it('of draws have the variances that are stated; what does not vary goes with nothing', () => {
    const sd = Float64Array.of(2, 0.5, 0);
    const asked: number[] = [];
    const model = believed(Float64Array.of(1, 2, 3), sd);
    const seen: Surrogate = {
      ...model,
      sample: (X, count, rng) => {
        asked.push(X.rows);
        return model.sample(X, count, rng);
      },
    };
    const three = rows(0, 1, 2);
    const { covariance, draws } = crossCovariance(seen, three, three, stream(), { draws: 64 });
    expect(draws).toBe(64);
    expect(covariance.data[0]).toBeCloseTo(4, 10);
    expect(covariance.data[4]).toBeCloseTo(0.25, 10);
    expect(Math.abs(covariance.data[1]!)).toBeLessThan(0.5);
    expect(Array.from(covariance.data.subarray(6))).toEqual([0, 0, 0]);
    // The same rows are drawn once; others beside them.
    expect(crossCovariance(seen, three, rows(1), stream(), { draws: 64 }).covariance.data[1]).toBeCloseTo(
      0.25,
      10,
    );
    expect(asked).toEqual([3, 4]);
  });

  it('refuses too few draws, by name', () => {
    expect(() => crossCovariance(knowing, all, all, stream(), { draws: 7 })).toThrow('options.draws');
  });
});

describe('what is left uncertain beside what is pending', () => {
  /** σ² − cᵀ(C + σ_n²)⁻¹c beside one row, by hand. */
  const beside = (j: number, i: number): number =>
    Math.sqrt(C.data[j * m + j]! - C.data[i * m + j]! ** 2 / (C.data[i * m + i]! + noise));
  const noisy = {
    ...knowing,
    diagnostics: () => ({ noiseVariance: noise }) as ReturnType<Surrogate['diagnostics']>,
  };

  it('is what a growing model says, and the same by covariances where the model cannot grow', () => {
    for (const pending of [rows(3), rows(1, 4)]) {
      const byGrowth = spreadGiven(jointlyBelieved(mean, C, noise), all, pending, stream());
      const byCovariance = spreadGiven(noisy, all, pending, stream());
      byGrowth.forEach((sd, j) => expect(byCovariance[j]).toBeCloseTo(sd, 6));
    }
    spreadGiven(noisy, all, rows(3), stream()).forEach((sd, j) => expect(sd).toBeCloseTo(beside(j, 3), 6));
  });

  it('is all of it where nothing is pending, and nobody is asked for covariances', () => {
    const silent: Surrogate = {
      ...believed(
        mean,
        mean.map(() => 2),
      ),
      sample: () => {
        throw new Error('not asked for');
      },
    };
    for (const pending of [undefined, matrix(0, 1)]) {
      expect(Array.from(spreadGiven(silent, all, pending, stream()))).toEqual(Array(m).fill(2));
    }
    expect(spreadGiven(silent, matrix(0, 1), rows(1), stream())).toHaveLength(0);
  });

  it('is what the exploration guard ranks by', () => {
    const scores = explorationGuard(100).score(noisy, all, { best: 0, pending: rows(3), rng: stream() });
    scores.forEach((score, j) => expect(score).toBeCloseTo(beside(j, 3), 6));
  });
});

describe('the knowledge gradient of many candidates', () => {
  const n = 300;
  const many = matrix(
    n,
    1,
    Float64Array.from({ length: n }, (_, i) => i),
  );
  const spread = Philox.fromSeed('spread')
    .normals(n)
    .map((value) => 0.2 + Math.abs(value));
  const level = Philox.fromSeed('level')
    .normals(n)
    .map((value) => 1.5 * value);
  // Neighbours go together.
  const together = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      together.data[i * n + j] = spread[i]! * spread[j]! * Math.exp(-(((i - j) / 4) ** 2));
  const model: Surrogate = {
    ...believed(level, spread),
    diagnostics: () => ({ noiseVariance: 0.3 }) as ReturnType<Surrogate['diagnostics']>,
    ...{
      covariance: (A: Matrix, B: Matrix) =>
        matrix(
          A.rows,
          B.rows,
          Float64Array.from(
            Array.from(A.data).flatMap((i) => Array.from(B.data, (j) => together.data[i * n + j]!)),
          ),
        ),
    },
  };
  const promising = Array.from(level.keys())
    .sort((i, j) => level[j]! + 2 * spread[j]! - level[i]! - 2 * spread[i]!)
    .slice(0, 256);

  it('looks at the 256 that promise most and, for each of the others, at itself', () => {
    const scores = knowledgeGradient().score(model, many, { best: 0, rng: stream() });
    for (let i = 0; i < n; i++) {
      const pool = promising.includes(i) ? promising : [...promising, i];
      const total = Math.sqrt(spread[i]! ** 2 + 0.3);
      const wanted = logGainOfLines(
        Float64Array.from(pool, (j) => level[j]!),
        Float64Array.from(pool, (j) => together.data[i * n + j]! / total),
      );
      expect(scores[i]).toBeCloseTo(wanted, 10);
    }
  });

  it('is −∞ where nothing is left to know, and nothing for no candidates', () => {
    const sure = believed(Float64Array.of(1, 2), new Float64Array(2));
    expect(
      Array.from(knowledgeGradient({ noise: 0 }).score(sure, rows(0, 1), { best: 0, rng: stream() })),
    ).toEqual([-Infinity, -Infinity]);
    expect(knowledgeGradient().score(sure, matrix(0, 1), { best: 0, rng: stream() })).toHaveLength(0);
  });
});
