import { InvalidArgumentError, requireCols, type Matrix } from '@ionloop/linalg';
import { mostObjectives, type Boxes } from './boxes.js';
import { frontAbove } from './front.js';

const { max, min } = Math;

/**
 * The volume that the rows of Y (n,p) dominate above r (p), 1 ≤ p ≤ 4, exactly but for rounding: slices of the last objective times what the
 * points above each dominate in the others. O(n ln n), O(n²) and O(n³) for p = 2, 3 and 4.
 */
export function hypervolume(Y: Matrix, reference: Float64Array): number {
  const p = reference.length;
  if (p < 1 || p > mostObjectives)
    throw new InvalidArgumentError('reference', `must hold 1 to ${mostObjectives} numbers, not ${p}`);
  requireCols('Y', Y, p);
  const front = frontAbove(Y, reference);
  const points = Array.from({ length: front.rows }, (_, i) =>
    Float64Array.from({ length: p }, (_, k) => front.data[i * p + k]! - reference[k]!),
  );
  return volume(points, p);
}

/** Of points above 0 in their first p coordinates. */
function volume(points: readonly Float64Array[], p: number): number {
  if (p === 1) return points.reduce((most, point) => max(most, point[0]!), 0);
  const falling = [...points].sort((a, b) => b[p - 1]! - a[p - 1]!);
  if (p === 2) return area(falling);
  let sum = 0;
  let passed: Float64Array[] = [];
  let base = 0;
  falling.forEach((point, i) => {
    const grown = p === 3 ? withStep(passed, point) : [...passed, point];
    // What adds nothing leaves the base as it is.
    if (grown !== passed) base = volume(grown, p - 1);
    passed = grown;
    sum += base * (point[p - 1]! - (falling[i + 1]?.[p - 1] ?? 0));
  });
  return sum;
}

/** Points by falling second coordinate. */
function area(points: readonly Float64Array[]): number {
  let [sum, width] = [0, 0];
  points.forEach((point, i) => {
    width = max(width, point[0]!);
    sum += width * (point[1]! - (points[i + 1]?.[1] ?? 0));
  });
  return sum;
}

/** The steps of a staircase with one more, without those it covers; the same array where it is covered itself. */
function withStep(steps: Float64Array[], point: Float64Array): Float64Array[] {
  if (steps.some((step) => step[0]! >= point[0]! && step[1]! >= point[1]!)) return steps;
  return [...steps.filter((step) => step[0]! > point[0]! || step[1]! > point[1]!), point];
}

/** How much one more outcome y (p) adds, from the boxes that are not dominated. O(b). */
export function hypervolumeGain({ p, count, lower, upper }: Boxes, y: ArrayLike<number>, at = 0): number {
  let sum = 0;
  for (let b = 0; b < count; b++) {
    let product = 1;
    for (let k = 0; k < p && product > 0; k++)
      product *= max(min(y[at + k]!, upper[b * p + k]!) - lower[b * p + k]!, 0);
    sum += product;
  }
  return sum;
}
