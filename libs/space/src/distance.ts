import type { Matrix } from '@ionloop/linalg';

const { abs, max } = Math;

/** How far encoded points are from each other. A column of category numbers is 0 where they agree and 1 where not. */
export interface Distance {
  /** Σ (a_c − b_c)² over the columns, of row i of A and row j of B. */
  squared(A: Matrix, i: number, B: Matrix, j: number): number;
  /** The largest |a_c − b_c|. */
  largest(A: Matrix, i: number, B: Matrix, j: number): number;
  /** The mean of `squared` over all pairs of rows of A, a row and itself among them. */
  meanSquared(A: Matrix): number;
}

export function distanceBy(categorical: readonly number[]): Distance {
  const isCategory = new Set(categorical);
  const plain = (A: Matrix, i: number, B: Matrix, j: number, c: number): number =>
    (A.data[i * A.cols + c] ?? 0) - (B.data[j * B.cols + c] ?? 0);
  const byKind = (A: Matrix, i: number, B: Matrix, j: number, c: number): number => {
    const away = plain(A, i, B, j, c);
    return away !== 0 && isCategory.has(c) ? 1 : away;
  };
  const difference = categorical.length > 0 ? byKind : plain;
  return {
    squared(A, i, B, j) {
      let sum = 0;
      for (let c = 0; c < A.cols; c++) {
        const away = difference(A, i, B, j, c);
        sum += away * away;
      }
      return sum;
    },
    largest(A, i, B, j) {
      let most = 0;
      for (let c = 0; c < A.cols; c++) most = max(most, abs(difference(A, i, B, j, c)));
      return most;
    },
    meanSquared(A) {
      let total = 0;
      for (let c = 0; c < A.cols; c++) {
        total += isCategory.has(c) ? disagreement(A, c) / 2 : variance(A, c);
      }
      return 2 * total;
    },
  };
}

function variance(A: Matrix, c: number): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < A.rows; i++) {
    const value = A.data[i * A.cols + c] ?? 0;
    sum += value;
    squares += value * value;
  }
  return squares / A.rows - (sum / A.rows) * (sum / A.rows);
}

/** The share of pairs of rows whose categories differ. */
function disagreement(A: Matrix, c: number): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < A.rows; i++) {
    const category = A.data[i * A.cols + c] ?? 0;
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  let agree = 0;
  for (const count of counts.values()) agree += (count / A.rows) * (count / A.rows);
  return 1 - agree;
}
