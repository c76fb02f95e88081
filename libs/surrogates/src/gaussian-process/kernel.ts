/**
 * Stationary kernels of unit variance. x, x' inputs (d), ℓ lengthscales (d),
 * r² = Σⱼ ((xⱼ − x'ⱼ)/ℓⱼ)², k(r²) the correlation, k' = dk/d(r²); then ∂k/∂ln ℓⱼ = −2·k'·((xⱼ − x'ⱼ)/ℓⱼ)².
 */
import { exp, matrix, type Matrix } from '@ionloop/linalg';

const { sqrt } = Math;

export const kernelNames = ['matern52', 'matern32', 'matern12', 'rbf'] as const;
export type KernelName = (typeof kernelNames)[number];

export interface Kernel {
  readonly value: (r2: number) => number;
  /** k'; for Matérn 1/2 at r = 0, where it has no value, 0: it is only used times a distance that is 0 there. */
  readonly slope: (r2: number) => number;
  /** 2ν, the degrees of freedom of its spectral density, a multivariate t; ∞ where that is normal. */
  readonly spectralFreedom: number;
}

const root3 = 1.7320508075688772;
const root5 = 2.23606797749979;

export const kernels: Readonly<Record<KernelName, Kernel>> = {
  rbf: {
    value: (r2) => exp(-0.5 * r2),
    slope: (r2) => -0.5 * exp(-0.5 * r2),
    spectralFreedom: Infinity,
  },
  matern12: {
    value: (r2) => exp(-sqrt(r2)),
    slope: (r2) => {
      const r = sqrt(r2);
      return r === 0 ? 0 : (-0.5 * exp(-r)) / r;
    },
    spectralFreedom: 1,
  },
  matern32: {
    value: (r2) => {
      const a = root3 * sqrt(r2);
      return (1 + a) * exp(-a);
    },
    slope: (r2) => -1.5 * exp(-root3 * sqrt(r2)),
    spectralFreedom: 3,
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
    spectralFreedom: 5,
  },
};

/** X (n,d) with each column divided by its lengthscale. */
export function scaled(X: Matrix, lengthscales: Float64Array): Matrix {
  const d = X.cols;
  return matrix(
    X.rows,
    d,
    X.data.map((value, at) => value / lengthscales[at % d]!),
  );
}

/** r² between row i of A and row j of B, both scaled. */
export function squaredDistance(A: Matrix, i: number, B: Matrix, j: number): number {
  const d = A.cols;
  const a = i * d;
  const b = j * d;
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const difference = A.data[a + c]! - B.data[b + c]!;
    sum += difference * difference;
  }
  return sum;
}

/** signalVariance·k between the rows of scaled A (n,d) and B (m,d): (n,m). */
export function covariance(kernel: Kernel, A: Matrix, B: Matrix, signalVariance: number): Matrix {
  const result = matrix(A.rows, B.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < B.rows; j++)
      result.data[i * B.rows + j] = signalVariance * kernel.value(squaredDistance(A, i, B, j));
  return result;
}
