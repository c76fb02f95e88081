/** Friedman's first function and columns of noise: five inputs count. */
import { latinHypercube, matrix, Philox } from '@ionloop/linalg';

export function problem(n, d, seed) {
  const rng = Philox.fromSeed(`bench/${seed}`);
  const X = d <= 20 ? latinHypercube(d, n, rng.split('X')) : uniform(n, d, rng.split('X'));
  const noise = rng.split('noise');
  const at = (i, j) => (j < d ? X.data[i * d + j] : 0.5);
  const y = Float64Array.from(
    { length: n },
    (_, i) =>
      10 * Math.sin(Math.PI * at(i, 0) * at(i, 1)) +
      20 * (at(i, 2) - 0.5) ** 2 +
      10 * at(i, 3) +
      5 * at(i, 4) +
      noise.normal(),
  );
  return { X, y };
}

function uniform(n, d, rng) {
  return matrix(
    n,
    d,
    Float64Array.from({ length: n * d }, () => rng.uniform()),
  );
}

export function r2(predicted, actual) {
  const mean = actual.reduce((sum, value) => sum + value, 0) / actual.length;
  const off = actual.reduce((sum, value, i) => sum + (value - predicted[i]) ** 2, 0);
  return 1 - off / actual.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
