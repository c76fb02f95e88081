import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromRows, matrix, Philox, toRows } from '@ionloop/linalg';
import { pca, project, unproject } from '@ionloop/surrogates/analysis';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { expectClose, fixture } from './fixture.js';

interface Expected {
  readonly explainedVariance: number[];
  readonly explainedShare: number[];
  readonly components: number[][];
  readonly scores: number[][];
}

const golden = fixture<{
  tall: { X: number[][]; plain: Expected; standardised: Expected };
  wide: { X: number[][]; plain: Expected };
}>('pca.json');

describe('principal components', () => {
  it.each([
    ['of a tall table', golden.tall.X, false, golden.tall.plain],
    ['of a tall table, standardised', golden.tall.X, true, golden.tall.standardised],
    ['of a table with more columns than rows', golden.wide.X, false, golden.wide.plain],
  ])('%s agree with the reference, signs included', (_, rows, standardise, expected) => {
    const X = fromRows(rows);
    const found = pca(X, { standardise });
    expectClose(found.explainedVariance, expected.explainedVariance, 1e-11);
    expectClose(found.explainedShare, expected.explainedShare);
    expectClose(found.components.flat(), expected.components.flat(), 1e-9);
    expectClose(toRows(project(found, X)).slice(0, 5).flat(), expected.scores.flat(), 1e-9);
  });

  it('give the rows back where all are kept, and their best picture where not', () => {
    const X = fromRows(golden.tall.X);
    const all = pca(X, { standardise: true });
    expectClose(unproject(all, project(all, X)).data, X.data);
    const two = pca(X, { components: 2 });
    expect(two.components).toHaveLength(2);
    const off = unproject(two, project(two, X)).data.reduce(
      (sum, value, i) => sum + (value - X.data[i]!) ** 2,
      0,
    );
    const lost = golden.tall.plain.explainedVariance.slice(2).reduce((sum, value) => sum + value, 0);
    expect(off / (X.rows - 1)).toBeCloseTo(lost, 8);
  });

  it('leave out what does not vary', () => {
    const found = pca(
      fromRows([
        [1, 2, 5],
        [2, 4, 5],
        [4, 8, 5],
      ]),
      { standardise: true },
    );
    expect(found.explainedVariance).toHaveLength(1);
    expect(found.explainedVariance[0]).toBeCloseTo(2, 12);
    expect(found.components[0]!.map(Math.abs)[2]).toBeLessThan(1e-12);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('are orthonormal, and do not depend on the order of rows', () => {
    const size = fc.record({
      n: fc.integer({ min: 3, max: 12 }),
      d: fc.integer({ min: 1, max: 8 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(size, ({ n, d, seed }) => {
        const rng = Philox.fromSeed(seed);
        const rows = Array.from({ length: n }, () => Array.from({ length: d }, () => rng.normal()));
        const { components, explainedVariance } = pca(fromRows(rows));
        components.forEach((a, i) =>
          components.forEach((b, j) =>
            expect(a.reduce((sum, value, c) => sum + value * b[c]!, 0)).toBeCloseTo(i === j ? 1 : 0, 7),
          ),
        );
        const turned = pca(fromRows(rows.toReversed()));
        expectClose(turned.explainedVariance, explainedVariance, 1e-10);
      }),
      { numRuns: 50 },
    );
  });

  it('refuse what has none', () => {
    expect(() => pca(matrix(4, 2))).toThrow(/X must have a column that varies/);
    expect(() => pca(matrix(1, 2))).toThrow(/X must have at least 2 rows/);
    expect(() =>
      pca(
        fromRows([
          [1, NaN],
          [2, 3],
        ]),
      ),
    ).toThrow(/X must be finite/);
    const found = pca(
      fromRows([
        [1, 2],
        [2, 5],
      ]),
    );
    expect(() => project(found, matrix(1, 3))).toThrow(/X must have 2 columns/);
    expect(() => unproject(found, matrix(1, 2))).toThrow(/scores must have 1 columns/);
  });
});

describeGolden('principal components against the shared reference numbers', () => {
  it('have their variances and directions', () => {
    const { X, pca: expected } = reference<{
      X: number[][];
      pca: { explainedVariance: number[]; absComponents: number[][] };
    }>('regressors.json');
    const found = pca(fromRows(X));
    expectClose(found.explainedVariance, expected.explainedVariance, 1e-9);
    expectClose(found.components.flat().map(Math.abs), expected.absComponents.flat(), 1e-8);
  });
});
