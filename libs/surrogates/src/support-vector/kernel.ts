/** Kernels of support vector regression: e^(−γ·‖x − x'‖²), or (γ·x·x' + c₀)^degree. */
import { dot, exp, InvalidArgumentError, matrix, requireCount, type Matrix } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom, numberFrom } from '../json.js';
import { requireAtLeastZero, requireOneOf, requirePositive } from '../options.js';

export const supportVectorKernels = ['rbf', 'polynomial'] as const;
export type SupportVectorKernel = (typeof supportVectorKernels)[number];

export interface KernelSettings {
  readonly kernel: SupportVectorKernel;
  /** γ */
  readonly gamma: number;
  /** c₀, of the polynomial. */
  readonly offset: number;
  readonly degree: number;
}

/** k(aᵢ, bⱼ) of the rows of A (n,d) and B (m,d): (n,m). */
export function kernelMatrix(
  A: Matrix,
  B: Matrix,
  { kernel, gamma, offset, degree }: KernelSettings,
): Matrix {
  const d = A.cols;
  const result = matrix(A.rows, B.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < B.rows; j++)
      result.data[i * B.rows + j] =
        kernel === 'rbf'
          ? exp(-gamma * squaredDistance(A, i, B, j))
          : wholePower(gamma * dot(A.data, i * d, B.data, j * d, d) + offset, degree);
  return result;
}

function squaredDistance(A: Matrix, i: number, B: Matrix, j: number): number {
  const d = A.cols;
  let sum = 0;
  for (let k = 0; k < d; k++) {
    const off = A.data[i * d + k]! - B.data[j * d + k]!;
    sum += off * off;
  }
  return sum;
}

function wholePower(base: number, power: number): number {
  let result = 1;
  for (let k = 0; k < power; k++) result *= base;
  return result;
}

export function requireKernelSettings(name: string, settings: KernelSettings): KernelSettings {
  requireOneOf(`${name}.kernel`, settings.kernel, supportVectorKernels);
  requirePositive(`${name}.gamma`, settings.gamma);
  requireAtLeastZero(`${name}.offset`, settings.offset);
  requireCount(`${name}.degree`, settings.degree, 1);
  // Values of a standardised row beyond that are lost in a double.
  if (settings.degree > 20) throw new InvalidArgumentError(`${name}.degree`, 'must be at most 20');
  return settings;
}

export function kernelSettingsFrom(name: string, json: Json | undefined): KernelSettings {
  const fields = fieldsFrom(name, json);
  const number = (field: string) => numberFrom(`${name}.${field}`, fields[field]);
  return requireKernelSettings(name, {
    kernel: requireOneOf(`${name}.kernel`, fields['kernel'], supportVectorKernels),
    gamma: number('gamma'),
    offset: number('offset'),
    degree: number('degree'),
  });
}
