/** A Gaussian process given its data: plain numbers, which may be sent to another thread. */
import { padded } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { exp } from '../special/exp.js';
import type { Matrix } from '../dense/matrix.js';
import { covarianceInto, scaledParts } from './covariance.js';
import { requireData, requireTheta, type GaussianData } from './data.js';
import { allocateFactor, factorise, solveFor } from './factor.js';
import { layoutOf, type Kernel } from './kernel.js';

export interface Conditioned {
  readonly kernel: Kernel;
  /** [the kernel's parameters, ln σ_n², c] */
  readonly theta: Float64Array;
  /** (n,d) */
  readonly X: Matrix;
  /** (n) */
  readonly y: Float64Array;
  readonly noise?: Float64Array;
  /** The factor L of K, as packed strips, padded with the identity to a multiple of 4 rows, and 1/L[r,r]. */
  readonly packed: Float64Array;
  readonly inverses: Float64Array;
  /** K⁻¹(y − c), padded with 0. */
  readonly alpha: Float64Array;
  /** What had to be added to K's diagonal. */
  readonly jitter: number;
  readonly logMarginalLikelihood: number;
}

/** The process of this kernel and θ, given the data. O(n³/3). */
export function conditionGaussian(kernel: Kernel, theta: Float64Array, data: GaussianData): Conditioned {
  requireData(kernel, data);
  const layout = layoutOf(kernel);
  requireTheta(theta, layout.parameters);
  const core = currentCore();
  const { X, y, noise } = data;
  const n = padded(X.rows);
  return core.scope((allocate) => {
    const factor = allocateFactor(allocate, n, X.rows);
    const parts = scaledParts(layout, theta, X, n, allocate);
    const jitter = factorise(
      core,
      factor,
      () => covarianceInto(core, parts, n, X.rows, factor.K),
      exp(theta[layout.parameters]!),
      noise,
    );
    const logMarginalLikelihood = solveFor(core, factor, y, theta[layout.parameters + 1]!);
    return {
      kernel,
      theta: theta.slice(),
      X,
      y,
      ...(noise && { noise }),
      packed: factor.packed.values.slice(),
      inverses: factor.inverses.values.slice(),
      alpha: factor.alpha.values.slice(),
      jitter,
      logMarginalLikelihood,
    };
  });
}
