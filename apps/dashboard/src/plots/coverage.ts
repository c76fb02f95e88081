import type { Dimension } from '../api/space.js';
import { nearestOf, shareOf } from './distance.js';
import type { MapPoint } from './map-data.js';

export interface Cell {
  /** From and to as shares of the range. */
  readonly from: number;
  readonly to: number;
  /** In the dimension's own words. */
  readonly text: string;
  readonly count: number;
}

export interface AxisCoverage {
  readonly axis: Dimension;
  readonly cells: readonly Cell[];
  /** Of the cells, those with an experiment. */
  readonly reached: number;
}

const cellsOfARange = 10;

const valueAt = ({ min, max, scale }: Dimension, share: number): number =>
  scale === 'log'
    ? Math.exp(Math.log(min) + share * (Math.log(max) - Math.log(min)))
    : min + share * (max - min);

/** How many experiments lie in each part of a dimension: ten equal parts, or one a choice. */
export function coverageOf(
  axis: Dimension,
  points: readonly Pick<MapPoint, 'point'>[],
  write: (value: number) => string,
): AxisCoverage {
  const count = axis.choices?.length ?? cellsOfARange;
  const counts = new Array<number>(count).fill(0);
  for (const { point } of points) {
    const value = axis.of(point);
    if (value === null) continue;
    const at = axis.choices ? value : Math.floor(shareOf(axis, value) * count + 1e-9);
    const cell = Math.min(count - 1, Math.max(0, at));
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const cells = counts.map((own, i) => {
    const [from, to] = [i / count, (i + 1) / count];
    const text = axis.choices?.[i] ?? `${write(valueAt(axis, from))} to ${write(valueAt(axis, to))}`;
    return { from, to, text, count: own };
  });
  return { axis, cells, reached: cells.filter((cell) => cell.count > 0).length };
}

export interface Emptiest {
  readonly point: unknown;
  /** To the nearest experiment, as a share of the range. */
  readonly distance: number;
}

/** Of the places of a space the one that is farthest from every experiment. */
export function emptiestOf(
  axes: readonly Dimension[],
  places: readonly unknown[],
  points: readonly MapPoint[],
): Emptiest | null {
  if (points.length === 0) return null;
  return places.reduce<Emptiest | null>((emptiest, point) => {
    const near = nearestOf(axes, point, points)?.distance ?? 0;
    return emptiest !== null && emptiest.distance >= near ? emptiest : { point, distance: near };
  }, null);
}
