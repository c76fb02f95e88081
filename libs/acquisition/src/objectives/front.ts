/** p objectives, all maximised. Y (n,p) outcomes, r (p) the reference point. */
import { InvalidArgumentError, matrix, selectRows, type Matrix } from '@ionloop/linalg';

const { abs, max, min } = Math;

/** The rows of Y that no other row dominates, by rising index; of equal rows the first. O(n²p), fewer where many are dominated. */
export function nonDominated(Y: Matrix): number[] {
  const sums = Float64Array.from({ length: Y.rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < Y.cols; k++) sum += Y.data[i * Y.cols + k]!;
    if (Number.isNaN(sum)) throw new InvalidArgumentError('Y', `must not hold NaN; row ${i} does`);
    return sum;
  });
  // What dominates a row has a larger sum, but for rounding: the last pass makes that good.
  const order = Array.from(sums, (_, i) => i).sort((a, b) => sums[b]! - sums[a]! || a - b);
  const kept: number[] = [];
  for (const i of order) if (!kept.some((j) => covers(Y, j, i))) kept.push(i);
  return kept
    .filter((i) => !kept.some((j) => j !== i && covers(Y, j, i) && (!covers(Y, i, j) || j < i)))
    .sort((a, b) => a - b);
}

/** Whether row j is at least row i in every objective. */
function covers(Y: Matrix, j: number, i: number): boolean {
  for (let k = 0; k < Y.cols; k++) if (Y.data[j * Y.cols + k]! < Y.data[i * Y.cols + k]!) return false;
  return true;
}

/** The non-dominated rows of Y that exceed r in every objective. */
export function frontAbove(Y: Matrix, reference: Float64Array): Matrix {
  const above = Array.from({ length: Y.rows }, (_, i) => i).filter((i) =>
    reference.every((bound, k) => Y.data[i * Y.cols + k]! > bound),
  );
  const rows = selectRows(Y, above);
  return selectRows(rows, nonDominated(rows));
}

/** Per objective the least and the largest value on the front of Y (n,p): nadir and ideal, (p) each. */
export function frontRange(Y: Matrix): { readonly nadir: Float64Array; readonly ideal: Float64Array } {
  if (Y.rows === 0) throw new InvalidArgumentError('Y', 'must hold at least one row');
  const front = selectRows(Y, nonDominated(Y));
  const nadir = new Float64Array(Y.cols).fill(Infinity);
  const ideal = new Float64Array(Y.cols).fill(-Infinity);
  for (let i = 0; i < front.rows; i++)
    for (let k = 0; k < Y.cols; k++) {
      nadir[k] = min(nadir[k]!, front.data[i * Y.cols + k]!);
      ideal[k] = max(ideal[k]!, front.data[i * Y.cols + k]!);
    }
  return { nadir, ideal };
}

/** nadir − 0.1·range of the front of Y (n,p); where an objective has no range there, of all rows; where it has none at all, 0.1·|nadir| or 0.1. */
export function referencePoint(Y: Matrix): Float64Array {
  const { nadir, ideal } = frontRange(Y);
  return nadir.map((value, k) => {
    const range = ideal[k]! - value || rangeOf(Y, k) || abs(value) || 1;
    return value - 0.1 * range;
  });
}

/**
 * The least of all rows of Y (n,p) − 0.1·range of all rows. Where the front is still short its nadir says nothing of how far it will reach: an end of it that
 * gives up more of one objective than anything on it does would then count for nothing.
 */
export function pointBelow(Y: Matrix): Float64Array {
  if (Y.rows === 0) throw new InvalidArgumentError('Y', 'must hold at least one row');
  return Float64Array.from({ length: Y.cols }, (_, k) => {
    let least = Infinity;
    for (let i = 0; i < Y.rows; i++) least = min(least, Y.data[i * Y.cols + k]!);
    return least - 0.1 * (rangeOf(Y, k) || abs(least) || 1);
  });
}

function rangeOf(Y: Matrix, k: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < Y.rows; i++) {
    low = min(low, Y.data[i * Y.cols + k]!);
    high = max(high, Y.data[i * Y.cols + k]!);
  }
  return high - low;
}

/** Columns of equal length, one an objective, as the rows of a matrix (n,p). */
export function fromColumns(columns: readonly Float64Array[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const result = matrix(rows, columns.length);
  columns.forEach((column, k) => {
    for (let i = 0; i < rows; i++) result.data[i * columns.length + k] = column[i]!;
  });
  return result;
}
