/** The data of every case: points in the unit cube, a smooth response with noise, and hyperparameters that fit it. All from one seed. */
import { fromRows, matrix, Philox } from '@ionloop/linalg';

export const dimension = 6;

/** [ln σ_f², ln ℓ_1 … ln ℓ_6, ln σ_n², c] */
export const theta = Float64Array.of(
  Math.log(1.3),
  ...[0.5, 0.6, 0.7, 0.8, 1.1, 1.6].map((lengthscale) => Math.log(lengthscale)),
  Math.log(0.01),
  0.2,
);

export function points(rows, seed) {
  const rng = Philox.fromSeed(`bench-core/${seed}`);
  return matrix(
    rows,
    dimension,
    Float64Array.from({ length: rows * dimension }, () => rng.uniform()),
  );
}

export function regression(n) {
  const X = points(n, `rows-${n}`);
  const rng = Philox.fromSeed(`bench-core/noise-${n}`);
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c, d, e, f] = X.data.subarray(i * dimension, (i + 1) * dimension);
    return Math.sin(4 * a + b) + Math.cos(3 * c * d) + 0.5 * e - 0.2 * f * f + 0.1 * rng.normal();
  });
  return { X, y };
}

/** A covariance of n points with noise, well conditioned. */
export function covarianceMatrix(n) {
  const { X } = regression(n);
  const rows = Array.from({ length: n }, (_, i) => X.data.subarray(i * dimension, (i + 1) * dimension));
  return fromRows(
    rows.map((a, i) =>
      rows.map((b, j) => {
        let r2 = 0;
        for (let q = 0; q < dimension; q++) r2 += (a[q] - b[q]) ** 2;
        return Math.exp(-2 * r2) + (i === j ? 0.1 : 0);
      }),
    ),
  );
}
