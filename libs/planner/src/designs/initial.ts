import type { PlanRequest, Proposal } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { unmodelled } from './unmodelled.js';

/** Points far from each other and from all that is known; the first `open` of them belong to the initial design. */
export function designPoints(
  space: Space,
  { observations, failures, pending, strategy, experimentsSoFar }: PlanRequest,
  count: number,
  open: number,
  rng: Philox,
): readonly Proposal[] {
  if (count === 0) return [];
  const known = [...observations.map(({ point }) => point), ...failures, ...pending];
  return space
    .initialDesign(count, rng.split('initial design'), known)
    .map((point, i) =>
      unmodelled(
        point,
        i < open
          ? `Initial design, ${experimentsSoFar + i + 1} of ${strategy.initial}: as far as possible from every other point, before a model knows better.`
          : 'As far as possible from every other point: too few results yet for a model.',
      ),
    );
}
