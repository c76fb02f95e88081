import type { Surrogate } from '@ionloop/surrogates';
import type { Matrix } from '@ionloop/linalg';

const { max, sqrt } = Math;

/** A score that needs only the mean and standard deviation at each candidate. */
export function scorePointwise(
  model: Surrogate,
  candidates: Matrix,
  scoreOf: (mean: number, sd: number) => number,
): Float64Array {
  const { mean, sd } = spreads(model, candidates);
  return mean.map((value, i) => scoreOf(value, sd[i]!));
}

/** Means and standard deviations (m) at the candidates (m,d). */
export function spreads(
  model: Surrogate,
  candidates: Matrix,
): { readonly mean: Float64Array; readonly sd: Float64Array } {
  const { mean, variance } = model.predict(candidates);
  return { mean, sd: variance.map((value) => sqrt(max(value, 0))) };
}
