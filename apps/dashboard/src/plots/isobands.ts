import type { Triangle, Vertex } from './mesh.js';

/** A band of values and the polygons, linear between the vertices, in which a field has them. */
export interface Isoband {
  readonly low: number;
  readonly high: number;
  readonly polygons: readonly (readonly Vertex[])[];
}

const between = (p: Vertex, q: Vertex, value: number): Vertex => {
  const t = (value - p.value) / (q.value - p.value);
  return { x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y), value };
};

/** Cuts away the part of a polygon on the wrong side of a level. */
function clip(polygon: readonly Vertex[], level: number, keep: 'above' | 'below'): readonly Vertex[] {
  const inside = ({ value }: Vertex): boolean => (keep === 'above' ? value >= level : value <= level);
  return polygon.flatMap((vertex, i) => {
    const next = polygon[(i + 1) % polygon.length];
    const own = inside(vertex) ? [vertex] : [];
    return next && inside(vertex) !== inside(next) ? [...own, between(vertex, next, level)] : own;
  });
}

/** Divides a field into `count` bands of equal width over its range. */
export function isobands(
  mesh: readonly Triangle[],
  range: readonly [number, number],
  count: number,
): readonly Isoband[] {
  const [low, high] = range;
  const width = (high - low) / count;
  return Array.from({ length: count }, (_, i) => {
    const from = low + i * width;
    const to = i === count - 1 ? high : from + width;
    const polygons = mesh.flatMap((triangle) => {
      const values = triangle.map(({ value }) => value);
      if (Math.max(...values) < from || Math.min(...values) > to) return [];
      const polygon = clip(clip(triangle, from, 'above'), to, 'below');
      return polygon.length < 3 ? [] : [polygon];
    });
    return { low: from, high: to, polygons };
  });
}

export const areaOf = (polygon: readonly { readonly x: number; readonly y: number }[]): number =>
  Math.abs(
    polygon.reduce((sum, p, i) => {
      const q = polygon[(i + 1) % polygon.length] ?? p;
      return sum + p.x * q.y - q.x * p.y;
    }, 0) / 2,
  );
