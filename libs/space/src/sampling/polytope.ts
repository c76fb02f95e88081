import type { Philox } from '@ionloop/linalg';
import { maximise } from './simplex.js';

const { max, min, sqrt } = Math;
const { isFinite } = Number;
const endless = Infinity;

/**
 * Hit-and-run in {x ≥ 0 : low_r ≤ a_r·x ≤ high_r}: along a random direction inside the plane that the equalities leave, a
 * point between the walls by a slice of the density (uniform where none is given), shrunk towards the present point
 * until it is `allowed`. Each step keeps the density, so the walk's points have it after enough of them.
 */
export interface Polytope {
  readonly dimension: number;
  /** Equal bounds make an equality. */
  readonly rows: readonly { readonly a: readonly number[]; readonly low: number; readonly high: number }[];
}

export interface Target {
  allowed(x: readonly number[]): boolean;
  /** Above 0. */
  density(x: readonly number[]): number;
}

type Vector = ArrayLike<number>;

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function along(x: Vector, direction: Vector, t: number): number[] {
  const moved = Array<number>(x.length);
  for (let i = 0; i < x.length; i++) moved[i] = (x[i] ?? 0) + t * (direction[i] ?? 0);
  return moved;
}

/** Orthonormal rows that span the equalities. */
function planeOf({ rows }: Polytope): readonly Float64Array[] {
  const plane: Float64Array[] = [];
  for (const { a, low, high } of rows) {
    if (low !== high) continue;
    const rest = Float64Array.from(a);
    project(plane, rest);
    project(plane, rest);
    const length = sqrt(dot(rest, rest));
    if (length > 1e-10 * sqrt(dot(a, a))) plane.push(rest.map((value) => value / length));
  }
  return plane;
}

/** Takes out of `a` what lies along the rows. */
function project(plane: readonly Float64Array[], a: Float64Array): void {
  for (const row of plane) {
    const share = dot(a, row);
    for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) - share * (row[i] ?? 0);
  }
}

export function hitAndRun(polytope: Polytope, target: Target) {
  const { dimension } = polytope;
  const plane = planeOf(polytope);
  const walls = polytope.rows
    .filter(({ low, high }) => low !== high)
    .map(({ a, low, high }) => ({ a: Float64Array.from(a), low, high }));
  const direction = new Float64Array(dimension);
  return (x: readonly number[], rng: Philox): readonly number[] => {
    if (rng.uniform() < 0.5) {
      direction.fill(0);
      direction[rng.integer(dimension)] = 1;
    } else for (let i = 0; i < dimension; i++) direction[i] = rng.normal();
    project(plane, direction);
    project(plane, direction);
    if (dot(direction, direction) < 1e-18) return x;
    let [from, to] = [-endless, endless];
    for (const { a, low, high } of walls) {
      const speed = dot(a, direction);
      if (speed === 0) continue;
      const here = dot(a, x);
      const [first, second] = [(low - here) / speed, (high - here) / speed];
      from = max(from, min(first, second));
      to = min(to, max(first, second));
    }
    if (!(from < to) || !isFinite(to - from)) return x;
    [from, to] = [min(from, 0), max(to, 0)];
    const level = target.density(x) * rng.uniform();
    for (let attempt = 0; attempt < 60; attempt++) {
      const t = from + (to - from) * rng.uniform();
      const next = along(x, direction, t);
      if (target.density(next) >= level && target.allowed(next)) return next;
      if (t < 0) from = t;
      else to = t;
    }
    return x;
  };
}

/** Nearer to a wall than this, a polytope has no inside. */
const flat = 1e-8;
const farthestWall = 0.5;

/**
 * The polytope with a point inside, as far from the nearest wall as can be. Walls on which all of it lies have become
 * equalities, so that the point is inside of what is left. Null where nothing satisfies the rows.
 */
export function opened(
  polytope: Polytope,
): { readonly polytope: Polytope; readonly start: readonly number[] } | null {
  const { dimension, rows } = polytope;
  const start = deepest(polytope);
  if (!start) return null;
  if ((start[dimension] ?? 0) > flat) return { polytope, start: start.slice(0, dimension) };
  const closed = rows.map((row) => {
    const { a, low, high } = row;
    if (low === high) return row;
    const most = maximise(a, rows);
    const least = maximise(
      a.map((value) => -value),
      rows,
    );
    const size = sqrt(dot(a, a)) * flat;
    if (most && dot(a, most) < low + size) return { a, low, high: low };
    if (least && dot(a, least) > high - size) return { a, low: high, high };
    return row;
  });
  const flattened = { dimension, rows: closed };
  const inside = deepest(flattened) ?? start;
  return { polytope: flattened, start: inside.slice(0, dimension) };
}

/** A point and, behind it, how far it is from the nearest wall. */
function deepest({ dimension, rows }: Polytope): readonly number[] | null {
  const withMargin = rows.flatMap(({ a, low, high }) => {
    const margin = low === high ? 0 : sqrt(dot(a, a));
    return [
      ...(isFinite(high) ? [{ a: [...a, margin], low: low === high ? low : -Infinity, high }] : []),
      ...(isFinite(low) && low !== high ? [{ a: [...a, -margin], low, high: Infinity }] : []),
    ];
  });
  const margin = Array<number>(dimension + 1).fill(0);
  margin[dimension] = 1;
  return maximise(margin, [...withMargin, { a: margin, low: 0, high: farthestWall }]);
}
