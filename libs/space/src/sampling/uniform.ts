import type { Point } from '@ionloop/domain';
import { largestSobolDimension, type Philox, sobol } from '@ionloop/linalg';

/** Owen-scrambled Sobol points; beyond the dimensions that sequence has, plain uniform ones. */
export function uniformRows(dimension: number, count: number, rng: Philox): readonly (readonly number[])[] {
  if (dimension > largestSobolDimension || dimension === 0) {
    return Array.from({ length: count }, () => Array.from({ length: dimension }, () => rng.uniform()));
  }
  const { data } = sobol(dimension, count, { seed: rng.integer(4294967296) });
  return Array.from({ length: count }, (_, i) =>
    Array.from(data.subarray(i * dimension, (i + 1) * dimension)),
  );
}

/** Draws until `count` different points are found or several rounds have brought nothing new. */
export function distinct(
  count: number,
  key: (point: Point) => string,
  draw: (count: number) => readonly Point[],
): readonly Point[] {
  const found = new Map<string, Point>();
  let idle = 0;
  while (found.size < count && idle < 5) {
    const before = found.size;
    for (const point of draw(count)) {
      const name = key(point);
      if (found.size < count && !found.has(name)) found.set(name, point);
    }
    idle = found.size === before ? idle + 1 : 0;
  }
  return [...found.values()];
}
