import { type Matrix, matrix, type Philox } from '@ionloop/linalg';
import type { Space } from '../contract.js';
import { candidatesOf, type Design, Picked } from './design.js';

const mostRounds = 50;

/**
 * Lloyd's clusters of the space, `count` of them beside one that stays at each point to avoid; then the point nearest
 * to each centre. The centre of a category is the one that most have.
 */
export const kMeans: Design = (space, count, rng, avoid) => {
  const free = candidatesOf(space, count, rng, avoid);
  const picked = new Picked(space, Math.min(count, free.length), avoid);
  if (picked.count === 0) return [];
  const X = space.encode(free);
  const fixed = space.encode(avoid);
  const centres = started(space, X, fixed, picked.count, rng);
  const home = new Int32Array(X.rows).fill(-1);
  for (let round = 0; round < mostRounds; round++) {
    let moved = false;
    for (let i = 0; i < X.rows; i++) {
      const own = nearestOf(space, X, i, centres).row;
      const other = nearestOf(space, X, i, fixed);
      const at = other.squared < space.distance.squared(X, i, centres, own) ? -2 : own;
      if (home[i] !== at) moved = true;
      home[i] = at;
    }
    if (!moved) break;
    settleCentres(space, X, home, centres);
  }
  for (let c = 0; c < centres.rows; c++) {
    const order = Array.from({ length: X.rows }, (_, i) => space.distance.squared(X, i, centres, c));
    let best = -1;
    order.forEach((squared, i) => {
      if (squared < (order[best] ?? Infinity) && !picked.points.includes(free[i] ?? {})) best = i;
    });
    picked.take(free[best]);
  }
  return picked.points;
};

/** k-means++: each next centre by chance, the likelier the farther it is from all before it. */
function started(space: Space, X: Matrix, fixed: Matrix, count: number, rng: Philox): Matrix {
  const centres = matrix(count, X.cols);
  const apart = Float64Array.from({ length: X.rows }, (_, i) => nearestOf(space, X, i, fixed).squared);
  for (let c = 0; c < count; c++) {
    const even = c === 0 && fixed.rows === 0;
    const total = even ? X.rows : apart.reduce((sum, squared) => sum + squared, 0);
    let at = total * rng.uniform();
    let chosen = 0;
    for (let i = 0; i < X.rows; i++) {
      at -= even ? 1 : (apart[i] ?? 0);
      if (at < 0 || i === X.rows - 1) {
        chosen = i;
        break;
      }
    }
    centres.data.set(X.data.subarray(chosen * X.cols, (chosen + 1) * X.cols), c * X.cols);
    for (let i = 0; i < X.rows; i++) {
      apart[i] = Math.min(apart[i] ?? 0, space.distance.squared(X, i, centres, c));
    }
  }
  return centres;
}

function nearestOf(
  space: Space,
  X: Matrix,
  i: number,
  centres: Matrix,
): { readonly row: number; readonly squared: number } {
  let [row, least] = [0, Infinity];
  for (let c = 0; c < centres.rows; c++) {
    const squared = space.distance.squared(X, i, centres, c);
    if (squared < least) [row, least] = [c, squared];
  }
  return { row, squared: least };
}

/** A centre that nothing belongs to stays where it is. */
function settleCentres(space: Space, X: Matrix, home: Int32Array, centres: Matrix): void {
  const isCategory = new Set(space.categorical);
  for (let c = 0; c < centres.rows; c++) {
    const members = [...home.keys()].filter((i) => home[i] === c);
    if (members.length === 0) continue;
    for (let j = 0; j < X.cols; j++) {
      const values = members.map((i) => X.data[i * X.cols + j] ?? 0);
      centres.data[c * X.cols + j] = isCategory.has(j)
        ? mostFrequent(values)
        : values.reduce((sum, value) => sum + value, 0) / values.length;
    }
  }
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most] = [0, 0];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
