import type { Dimension } from '../api/space.js';

/** Where a value stands in its dimension's range: 0 at the low end, 1 at the high one. */
export function shareOf({ min, max, scale }: Dimension, value: number): number {
  if (!(max > min)) return 0.5;
  if (scale === 'log') return (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min));
  return (value - min) / (max - min);
}

/** Between two points, in the dimension that differs most, as a share of its range; choices are alike or not. */
export function distance(axes: readonly Dimension[], one: unknown, other: unknown): number {
  return axes.reduce((most, axis) => {
    const [a, b] = [axis.of(one), axis.of(other)];
    if (a === null || b === null) return most;
    const apart = axis.choices ? Number(a !== b) : Math.abs(shareOf(axis, a) - shareOf(axis, b));
    return Math.max(most, apart);
  }, 0);
}

export interface Near<P> {
  readonly point: P;
  readonly distance: number;
}

/** The nearest of some points. */
export function nearestOf<P extends { readonly point: unknown }>(
  axes: readonly Dimension[],
  from: unknown,
  points: readonly P[],
): Near<P> | null {
  return points.reduce<Near<P> | null>((near, point) => {
    const apart = distance(axes, from, point.point);
    return near !== null && near.distance <= apart ? near : { point, distance: apart };
  }, null);
}
