/** Which tested rows a candidate is like: what is known beside it, and how far it is from anything known. */
import {
  InvalidArgumentError,
  requireCols,
  requireCount,
  requireFinite,
  requireLength,
  type Matrix,
} from '@ionloop/linalg';

const { max, min, sqrt } = Math;

export interface NearestOptions {
  /** How many; 3, or all where fewer were tested, where it is left out. */
  readonly count?: number;
  /**
   * (d), above 0: the length that counts as 1 in each column, such as a model's lengthscales. Where it is left out, the range of the tested rows, or 1
   * for a column that does not vary among them.
   */
  readonly scales?: readonly number[];
}

export interface Neighbour {
  /** Of the tested. */
  readonly row: number;
  /** √Σ steps² */
  readonly distance: number;
  /** (d): candidate − tested, in units of the scales */
  readonly steps: readonly number[];
}

/** For each candidate (m,d) the nearest of the tested rows (n,d), nearest first, of equally near ones the first. O(m·n·d). */
export function nearestTested(
  tested: Matrix,
  candidates: Matrix,
  options: NearestOptions = {},
): Neighbour[][] {
  if (tested.rows < 1) throw new InvalidArgumentError('tested', 'must have at least one row');
  requireFinite('tested', tested.data);
  requireCols('candidates', candidates, tested.cols);
  requireFinite('candidates', candidates.data);
  const count = min(tested.rows, options.count ?? 3);
  requireCount('options.count', count, 1);
  const scales = options.scales ?? rangesOf(tested);
  requireLength('options.scales', scales, tested.cols);
  if (!scales.every((scale) => scale > 0 && scale < Infinity))
    throw new InvalidArgumentError('options.scales', 'must hold finite numbers above 0');
  return Array.from({ length: candidates.rows }, (_, i) => {
    const distances = Float64Array.from({ length: tested.rows }, (__, t) =>
      distanceBetween(candidates, i, tested, t, scales),
    );
    return nearestOf(distances, count).map((row) => ({
      row,
      distance: distances[row]!,
      steps: stepsBetween(candidates, i, tested, row, scales),
    }));
  });
}

function stepsBetween(A: Matrix, i: number, B: Matrix, j: number, scales: readonly number[]): number[] {
  return scales.map((scale, c) => (A.data[i * A.cols + c]! - B.data[j * B.cols + c]!) / scale);
}

function distanceBetween(A: Matrix, i: number, B: Matrix, j: number, scales: readonly number[]): number {
  let sum = 0;
  for (let c = 0, a = i * A.cols, b = j * B.cols; c < scales.length; c++) {
    const step = (A.data[a + c]! - B.data[b + c]!) / scales[c]!;
    sum += step * step;
  }
  return sqrt(sum);
}

/** The places of the smallest, in rising order. */
function nearestOf(distances: Float64Array, count: number): number[] {
  const found: number[] = [];
  distances.forEach((distance, at) => {
    if (found.length === count && distance >= distances[found[count - 1]!]!) return;
    let place = found.length;
    while (place > 0 && distances[found[place - 1]!]! > distance) place--;
    found.splice(place, 0, at);
    if (found.length > count) found.pop();
  });
  return found;
}

function rangesOf({ rows, cols, data }: Matrix): number[] {
  return Array.from({ length: cols }, (_, j) => {
    let least = Infinity;
    let greatest = -Infinity;
    for (let i = 0; i < rows; i++) {
      least = min(least, data[i * cols + j]!);
      greatest = max(greatest, data[i * cols + j]!);
    }
    return greatest > least ? greatest - least : 1;
  });
}
