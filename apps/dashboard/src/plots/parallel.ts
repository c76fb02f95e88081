import type { Dimension } from '../api/space.js';
import { toModel, type Objective } from '../format/objective.js';
import { shareOf } from './distance.js';
import type { MapPoint } from './map-data.js';

export interface ParallelAxis {
  readonly name: string;
  readonly unit: string;
  /** What is written at the two ends, or at each choice. */
  readonly marks: readonly { readonly at: number; readonly text: string }[];
}

export interface ParallelLine {
  readonly experiment: number;
  readonly kind: MapPoint['kind'];
  readonly called?: string | undefined;
  readonly what: string;
  readonly label: string;
  /** In the objective's unit; null of what has no result. */
  readonly value: number | null;
  /** How good: 0 for the poorest result, 1 for the best; null of what has none. */
  readonly merit: number | null;
  /** By axis, as a share of its range. */
  readonly at: readonly (number | null)[];
}

export interface Parallel {
  readonly axes: readonly ParallelAxis[];
  /** The best last, so that it is drawn on top. */
  readonly lines: readonly ParallelLine[];
}

/** Every experiment as a line across the dimensions, and across the value where it has one. */
export function parallelOf(
  dimensions: readonly Dimension[],
  objective: Objective,
  points: readonly MapPoint[],
  write: (value: number) => string,
): Parallel {
  const values = points.flatMap(({ value }) => (value === null ? [] : [toModel(objective, value)]));
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const placed = (value: number): number =>
    high > low ? (toModel(objective, value) - low) / (high - low) : 0.5;
  const ends = points.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
  const [least, most] = [ends[0], ends.at(-1)];
  const lines = points.map(({ experiment, kind, called, what, label, value, point }) => {
    const share = value === null ? null : placed(value);
    return {
      experiment,
      kind,
      called,
      what,
      label,
      value,
      merit: share === null ? null : objective.goal === 'minimise' ? 1 - share : share,
      at: [
        ...dimensions.map((axis) => {
          const own = axis.of(point);
          return own === null ? null : shareOf(axis, own);
        }),
        share,
      ],
    };
  });
  return {
    axes: [
      ...dimensions.map((axis) => ({ name: axis.name, unit: axis.unit, marks: marksOf(axis, write) })),
      {
        name: objective.property,
        unit: objective.unit,
        marks:
          least === undefined || most === undefined
            ? []
            : [
                { at: placed(least), text: write(least) },
                ...(most > least ? [{ at: placed(most), text: write(most) }] : []),
              ],
      },
    ],
    lines: lines.sort((a, b) => (a.merit ?? -1) - (b.merit ?? -1)),
  };
}

function marksOf(axis: Dimension, write: (value: number) => string): ParallelAxis['marks'] {
  if (axis.choices) return axis.choices.map((text, i) => ({ at: shareOf(axis, i), text }));
  return [
    { at: 0, text: write(axis.min) },
    { at: 1, text: write(axis.max) },
  ];
}

/** The best of the lines that have a result, as many as the share says, at least one; the others fade. */
export function bestShare(lines: readonly ParallelLine[], share: number): ReadonlySet<number> {
  const ranked = lines.filter(({ merit }) => merit !== null).sort((a, b) => (b.merit ?? 0) - (a.merit ?? 0));
  return new Set(
    ranked.slice(0, Math.max(1, Math.round(ranked.length * share))).map(({ experiment }) => experiment),
  );
}
