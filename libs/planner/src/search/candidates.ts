import type { Point } from '@ionloop/domain';
import { type Matrix, type Philox, selectRows } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { type Expectation, mostPromising } from './promising.js';

/** Points that may be proposed, with their encoding. */
export interface Candidates {
  readonly points: readonly Point[];
  readonly keys: readonly string[];
  readonly X: Matrix;
}

const mostListed = 20_000;
const drawn = 1024;
const incumbents = 5;
const nearEach = 60;
/** Of a long pool, for each thing that is expected of its candidates. */
const promising = 2000;

/** Whether a space is scored whole. */
export const isListed = (space: Space): boolean => space.size !== null && space.size <= mostListed;

/** Whether all points are looked at: what is expected of each costs little, and the neighbours in a pool lead nowhere in particular. */
export const isWeighed = (space: Space): boolean =>
  isListed(space) ||
  (space.size !== null && space.spec.parameters.some((parameter) => parameter.kind === 'pool'));

/**
 * Everything that is free in a small space. Of a long pool an even draw and the candidates of which most is expected; elsewhere an even draw and the
 * surroundings of the best points so far.
 */
export function candidatesOf(
  space: Space,
  taken: ReadonlySet<string>,
  best: readonly Point[],
  expectations: readonly Expectation[],
  rng: Philox,
): Candidates {
  if (isListed(space)) return without(listing(space), taken);
  if (isWeighed(space)) {
    const drawnEvenly = space.sample(drawn, rng.split('everywhere'));
    return free(space, [...drawnEvenly, ...mostPromising(space, expectations, promising)], taken);
  }
  const points = [
    ...space.sample(drawn, rng.split('everywhere')),
    ...best
      .slice(0, incumbents)
      .flatMap((point, i) => space.neighbours(point, rng.split(`near-${i}`), nearEach)),
  ];
  return free(space, points, taken);
}

const listings = new WeakMap<Space, Candidates>();

/** All points of a space that is listed, kept with it. */
export function listing(space: Space): Candidates {
  const kept = listings.get(space);
  if (kept) return kept;
  const all = listed(space);
  listings.set(space, all);
  return all;
}

function listed(space: Space): Candidates {
  const points = space.enumerate();
  const keys = points.map(space.key);
  if (new Set(keys).size < keys.length) return free(space, points, new Set());
  return { points, keys, X: space.encodeListed(0, points.length) };
}

/** New candidates around some that scored well. */
export function around(
  space: Space,
  points: readonly Point[],
  taken: ReadonlySet<string>,
  rng: Philox,
  hold: (points: readonly Point[]) => readonly Point[] = (near) => near,
): Candidates {
  return free(
    space,
    hold(points.flatMap((point, i) => space.neighbours(point, rng.split(`around-${i}`), nearEach))),
    taken,
  );
}

export function without(candidates: Candidates, taken: ReadonlySet<string>): Candidates {
  const { points, keys, X } = candidates;
  const kept: number[] = [];
  for (let i = 0; i < keys.length; i++) if (!taken.has(keys[i]!)) kept.push(i);
  if (kept.length === keys.length) return candidates;
  return { points: kept.map((i) => points[i]!), keys: kept.map((i) => keys[i]!), X: selectRows(X, kept) };
}

/** Different points that are not taken. */
export function free(space: Space, points: readonly Point[], taken: ReadonlySet<string>): Candidates {
  const byKey = new Map<string, Point>();
  for (const point of points) {
    const key = space.key(point);
    if (!taken.has(key) && !byKey.has(key)) byKey.set(key, point);
  }
  const kept = [...byKey.values()];
  return { points: kept, keys: [...byKey.keys()], X: space.encode(kept) };
}
