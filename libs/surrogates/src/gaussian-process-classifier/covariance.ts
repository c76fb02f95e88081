/**
 * Stationary covariances σ_f²·k(r²), r² = Σⱼ ((xⱼ − x'ⱼ)/ℓⱼ)², of inputs that have been divided by their lengthscales: ∂k/∂ln ℓⱼ =
 * −2·k'(r²)·((xⱼ − x'ⱼ)/ℓⱼ)².
 */
import { exp, matrix, type Matrix } from '@ionloop/linalg';

const { sqrt } = Math;
const root5 = 2.23606797749979;

export const classifierKernels = ['matern52', 'rbf'] as const;
export type ClassifierKernel = (typeof classifierKernels)[number];

interface Correlation {
  readonly value: (r2: number) => number;
  /** k' */
  readonly slope: (r2: number) => number;
}

export const correlations: Readonly<Record<ClassifierKernel, Correlation>> = {
  rbf: {
    value: (r2) => exp(-0.5 * r2),
    slope: (r2) => -0.5 * exp(-0.5 * r2),
  },
  matern52: {
    value: (r2) => {
      const a = root5 * sqrt(r2);
      return (1 + a + (a * a) / 3) * exp(-a);
    },
    slope: (r2) => {
      const a = root5 * sqrt(r2);
      return (-5 / 6) * (1 + a) * exp(-a);
    },
  },
};

/** The rows of X, each column divided by its lengthscale. */
export function inLengthscales(X: Matrix, lengthscales: Float64Array): Matrix {
  const d = X.cols;
  return matrix(
    X.rows,
    d,
    X.data.map((value, at) => value / lengthscales[at % d]!),
  );
}

export function squaredDistance(A: Matrix, i: number, B: Matrix, j: number): number {
  const d = A.cols;
  let sum = 0;
  for (let k = 0; k < d; k++) {
    const off = A.data[i * d + k]! - B.data[j * d + k]!;
    sum += off * off;
  }
  return sum;
}

/** (n,m), of rows A and B in lengthscales. */
export function covariance(A: Matrix, B: Matrix, kernel: ClassifierKernel, signalVariance: number): Matrix {
  const { value } = correlations[kernel];
  const result = matrix(A.rows, B.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < B.rows; j++)
      result.data[i * B.rows + j] = signalVariance * value(squaredDistance(A, i, B, j));
  return result;
}
