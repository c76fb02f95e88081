import { cholesky, choleskyAppend, choleskyInverse, choleskySolve, logdet } from '../../dense/cholesky.js';
import { dot } from '../../dense/dot.js';
import { gemm, syrk } from '../../dense/gemm.js';
import { matrix, type Matrix } from '../../dense/matrix.js';
import { svd } from '../../dense/svd.js';
import { symmetricEigen } from '../../dense/symmetricEigen.js';
import { triangularSolve } from '../../dense/triangular.js';
import { Philox } from '../../random/philox.js';
import type { Sections } from '../sections.js';

/** One and its neighbours of 4, of a block, and more than one block. */
const sizes = [1, 2, 3, 4, 5, 17, 63, 64, 65, 130, 257];

const normals = (rows: number, cols: number) =>
  matrix(rows, cols, Philox.fromSeed(`${rows} × ${cols}`).normals(rows * cols));

function positive(n: number): Matrix {
  const A = syrk(normals(n, n + 3));
  for (let i = 0; i < n; i++) A.data[i * n + i] = A.data[i * n + i]! + 0.5;
  return A;
}

/** Of rank 5, so that only jitter makes it positive definite. */
const nearSingular = (n: number) => syrk(normals(n, 5));

export const dense: Sections = {
  dot: () => sizes.map((n) => dot(normals(2, n).data, 0, normals(n, 2).data, n - 1, n)),
  products: () =>
    sizes.slice(0, 10).map((n) => {
      const [A, B] = [normals(n, 2 * n + 1), normals(2 * n + 1, 7)];
      const transposed = { transposeA: true, transposeB: true };
      return [gemm(A, B), gemm(B, A, transposed), syrk(A), syrk(A, { transpose: true })];
    }),
  'Cholesky factors': () => sizes.map((n) => cholesky(positive(n))),
  'Cholesky factors with jitter': () => [8, 21, 64, 130].map((n) => cholesky(nearSingular(n))),
  'Cholesky solutions': () =>
    sizes.map((n) => {
      const { L } = cholesky(positive(n));
      const B = normals(n, 6);
      return [choleskySolve(L, B), choleskySolve(L, normals(n, 1).data), choleskyInverse(L), logdet(L)];
    }),
  'Cholesky factors by rows': () => {
    const A = positive(40);
    let { L } = cholesky(matrix(1, 1, A.data.slice(0, 1)));
    for (let n = 1; n < 40; n++)
      ({ L } = choleskyAppend(L, A.data.slice(n * 40, n * 40 + n), A.data[n * 40 + n]!));
    return L;
  },
  triangles: () =>
    sizes.map((n) => {
      const { L } = cholesky(positive(n));
      const B = normals(n, 9);
      return [triangularSolve(L, B), triangularSolve(L, B, { transpose: true })];
    }),
  eigenvalues: () => [3, 10, 25].map((n) => [symmetricEigen(positive(n)), symmetricEigen(nearSingular(n))]),
  'singular values': () => [svd(normals(12, 5)), svd(normals(5, 12)), svd(nearSingular(9))],
};
