import type { Point } from '@ionloop/domain';
import { exp, log, type Philox } from '@ionloop/linalg';
import type { Constraint } from '../constraints/constraint.js';
import type { Part, RelaxedAxis } from '../part.js';
import { type LinearColumn, nameOf, polytopeOf } from './columns.js';
import { hitAndRun, opened } from './polytope.js';
import { settled } from './settle.js';

/** A number of a point as a coordinate from 0 to 1. */
interface Coordinate extends LinearColumn {
  readonly part: Part;
  readonly axis: RelaxedAxis;
  /** Moved in its logarithm, where no linear constraint speaks of it. */
  readonly inLog: boolean;
}

/** A walk over the points that share the choices of one of them. */
export interface Walk {
  next(rng: Philox): Point | null;
}

/** From the middle to somewhere, and from there to where the constraints hold. */
const strayingSteps = 40;
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
  const at = new Map(coordinates.map(({ name }, i) => [name, i]));
  const numberAt = (z: readonly number[], i: number): number => {
    const { min = 0, max = 1, inLog = false } = coordinates[i] ?? {};
    const u = z[i] ?? 0;
    return inLog ? min * exp(u * log(max / min)) : min + u * (max - min);
  };
  const inside = opened(
    polytopeOf(coordinates, rows, ({ of }) => (of.component === null ? Number(of.of(given)) : 0)),
  );
  if (!inside) return null;
  const { polytope } = inside;
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
  const missing = (z: readonly number[]): number => {
    const point = rawPoint(z);
    return curved.reduce((sum, one) => sum + (one.missing?.(point) ?? (one.holds(point) ? 0 : 1)), 0);
  };

  const dimension = coordinates.length;
  let here = inside.start;
  if (curved.length > 0) {
    let left = Infinity;
    const anywhere = hitAndRun(polytope, { allowed: () => true, density: () => 1 });
    const nearer = hitAndRun(polytope, { allowed: (z) => missing(z) <= left, density: () => 1 });
    for (let i = 0; i < strayingSteps; i++) here = anywhere(here, rng);
    for (let i = 0; !allowed(here); i++) {
      if (i === startingSteps) return null;
      left = missing(here);
      here = nearer(here, rng);
    }
  }
  const step = hitAndRun(polytope, { allowed, density });
  for (let i = 0; i < 40 * dimension + 100; i++) here = step(here, rng);
  return {
    next(random) {
      for (let i = 0; i < 6 * dimension + 10; i++) here = step(here, random);
      return settled(parts, constraints, (part) => numbersOf(part, here), given, check);
    },
  };
}

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
    const { component } = axis;
    const name = nameOf(part, axis);
    const whole = component === null ? null : part.name;
    return [{ part, axis, name, whole, min: axis.min - pad, max: axis.max + pad, inLog }];
  });
}
