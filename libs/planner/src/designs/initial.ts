import type { DesignName, PlanRequest, Point, Proposal } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { isOwn } from '../knowledge/knowledge.js';
import { unmodelled } from './unmodelled.js';
import { pricesDiffer, withinMeans } from './within-means.js';

/** The first `open` of `count` points belong to the initial design. */
export function designPoints(
  space: Space,
  request: PlanRequest,
  count: number,
  open: number,
  rng: Philox,
): readonly Proposal[] {
  if (count === 0) return [];
  const { strategy, experimentsSoFar } = request;
  const design = strategy.design ?? 'spread';
  const place = `${where[design]}${isPriced(request) ? ', or nearby where it costs less' : ''}`;
  return designed(space, request, count, open, rng).map((point, i) =>
    unmodelled(
      point,
      i < open
        ? `Initial design, ${experimentsSoFar + i + 1} of ${strategy.initial}: ${place}, before a model knows better.`
        : `${place.replace(/^./, (c) => c.toUpperCase())}: too few results yet for a model.`,
    ),
  );
}

const isPriced = ({ cost }: PlanRequest): boolean => cost !== undefined && pricesDiffer(cost);

const where = {
  spread: 'as far as possible from every other point',
  maximin: 'as far as possible from its nearest neighbour',
  sobol: 'one of a draw that fills the space evenly',
  'latin-hypercube': 'one of a Latin hypercube',
  'simplex-lattice': 'one of a simplex lattice',
  'k-means': 'the middle of a part of the space',
  random: 'drawn at random',
} as const satisfies Record<DesignName, string>;

function designed(
  space: Space,
  { observations, failures, pending, avoid = [], strategy, cost }: PlanRequest,
  count: number,
  open: number,
  rng: Philox,
): readonly Point[] {
  const known = [...observations.filter(isOwn).map(({ point }) => point), ...failures, ...pending, ...avoid];
  const stream = rng.split('initial design');
  if (cost === undefined || !pricesDiffer(cost)) {
    return space.initialDesign(count, stream, known, strategy.design);
  }
  // What may be spent is shared by all that is still to come of it.
  const whole = space.initialDesign(Math.max(count, open), stream, known, strategy.design);
  return withinMeans(whole, { space, cost, known, rng: rng.split('means') }).slice(0, count);
}
