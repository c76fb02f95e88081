import type { PlanRequest, Point, Proposal } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { isOwn } from '../knowledge/knowledge.js';
import { unmodelled } from './unmodelled.js';

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
  return designed(space, request, count, rng).map((point, i) =>
    unmodelled(
      point,
      i < open
        ? `Initial design, ${experimentsSoFar + i + 1} of ${strategy.initial}: ${where[design]}, before a model knows better.`
        : `${where[design].replace(/^./, (c) => c.toUpperCase())}: too few results yet for a model.`,
    ),
  );
}

const where = {
  spread: 'as far as possible from every other point',
  sobol: 'one of a draw that fills the space evenly',
  random: 'drawn at random',
} as const;

function designed(
  space: Space,
  { observations, failures, pending, strategy }: PlanRequest,
  count: number,
  rng: Philox,
): readonly Point[] {
  const known = [...observations.filter(isOwn).map(({ point }) => point), ...failures, ...pending];
  const stream = rng.split('initial design');
  const { design = 'spread' } = strategy;
  if (design === 'spread') return space.initialDesign(count, stream, known);
  const taken = new Set(known.map(space.key));
  const points =
    design === 'random' && space.size !== null && space.size <= mostShuffled
      ? stream.choose(space.size, space.size).map((i) => space.enumerate()[i]!)
      : space.sample(count + taken.size, stream);
  return points.filter((point) => !taken.has(space.key(point))).slice(0, count);
}

const mostShuffled = 20_000;
