import { type DesignName, invalidInput, type Point, shown } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '../contract.js';
import { type Design, candidatesOf, Picked } from './design.js';
import { kMeans } from './k-means.js';
import { latinHypercube } from './latin-hypercube.js';
import { maximin } from './maximin.js';
import { random } from './random.js';
import { simplexLattice } from './simplex-lattice.js';
import { sobolDesign } from './sobol.js';
import { spread } from './spread.js';

const spreadDesign: Design = (space, count, rng, avoid) => {
  const free = candidatesOf(space, count, rng, avoid);
  const picked = spread(space.encode(free), space.encode(avoid), count, rng, space.distance);
  return picked.map((i) => free[i]).filter((point) => point !== undefined);
};

/** Ways to start a campaign, by name. */
export const designs = {
  /** Every part of the space has a point near it: facility location. */
  spread: spreadDesign,
  /** The smallest distance of two points is as large as can be. */
  maximin,
  /** A scrambled low-discrepancy sequence. */
  sobol: sobolDesign,
  /** One point in each of `count` equal parts of every number. */
  'latin-hypercube': latinHypercube,
  /** Scheffé's lattice over a mixture: pure components first, then halves, thirds and so on. */
  'simplex-lattice': simplexLattice,
  /** The space in as many clusters, and the point nearest to the centre of each. */
  'k-means': kMeans,
  random,
} as const satisfies Record<DesignName, Design>;

export function designed(
  space: Space,
  count: number,
  rng: Philox,
  avoid: readonly Point[],
  name: DesignName,
): readonly Point[] {
  if (!Object.hasOwn(designs, name)) {
    throw invalidInput(
      'design',
      `there is no design ${shown(name)}; there are ${Object.keys(designs).join(', ')}`,
    );
  }
  const points = designs[name](space, count, rng, avoid);
  if (points.length >= count) return points;
  const picked = new Picked(space, count, avoid);
  for (const point of points) picked.take(point);
  for (const point of random(space, picked.missing, rng, [...avoid, ...points])) picked.take(point);
  return picked.points;
}
