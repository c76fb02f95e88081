/** K + noise factored in a core's memory, and what solving with it gives. */
import { packedLength, type Allocate, type Block, type Core } from '../core/core.js';
import { jitterLadder } from '../dense/jitter.js';
import { dot } from '../dense/dot.js';
import { NotPositiveDefiniteError } from '../errors.js';

const logTwoPi = 1.8378770664093453;

/** n is padded; what is beyond the real rows is the identity, and 0 in vectors. */
export interface Factor {
  readonly n: number;
  readonly real: number;
  /** K */
  readonly K: Block;
  readonly diagonal: Block;
  readonly packed: Block;
  readonly inverses: Block;
  /** K⁻¹(y − c) */
  readonly alpha: Block;
  readonly logs: Block;
}

export function allocateFactor(allocate: Allocate, n: number, real: number): Factor {
  return {
    n,
    real,
    // Of K only the lower triangle and the diagonal tiles are written and read.
    K: allocate(n * n, 'unset'),
    diagonal: allocate(n),
    packed: allocate(packedLength(n), 'unset'),
    inverses: allocate(n),
    alpha: allocate(n),
    logs: allocate(n),
  };
}

/** Factors what `fill` puts into K, plus the rows' noise; the ladder's jitter is what had to be added. */
export function factorise(
  core: Core,
  factor: Factor,
  fill: () => void,
  noiseVariance: number,
  noise: Float64Array | undefined,
): number {
  const { K, n, real, diagonal, packed, inverses } = factor;
  let scale = 1;
  for (const rung of jitterLadder) {
    fill();
    if (rung > 0) scale = meanDiagonal(K.values, n, real, noiseVariance, noise);
    const jitter = rung * scale;
    const add = diagonal.values;
    for (let i = 0; i < real; i++) add[i] = noiseVariance + (noise ? noise[i]! : 0) + jitter;
    core.finishCovariance(K, n, real, diagonal);
    if (core.cholesky(K, n, packed, inverses) === 0) return jitter;
  }
  throw new NotPositiveDefiniteError('the covariance', jitterLadder.at(-1)! * scale);
}

function meanDiagonal(
  K: Float64Array,
  n: number,
  real: number,
  noiseVariance: number,
  noise: Float64Array | undefined,
): number {
  let sum = 0;
  for (let i = 0; i < real; i++) sum += Math.abs(K[i * n + i]! + noiseVariance + (noise ? noise[i]! : 0));
  return sum > 0 ? sum / real : 1;
}

/** α := K⁻¹(y − c); ln p(y). */
export function solveFor(core: Core, factor: Factor, y: Float64Array, mean: number): number {
  const { n, real, packed, inverses, alpha, logs } = factor;
  const residual = alpha.values;
  for (let i = 0; i < real; i++) residual[i] = y[i]! - mean;
  residual.fill(0, real, n);
  core.solveForward(packed, inverses, n, alpha);
  const fit = dot(alpha.values, 0, alpha.values, 0, n);
  core.solveBackward(packed, inverses, n, alpha);
  logs.values.set(inverses.values);
  core.logEach(logs, logs, n);
  let minusLogs = 0;
  const values = logs.values;
  for (let i = 0; i < n; i++) minusLogs += values[i]!;
  return -0.5 * (fit + real * logTwoPi) + minusLogs;
}
