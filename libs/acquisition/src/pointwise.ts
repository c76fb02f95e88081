import type { Surrogate } from '@ionloop/surrogates';
import type { Matrix } from '@ionloop/linalg';

/** A score that needs only the mean and standard deviation at each candidate. */
export function scorePointwise(
  model: Surrogate,
  candidates: Matrix,
  scoreOf: (mean: number, sd: number) => number,
): Float64Array {
  const { mean, variance } = model.predict(candidates);
  return mean.map((value, i) => scoreOf(value, Math.sqrt(Math.max(variance[i]!, 0))));
}
