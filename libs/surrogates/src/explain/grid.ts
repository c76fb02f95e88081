import { InvalidArgumentError, requireCount, requireFinite, type Matrix } from '@ionloop/linalg';

const { floor } = Math;

/**
 * The values of column j at `points` equally spaced quantiles from least to greatest, each once; where the column holds no more different values
 * than that, those. Gaps (NaN) are left out.
 */
export function quantileGrid(X: Matrix, j: number, points: number): number[] {
  requireCount('options.points', points, 2);
  const values = Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + j]!)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (values.length === 0) throw new InvalidArgumentError('X', `must have a value in column ${j}`);
  const different = values.filter((value, i) => i === 0 || value !== values[i - 1]);
  if (different.length <= points) return Array.from(different);
  const grid = Array.from({ length: points }, (_, p) => quantile(values, p / (points - 1)));
  return grid.filter((value, p) => p === 0 || value !== grid[p - 1]);
}

/** Of sorted values, linear between them. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = floor(place);
  const part = place - below;
  return part === 0 ? sorted[below]! : sorted[below]! * (1 - part) + sorted[below + 1]! * part;
}

export function requireGrid(name: string, values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new InvalidArgumentError(name, 'must hold at least one value');
  requireFinite(name, Float64Array.from(values));
  return [...values];
}
