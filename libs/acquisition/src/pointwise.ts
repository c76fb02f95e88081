import { type Matrix, selectRows, topK } from '@ionloop/linalg';
import { canOutline, type Surrogate } from '@ionloop/surrogates';

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

/** Rows of which the variance is asked at first; twice as many each time after that. */
const firstLook = 32;

/**
 * Of a score that a larger sd never lowers: the same for the `count` best rows, and for the others something that is less than those have. A model that
 * can say roughly what it believes says by that how much a row could score at most, and only rows that could be among the best are looked at closely.
 */
export function scoreBestPointwise(
  model: Surrogate,
  candidates: Matrix,
  count: number,
  scoreOf: (mean: number, sd: number) => number,
): Float64Array {
  if (!canOutline(model)) return scorePointwise(model, candidates, scoreOf);
  const { mean, variance } = model.outline(candidates);
  const most = new Float64Array(mean.length);
  let told = true;
  for (let i = 0; i < most.length; i++) {
    const score = scoreOf(mean[i]!, sqrt(variance[i]!));
    most[i] = score;
    if (Number.isNaN(score)) told = false;
  }
  if (!told) return scorePointwise(model, candidates, scoreOf);
  const scores = most.slice();
  let best: number[] = [];
  let bar = -Infinity;
  for (let from = 0, size = firstLook; from < most.length; from += size, size *= 2) {
    const { indices, scores: bounds } = topK(most, Math.min(from + size, most.length));
    if (bounds[from]! < bar) break;
    const rows = indices.subarray(from);
    const exact = scorePointwise(model, selectRows(candidates, rows), scoreOf);
    rows.forEach((row, k) => (scores[row] = exact[k]!));
    best = [...best, ...exact].sort((a, b) => b - a).slice(0, count);
    bar = best[count - 1] ?? -Infinity;
  }
  return scores;
}

/** Means and standard deviations (m) at the candidates (m,d). */
export function spreads(
  model: Surrogate,
  candidates: Matrix,
): { readonly mean: Float64Array; readonly sd: Float64Array } {
  const { mean, variance } = model.predict(candidates);
  return { mean, sd: variance.map((value) => sqrt(max(value, 0))) };
}
