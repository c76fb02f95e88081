import type { Point } from '@ionloop/domain';
import { exp, log, type Philox } from '@ionloop/linalg';
import type { Constraint, LinearRow } from '../constraints/constraint.js';
import type { Part, RelaxedAxis } from '../part.js';
import { hitAndRun, pointInside, type Polytope } from './polytope.js';
import { settled } from './settle.js';

/** A number of a point as a coordinate from 0 to 1. */
interface Coordinate {
  readonly part: Part;
  readonly axis: RelaxedAxis;
  readonly min: number;
  readonly max: number;
  /** Moved in its logarithm, where no linear constraint speaks of it. */
  readonly inLog: boolean;
}

/** A walk over the points that share the choices of one of them. */
export interface Walk {
  next(rng: Philox): Point | null;
}

const startingSteps = 1000;

/**
 * Through all points with the choices of `given` (categories, levels, candidates, which components are in), or null
 * where the constraints leave none. Where a linear constraint speaks of a logarithmic number, its density is 1/x.
 */
export function walkThrough(
  parts: readonly Part[],
  constraints: readonly Constraint[],
  given: Point,
  rng: Philox,
  check: (point: Point) => boolean,
): Walk | null {
  const rows = constraints.flatMap((constraint) => constraint.rows ?? []);
  const spoken = new Set(rows.flatMap(({ terms }) => terms.map(({ of }) => of.name)));
  const coordinates = parts.flatMap((part) => coordinatesOf(part, given, spoken));
  const at = new Map(coordinates.map(({ part, axis }, i) => [nameOf(part, axis), i]));
  const numberAt = (z: readonly number[], i: number): number => {
    const { min = 0, max = 1, inLog = false } = coordinates[i] ?? {};
    const u = z[i] ?? 0;
    return inLog ? min * exp(u * log(max / min)) : min + u * (max - min);
  };
  const polytope = polytopeOf(coordinates, at, rows, given);
  const rawPoint = (z: readonly number[]): Point =>
    Object.fromEntries(
      parts.map((part) => {
        const numbers = numbersOf(part, z);
        if (!numbers || !part.relaxed) return [part.name, given[part.name] ?? NaN];
        const { axes } = part.relaxed;
        if (axes[0]?.component === null) return [part.name, numbers[0] ?? NaN];
        return [
          part.name,
          Object.fromEntries(axes.map(({ component }, i) => [component ?? '', numbers[i] ?? 0])),
        ];
      }),
    );
  const numbersOf = (part: Part, z: readonly number[]): readonly number[] | null =>
    part.relaxed?.axes.map((axis) => {
      const i = at.get(nameOf(part, axis));
      return i === undefined ? 0 : numberAt(z, i);
    }) ?? null;
  const curved = constraints.filter((constraint) => constraint.rows === null);
  const weighed = coordinates.flatMap(({ axis, inLog }, i) => (axis.logarithmic && !inLog ? [i] : []));
  const density = (z: readonly number[]): number =>
    weighed.reduce((product, i) => product / numberAt(z, i), 1);
  const allowed = (z: readonly number[]): boolean => {
    if (curved.length === 0) return true;
    const point = rawPoint(z);
    return curved.every(({ holds }) => holds(point));
  };

  const dimension = coordinates.length;
  let z = pointInside(
    polytope,
    coordinates.map(() => rng.uniform()),
  );
  if (!z) return null;
  const anywhere = hitAndRun(polytope, { allowed: () => true, density: () => 1 });
  for (let i = 0; !allowed(z); i++) {
    if (i === startingSteps) return null;
    z = anywhere(z, rng);
  }
  let here = z;
  const step = hitAndRun(polytope, { allowed, density });
  for (let i = 0; i < 40 * dimension + 100; i++) here = step(here, rng);
  return {
    next(random) {
      for (let i = 0; i < 6 * dimension + 10; i++) here = step(here, random);
      return settled(parts, constraints, (part) => numbersOf(part, here), given, check);
    },
  };
}

const nameOf = (part: Part, { component }: RelaxedAxis): string =>
  component === null ? part.name : `${part.name}.${component}`;

function coordinatesOf(part: Part, given: Point, spoken: ReadonlySet<string>): readonly Coordinate[] {
  const { relaxed } = part;
  const value = given[part.name];
  if (!relaxed || value === undefined) return [];
  const present = relaxed.support?.(value);
  return relaxed.axes.flatMap((axis, i) => {
    if (present && !present[i]) return [];
    const inLog = axis.logarithmic && !spoken.has(nameOf(part, axis));
    // Half a step more on both sides, so that the outermost settings are drawn as often as others.
    const pad = axis.component === null && !inLog && !axis.logarithmic ? axis.grid / 2 : 0;
    return [{ part, axis, min: axis.min - pad, max: axis.max + pad, inLog }];
  });
}

/** Walls of the cube, mixtures that sum to one, and all linear constraints, in coordinates. */
function polytopeOf(
  coordinates: readonly Coordinate[],
  at: ReadonlyMap<string, number>,
  rows: readonly LinearRow[],
  given: Point,
): Polytope {
  const dimension = coordinates.length;
  const line = (entries: readonly (readonly [number, number])[], low: number, high: number) => {
    const a = Array<number>(dimension).fill(0);
    let shift = 0;
    for (const [i, times] of entries) {
      const { min = 0, max = 1 } = coordinates[i] ?? {};
      a[i] = (a[i] ?? 0) + times * (max - min);
      shift += times * min;
    }
    return { a, low: low - shift, high: high - shift };
  };
  const cube = coordinates.map((_, i) => ({
    a: coordinates.map((__, j) => (i === j ? 1 : 0)),
    low: 0,
    high: 1,
  }));
  const mixtures = new Set(coordinates.flatMap(({ part, axis }) => (axis.component === null ? [] : [part])));
  const wholes = [...mixtures].map((mixture) =>
    line(
      coordinates.flatMap(({ part }, i) => (part === mixture ? [[i, 1] as const] : [])),
      1,
      1,
    ),
  );
  const linear = rows.map(({ terms, low, high }) => {
    const entries: (readonly [number, number])[] = [];
    let fixed = 0;
    for (const { of, times } of terms) {
      const i = at.get(of.name);
      if (i !== undefined) entries.push([i, times]);
      else if (of.component === null) fixed += times * Number(of.of(given));
    }
    return line(entries, low - fixed, high - fixed);
  });
  return { dimension, rows: [...cube, ...wholes, ...linear] };
}
