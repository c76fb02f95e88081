/**
 * Several models as one, a mixture of their beliefs. Member i has weight wᵢ, Σw = 1, and says N(mᵢ, sᵢ²): the mean is m = Σ wᵢ·mᵢ, the variance
 * Σ wᵢ·(sᵢ² + (mᵢ − m)²), what they doubt and what they disagree on.
 */
import { matrix, requireCount, row, type Matrix, type Philox } from '@ionloop/linalg';
import type { LeftOut, Prediction, Surrogate } from '../contract.js';
import { leftOutOf } from '../leftOut.js';

export interface Part {
  readonly weight: number;
  readonly model: Surrogate;
}

/** Each draw is one of a part's, taken as often as its weight says. */
export function drawByTurns(parts: readonly Part[], X: Matrix, count: number, rng: Philox): Matrix {
  requireCount('count', count);
  const draws = matrix(count, X.rows);
  const turns = Array.from({ length: count }, () => partAt(parts, rng.uniform()));
  parts.forEach(({ model }, i) => {
    const own = turns.flatMap((turn, k) => (turn === i ? [k] : []));
    const drawn = model.sample(X, own.length, rng.split(`member ${i}`));
    own.forEach((k, at) => draws.data.set(row(drawn, at), k * X.rows));
  });
  return draws;
}

function partAt(parts: readonly Part[], u: number): number {
  let below = 0;
  const at = parts.findIndex(({ weight }) => u < (below += weight));
  return at < 0 ? parts.length - 1 : at;
}

export function predictMixed(parts: readonly Part[], X: Matrix): Prediction {
  return mixed(
    parts.map(({ weight, model }) => ({ weight, ...model.predict(X) })),
    X.rows,
  );
}

export function leftOutOfAll(
  each: readonly { readonly weight: number; readonly leftOut: LeftOut }[],
): LeftOut {
  const { actual } = each[0]!.leftOut;
  const { mean, variance } = mixed(
    each.map(({ weight, leftOut }) => ({
      weight,
      mean: Float64Array.from(leftOut.mean),
      variance: Float64Array.from(leftOut.variance),
    })),
    actual.length,
  );
  return leftOutOf(mean, variance, actual);
}

/** Of the members that have any. */
export function sharedImportances(
  each: readonly { readonly weight: number; readonly importances?: readonly number[] }[],
  dimension: number,
): number[] | undefined {
  const sum = new Float64Array(dimension);
  let total = 0;
  for (const { weight, importances } of each) {
    if (importances === undefined) continue;
    total += weight;
    importances.forEach((value, j) => (sum[j] = sum[j]! + weight * value));
  }
  return total > 0 ? Array.from(sum, (value) => value / total) : undefined;
}

export function mixed(parts: readonly ({ readonly weight: number } & Prediction)[], m: number): Prediction {
  const mean = new Float64Array(m);
  const variance = new Float64Array(m);
  for (const part of parts) for (let i = 0; i < m; i++) mean[i] = mean[i]! + part.weight * part.mean[i]!;
  for (const part of parts)
    for (let i = 0; i < m; i++) {
      const off = part.mean[i]! - mean[i]!;
      variance[i] = variance[i]! + part.weight * (part.variance[i]! + off * off);
    }
  return { mean, variance };
}
