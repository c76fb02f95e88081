import type { Point } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import { around, type Candidates, isWeighed } from '../search/candidates.js';
import { searchByPopulation } from '../search/population.js';
import type { Criterion, ScoringContext } from '../strategies/strategy.js';
import { contextFor } from './beliefs.js';
import { byRank, rank, type Scored } from './rank.js';
import type { Round } from './round.js';

const refinements = 3;
const refined = 5;
/** Those that are refined, and one more: who chooses the best also tells the next. */
const wanted = refined + 1;

export interface Choice {
  /** Best first: the choice and those it was preferred to. */
  readonly ranked: readonly Scored[];
  readonly floor: number;
  readonly context: ScoringContext;
}

/** The best of the candidates and, where not all points were looked at, of what a search from there finds. */
export function choose(
  round: Round,
  criterion: Criterion,
  candidates: Candidates,
  waiting: readonly Point[],
  taken: ReadonlySet<string>,
  hold: (points: readonly Point[]) => readonly Point[],
  rng: Philox,
): Choice {
  const { space, strategy, feasibility } = round;
  const context = contextFor(round, criterion, waiting, rng);
  const { search = 'local' } = strategy;
  // A population is drawn from all that is ranked.
  const few = search === 'local' ? wanted : undefined;
  let { ranked, floor } = rank(round, criterion, candidates, context, undefined, rng, few);
  if (!criterion.refines || isWeighed(space)) return { ranked, floor, context };
  const order = byRank(feasibility.hopeless);
  if (search !== 'local') {
    const rate = (some: Candidates, label: string): readonly Scored[] =>
      rank(round, criterion, some, context, floor, rng.split(label)).ranked;
    ranked = [...searchByPopulation(space, search, ranked, taken, rate, rng.split('population'))].sort(order);
  }
  for (let step = 0; step < refinements; step++) {
    const top = ranked.slice(0, refined);
    const points = top.map(({ point }) => point);
    const near = around(space, points, taken, rng.split(`refine-${step}`), hold);
    if (near.points.length === 0) break;
    const finer = rank(round, criterion, near, context, floor, rng.split(`rank-${step}`), wanted);
    ranked = [...top, ...finer.ranked].sort(order);
    floor = finer.floor;
  }
  return { ranked, floor, context };
}
