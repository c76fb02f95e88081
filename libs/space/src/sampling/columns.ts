import type { LinearRow } from '../constraints/constraint.js';
import type { Part, RelaxedAxis } from '../part.js';
import type { Polytope } from './polytope.js';

/** A number between bounds that linear constraints can speak of, as a coordinate from 0 to 1. */
export interface LinearColumn {
  /** As constraints call it. */
  readonly name: string;
  /** The mixture of which it is a fraction. */
  readonly whole: string | null;
  readonly min: number;
  readonly max: number;
}

export const nameOf = (part: Part, { component }: RelaxedAxis): string =>
  component === null ? part.name : `${part.name}.${component}`;

/** Walls of the cube, mixtures that sum to one, and all linear constraints, in coordinates. */
export function polytopeOf(
  columns: readonly LinearColumn[],
  rows: readonly LinearRow[],
  /** What a number is that is no column. */
  fixed: (term: LinearRow['terms'][number]) => number,
): Polytope {
  const at = new Map(columns.map(({ name }, i) => [name, i]));
  const dimension = columns.length;
  const line = (entries: readonly (readonly [number, number])[], low: number, high: number) => {
    const a = Array<number>(dimension).fill(0);
    let shift = 0;
    for (const [i, times] of entries) {
      const { min = 0, max = 1 } = columns[i] ?? {};
      a[i] = (a[i] ?? 0) + times * (max - min);
      shift += times * min;
    }
    return { a, low: low - shift, high: high - shift };
  };
  const cube = columns.map((_, i) => ({ a: columns.map((__, j) => (i === j ? 1 : 0)), low: 0, high: 1 }));
  const mixtures = new Set(columns.flatMap(({ whole }) => whole ?? []));
  const wholes = [...mixtures].map((mixture) =>
    line(
      columns.flatMap(({ whole }, i) => (whole === mixture ? [[i, 1] as const] : [])),
      1,
      1,
    ),
  );
  const linear = rows.map(({ terms, low, high }) => {
    const entries: (readonly [number, number])[] = [];
    let known = 0;
    for (const term of terms) {
      const i = at.get(term.of.name);
      if (i !== undefined) entries.push([i, term.times]);
      else known += term.times * fixed(term);
    }
    return line(entries, low - known, high - known);
  });
  return { dimension, rows: [...cube, ...wholes, ...linear] };
}
