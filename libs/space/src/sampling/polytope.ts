import type { Philox } from '@ionloop/linalg';

/**
 * Hit-and-run in {x : low_r ≤ a_r·x ≤ high_r}: along a random direction inside the plane that the equalities leave, a
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

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const along = (x: readonly number[], direction: readonly number[], t: number): readonly number[] =>
  x.map((value, i) => value + t * (direction[i] ?? 0));

/** Orthonormal rows that span the equalities. */
function planeOf({ rows }: Polytope): readonly (readonly number[])[] {
  const plane: (readonly number[])[] = [];
  for (const { a, low, high } of rows) {
    if (low !== high) continue;
    const rest = outside(plane, outside(plane, a));
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-10 * Math.sqrt(dot(a, a))) plane.push(rest.map((value) => value / length));
  }
  return plane;
}

const outside = (plane: readonly (readonly number[])[], a: readonly number[]): readonly number[] =>
  plane.reduce((rest, row) => along(rest, row, -dot(rest, row)), a);

export function hitAndRun(polytope: Polytope, target: Target) {
  const plane = planeOf(polytope);
  const walls = polytope.rows.filter(({ low, high }) => low !== high);
  return (x: readonly number[], rng: Philox): readonly number[] => {
    const single = rng.uniform() < 0.5 ? rng.integer(polytope.dimension) : null;
    const free = x.map((_, i) => (single === null ? rng.normal() : i === single ? 1 : 0));
    const direction = outside(plane, outside(plane, free));
    if (dot(direction, direction) < 1e-18) return x;
    let [from, to] = [-Infinity, Infinity];
    for (const { a, low, high } of walls) {
      const speed = dot(a, direction);
      if (speed === 0) continue;
      const [first, second] = [(low - dot(a, x)) / speed, (high - dot(a, x)) / speed];
      from = Math.max(from, Math.min(first, second));
      to = Math.min(to, Math.max(first, second));
    }
    if (!(from < to) || !Number.isFinite(to - from)) return x;
    [from, to] = [Math.min(from, 0), Math.max(to, 0)];
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

const sweeps = 3000;

/** A point inside, by projecting on one row after the other, as far from the walls as `margins` allow; null where none is found. */
export function pointInside({ rows }: Polytope, start: readonly number[]): readonly number[] | null {
  for (const margin of [0.1, 0.02, 0.003, 0.0003, 0]) {
    let x = start;
    for (let sweep = 0; sweep < sweeps; sweep++) {
      let worst = 0;
      for (const { a, low, high } of rows) {
        const squares = dot(a, a);
        if (squares === 0) {
          if (low > 1e-9 || high < -1e-9) return null;
          continue;
        }
        const wall = margin * Math.min(Math.sqrt(squares), (high - low) / 2 || 0);
        const value = dot(a, x);
        const missing =
          value < low + wall ? low + wall - value : value > high - wall ? high - wall - value : 0;
        if (missing === 0) continue;
        worst = Math.max(worst, Math.abs(missing) / Math.sqrt(squares));
        x = along(x, a, missing / squares);
      }
      if (worst < 1e-13) return x;
    }
  }
  return null;
}
