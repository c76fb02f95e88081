import type { Point } from '@ionloop/domain';
import type { Variable } from './variables.js';

const { abs, max } = Math;

/** A constraint at work. */
export interface Constraint {
  readonly name: string;
  /** What it asks, in words. */
  readonly text: string;
  holds(point: Point): boolean;
  /** How far the numbers of a point are from satisfying it, 0 where it holds; only where that can be said. */
  missing?(point: Point): number;
  /** All of it, where it is linear: samplers walk inside. */
  readonly rows: readonly LinearRow[] | null;
}

/** low ≤ Σ times·of ≤ high */
export interface LinearRow {
  readonly terms: readonly { readonly of: Variable; readonly times: number }[];
  readonly low: number;
  readonly high: number;
}

/** Rounding, not intent: so much of what a sum is made of may be missing. */
const tolerance = 1e-9;

export function rowHolds({ terms, low, high }: LinearRow, point: Point): boolean {
  let [sum, size] = [0, 0];
  for (const { of, times } of terms) {
    const share = times * Number(of.of(point));
    sum += share;
    size += abs(share);
  }
  const slack = tolerance * max(size, abs(Number.isFinite(low) ? low : high), 1e-300);
  return sum >= low - slack && sum <= high + slack;
}
