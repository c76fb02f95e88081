import { exp, kernelParameters, layoutOf, log, type Kernel } from '@ionloop/linalg';
import type { Diagnostics, LeftOut } from '../contract.js';
import type { Standardisation } from '../data.js';
import { relevanceOf } from '../gaussian-process/relevance.js';
import { leftOutOf } from '../leftOut.js';
import { metricsOf } from '../metrics.js';

/** Of a model that has a kernel, in units of y. `evidence` is that of the standard responses. */
export function diagnosticsOf(
  kind: string,
  kernel: Kernel,
  theta: Float64Array,
  { spread }: Standardisation,
  dimension: number,
  evidence: number,
  leftOut: LeftOut,
): Diagnostics {
  const n = leftOut.actual.length;
  const relevance = relevanceOf(kernel, theta, dimension);
  const total = relevance.reduce((sum, value) => sum + value, 0);
  const signal = layoutOf(kernel).terms.reduce((sum, { variance }) => sum + exp(theta[variance]!), 0);
  return {
    kind,
    n,
    logMarginalLikelihood: evidence - n * log(spread),
    lengthscales: relevance.map((value) => 1 / value),
    signalVariance: spread * spread * signal,
    noiseVariance: spread * spread * exp(theta[kernelParameters(kernel)]!),
    importances: relevance.map((value) => value / total),
    leftOut,
    metrics: metricsOf(leftOut),
  };
}

/** Left-out predictions brought back to units of y. */
export function leftOutInUnits(
  { mean, variance }: { readonly mean: Float64Array; readonly variance: Float64Array },
  { centre, spread }: Standardisation,
  actual: Float64Array,
): LeftOut {
  return leftOutOf(
    mean.map((value) => centre + spread * value),
    variance.map((value) => spread * spread * value),
    actual,
  );
}
