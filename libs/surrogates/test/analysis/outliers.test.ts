import { describe, expect, it } from '@jest/globals';
import { fromRows, InvalidArgumentError, matrix, Philox } from '@ionloop/linalg';
import {
  averageDepth,
  isolationScores,
  residualOutliers,
  robustZ,
  spearman,
} from '@ionloop/surrogates/analysis';
import { expectClose, fixture } from './fixture.js';

describe('an isolation forest', () => {
  const golden = fixture<{ X: number[][]; scores: number[]; averageDepth: { n: number[]; depth: number[] } }>(
    'isolation.json',
  );
  const X = fromRows(golden.X);
  const rng = () => Philox.fromSeed('forest');

  it('has the normaliser of the reference', () => {
    expectClose(golden.averageDepth.n.map(averageDepth), golden.averageDepth.depth);
    expect([averageDepth(0), averageDepth(1)]).toEqual([0, 0]);
  });

  it('scores rows as the reference does, up to the chance in 1000 trees', () => {
    const scores = isolationScores(X, rng(), { trees: 1000 });
    const off = scores.map((score, i) => Math.abs(score - golden.scores[i]!));
    expect(Math.max(...off)).toBeLessThan(0.02);
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.004);
    expect(spearman(Float64Array.from(scores), Float64Array.from(golden.scores))!).toBeGreaterThan(0.995);
  });

  it('gives a row alone a higher score than every row of a crowd', () => {
    const crowd = Array.from({ length: 200 }, (_, i) => [(i % 14) / 14, Math.floor(i / 14) / 14]);
    const scores = isolationScores(fromRows([...crowd, [5, 5]]), rng());
    expect(scores.indexOf(Math.max(...scores))).toBe(200);
    expect(scores[200]).toBeGreaterThan(0.75);
  });

  it('gives each tree a stream of its own, whatever the order of drawing', () => {
    const stream = rng();
    stream.uniform();
    expect(isolationScores(X, stream, { trees: 5 })).toEqual(isolationScores(X, rng(), { trees: 5 }));
    expect(isolationScores(X, Philox.fromSeed(2), { trees: 5 })).not.toEqual(
      isolationScores(X, rng(), { trees: 5 }),
    );
  });

  it('is the same in other units', () => {
    const other = matrix(
      X.rows,
      X.cols,
      X.data.map((value) => 1024 * value),
    );
    expect(isolationScores(other, rng(), { trees: 20 })).toEqual(isolationScores(X, rng(), { trees: 20 }));
  });

  it('scores rows that it has not seen', () => {
    const at = fromRows([X.data.subarray(0, 4), [9, 9, 9, 9]].map((row) => [...row]));
    const scores = isolationScores(X, rng(), { at });
    expect(scores[0]).toBe(isolationScores(X, rng())[0]);
    expect(scores[1]).toBeGreaterThan(0.7);
  });

  it('says 0.5 of rows that are all the same', () => {
    isolationScores(matrix(50, 3), rng()).forEach((score) => expect(score).toBeCloseTo(0.5, 14));
  });

  it('refuses what it cannot use', () => {
    expect(() => isolationScores(matrix(1, 2), rng())).toThrow(/X must have at least 2 rows/);
    expect(() => isolationScores(fromRows([[1], [NaN]]), rng())).toThrow(InvalidArgumentError);
    expect(() => isolationScores(X, rng(), { trees: 0 })).toThrow(/options.trees/);
    expect(() => isolationScores(X, rng(), { sample: 1 })).toThrow(/options.sample/);
    expect(() => isolationScores(X, rng(), { at: matrix(1, 3) })).toThrow(/options.at must have 4 columns/);
  });

  it('scores 100 000 rows of 20 columns in seconds', () => {
    const many = matrix(100_000, 20);
    for (let at = 0; at < many.data.length; at++) many.data[at] = (at * 0.6180339887498949) % 1;
    const before = performance.now();
    const scores = isolationScores(many, rng());
    expect(performance.now() - before).toBeLessThan(6000);
    expect(scores).toHaveLength(100_000);
  });
});

describe('robust z', () => {
  const golden = fixture<{
    mean: number[];
    variance: number[];
    actual: number[];
    studentised: number[];
    median: number;
    spread: number;
  }>('residuals.json');

  it('agrees with the reference', () => {
    const { median, spread, z } = robustZ(Float64Array.from(golden.actual));
    expectClose([median, spread], [golden.median, golden.spread]);
    expect(z[0]).toBeCloseTo((golden.actual[0]! - golden.median) / golden.spread, 12);
  });

  it('finds what stands out, the farthest first, however much of it there is', () => {
    const values = Float64Array.of(1, 1.1, 0.9, 1.05, 0.95, 1.02, 0.97, 100, -1000, 1000);
    expect(robustZ(values).outliers).toEqual([8, 9, 7]);
    expect(robustZ(values, { limit: 1e9 }).outliers).toEqual([]);
  });

  it('falls back to the mean deviation where more than half are the same, and to 0 where all are', () => {
    const { spread, z } = robustZ(Float64Array.of(2, 2, 2, 2, 6));
    expect(spread).toBeCloseTo((1.2533141373155003 * 4) / 5, 14);
    expect(z[4]).toBeCloseTo(4 / spread, 14);
    expect(robustZ(Float64Array.of(3, 3, 3))).toEqual({ median: 3, spread: 0, z: [0, 0, 0], outliers: [] });
  });

  it('of a linear model’s left-out predictions is what regression calls externally studentised', () => {
    const found = residualOutliers(golden);
    expectClose(found.studentised, golden.studentised, 1e-10);
    expect(found.outliers).toEqual([7]);
    expect(found.residual[7]).toBeCloseTo(golden.actual[7]! - golden.mean[7]!, 12);
  });

  it('stays finite where a model is certain', () => {
    const { studentised } = residualOutliers({ mean: [1, 1], variance: [0, 0], actual: [1, 2] });
    expect(studentised[0]).toBe(0);
    expect(studentised[1]).toBeCloseTo(5e8, 0);
  });

  it('refuses what it cannot use', () => {
    expect(() => robustZ(new Float64Array(0))).toThrow(/values must hold at least one/);
    expect(() => robustZ(Float64Array.of(NaN))).toThrow(InvalidArgumentError);
    expect(() => robustZ(Float64Array.of(1), { limit: 0 })).toThrow(/options.limit/);
    expect(() => residualOutliers({ mean: [1], variance: [1, 1], actual: [1, 2] })).toThrow(/leftOut.mean/);
  });
});
