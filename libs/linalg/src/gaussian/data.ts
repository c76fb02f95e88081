import { requireFinite, requireLength } from '../dense/checks.js';
import { requireMatrix, type Matrix } from '../dense/matrix.js';
import { InvalidArgumentError } from '../errors.js';
import { requireSources } from './coregion.js';
import { requireKernel, type Kernel } from './kernel.js';

export interface GaussianData {
  /** (n,d) */
  readonly X: Matrix;
  /** (n) */
  readonly y: Float64Array;
  /** (n) What is added to σ_n² for each row; nothing where it is left out. */
  readonly noise?: Float64Array;
}

export function requireData(kernel: Kernel, { X, y, noise }: GaussianData): void {
  requireMatrix('data.X', X);
  if (X.rows === 0) throw new InvalidArgumentError('data.X', 'must have at least one row');
  requireFinite('data.X', X.data);
  requireKernel('kernel', kernel, X.cols);
  requireSources('data.X', kernel, X);
  requireLength('data.y', y, X.rows);
  requireFinite('data.y', y);
  requireNoise('data.noise', noise, X.rows);
}

export function requireNoise(name: string, noise: Float64Array | undefined, rows: number): void {
  if (noise === undefined) return;
  requireLength(name, noise, rows);
  requireFinite(name, noise);
  const at = noise.findIndex((variance) => variance < 0);
  if (at >= 0) throw new InvalidArgumentError(name, `must not be negative; element ${at} is ${noise[at]!}`);
}

export function requireTheta(theta: Float64Array, parameters: number): void {
  requireLength('theta', theta, parameters + 2);
  requireFinite('theta', theta);
}
