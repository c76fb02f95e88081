import type { Matrix } from '@ionloop/linalg';

export function squaredDistance(A: Matrix, i: number, B: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < A.cols; c++) {
    const difference = A.data[i * A.cols + c]! - B.data[j * B.cols + c]!;
    sum += difference * difference;
  }
  return sum;
}

/** How far row i of A is from the nearest row of B in the coordinate that differs most; null where B is empty. */
export function nearestDistance(A: Matrix, i: number, B: Matrix): number | null {
  let nearest = Infinity;
  for (let j = 0; j < B.rows; j++) {
    let largest = 0;
    for (let c = 0; c < A.cols; c++)
      largest = Math.max(largest, Math.abs(A.data[i * A.cols + c]! - B.data[j * B.cols + c]!));
    nearest = Math.min(nearest, largest);
  }
  return B.rows === 0 ? null : nearest;
}
