import { place, type Position } from './ternary.js';

export interface Vertex extends Position {
  readonly value: number;
}
export type Triangle = readonly [Vertex, Vertex, Vertex];

/** The smallest gap between distinct values: the step of the lattice that they lie on. */
export function stepOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const range = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  let step = range;
  for (let i = 1; i < sorted.length; i++) {
    const gap = (sorted[i] ?? 0) - (sorted[i - 1] ?? 0);
    if (gap > range * 1e-4 && gap < step) step = gap;
  }
  return step;
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);

/**
 * Triangles between neighbouring compositions of a lattice. A composition that is missing, as outside the bounds,
 * leaves a gap.
 */
export function ternaryMesh(
  points: readonly { readonly a: number; readonly b: number; readonly c: number; readonly value: number }[],
): readonly Triangle[] {
  const step = Math.max(stepOf(points.map(({ a }) => a)), stepOf(points.map(({ b }) => b)));
  if (!(step > 0)) return [];
  const a0 = least(points.map(({ a }) => a));
  const b0 = least(points.map(({ b }) => b));
  const vertices = new Map<string, Vertex>();
  for (const { a, b, c, value } of points) {
    const key = `${Math.round((a - a0) / step)},${Math.round((b - b0) / step)}`;
    vertices.set(key, { ...place(a, b, c), value });
  }
  return triangles(vertices, [
    [1, 0, 0, 1],
    [1, 0, 1, -1],
  ]);
}

/** Two triangles to each cell of a rectangular grid; x and y as they are to be drawn. */
export function planeMesh(points: readonly Vertex[]): readonly Triangle[] {
  const index = (values: readonly number[]): ReadonlyMap<number, number> =>
    new Map([...new Set(values)].sort((a, b) => a - b).map((value, i) => [value, i]));
  const columns = index(points.map(({ x }) => x));
  const rows = index(points.map(({ y }) => y));
  const vertices = new Map(
    points.map((point) => [`${columns.get(point.x) ?? 0},${rows.get(point.y) ?? 0}`, point]),
  );
  return triangles(vertices, [
    [1, 0, 0, 1],
    [-1, 0, 0, -1],
  ]);
}

/** At each vertex, the triangles with the vertices at the given offsets: (i₁, j₁, i₂, j₂). */
function triangles(
  vertices: ReadonlyMap<string, Vertex>,
  offsets: readonly (readonly [number, number, number, number])[],
): readonly Triangle[] {
  return [...vertices].flatMap(([key, vertex]) => {
    const [i = 0, j = 0] = key.split(',').map(Number);
    return offsets.flatMap(([i1, j1, i2, j2]): Triangle[] => {
      const second = vertices.get(`${i + i1},${j + j1}`);
      const third = vertices.get(`${i + i2},${j + j2}`);
      return second && third ? [[vertex, second, third]] : [];
    });
  });
}
