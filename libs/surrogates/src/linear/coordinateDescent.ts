/**
 * The elastic net by coordinate descent (Friedman, Hastie and Tibshirani 2010). With the whitened columns aⱼ = √w·φⱼ and target ỹ, W the sum of the weights,
 *
 *   ½‖ỹ − Σ aⱼβⱼ‖² + W·α·(share·‖β‖₁ + ½(1 − share)·‖β‖²)  is least.
 */
import { dot, exp, log } from '@ionloop/linalg';

const { abs, max, sqrt } = Math;

export interface Lasso {
  /** aⱼ (n each) */
  readonly columns: readonly Float64Array[];
  /** ỹ (n) */
  readonly target: Float64Array;
  /** W */
  readonly total: number;
}

/** A sweep that moves no prediction by more than this share of ‖ỹ‖ is the last. */
const tolerance = 1e-10;
const mostSweeps = 5000;
const pathLength = 100;
const pathDepth = 1e-3;

/** From the least α that leaves all coefficients 0 down to a thousandth of it; empty where there is nothing to explain. */
export function penaltyPath({ columns, target, total }: Lasso, share: number): Float64Array {
  const n = target.length;
  const most = columns.reduce((found, column) => max(found, abs(dot(column, 0, target, 0, n))), 0);
  if (most === 0) return new Float64Array(0);
  const step = log(pathDepth) / (pathLength - 1);
  return Float64Array.from({ length: pathLength }, (_, k) => (most / (total * share)) * exp(step * k));
}

/** β (p) at each α of a descending path, each begun where the one before ended. */
export function coefficientsAlong(lasso: Lasso, share: number, path: ArrayLike<number>): Float64Array[] {
  const { columns, target } = lasso;
  const n = target.length;
  const beta = new Float64Array(columns.length);
  const rest = target.slice();
  const sizes = columns.map((column) => dot(column, 0, column, 0, n));
  const least = tolerance * sqrt(dot(target, 0, target, 0, n));
  const all = columns.map((_, j) => j);
  return Array.from(path, (alpha) => {
    const [flat, steep] = [lasso.total * alpha * share, lasso.total * alpha * (1 - share)];
    const sweep = (over: readonly number[]) => {
      let moved = 0;
      for (const j of over) moved = max(moved, descend(columns[j]!, j, sizes[j]!, flat, steep, beta, rest));
      return moved;
    };
    // What is not 0 settles first; then all are asked again.
    for (let sweeps = 0; sweeps < mostSweeps && sweep(all) > least; sweeps++) {
      const active = all.filter((j) => beta[j] !== 0);
      while (sweeps < mostSweeps && sweep(active) > least) sweeps++;
    }
    return beta.slice();
  });
}

/** Puts βⱼ where the sum is least, the others as they are, and returns by how much the predictions moved. */
function descend(
  column: Float64Array,
  j: number,
  size: number,
  flat: number,
  steep: number,
  beta: Float64Array,
  rest: Float64Array,
): number {
  if (size === 0) return 0;
  const before = beta[j]!;
  const pull = dot(column, 0, rest, 0, rest.length) + size * before;
  const beyond = abs(pull) - flat;
  const after = beyond <= 0 ? 0 : (pull > 0 ? beyond : -beyond) / (size + steep);
  const change = after - before;
  if (change === 0) return 0;
  beta[j] = after;
  for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! - change * column[i]!;
  return abs(change) * sqrt(size);
}
