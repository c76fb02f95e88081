import type { Point } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import { type PlannedData, withBeliefs } from '../knowledge/knowledge.js';
import { fitFor } from '../models/fit.js';
import { around, type Candidates, isListed } from '../search/candidates.js';
import type { Criterion, ScoringContext } from '../strategies/strategy.js';
import { byRank, rank, type Scored } from './rank.js';
import type { Round } from './round.js';

const refinements = 3;
const refined = 5;

/** The kriging believer: points without a result are taken to have turned out as predicted. */
export function choose(
  round: Round,
  criterion: Criterion,
  candidates: Candidates,
  waiting: readonly Point[],
  taken: ReadonlySet<string>,
  rng: Philox,
): Scored {
  const { name, strategy, space } = round;
  const data = dataWith(round, waiting);
  const model =
    waiting.length === 0
      ? round.model
      : fitFor(name, strategy.surrogate, data, round.rng.split(`believer-${waiting.length}`));
  const best = Math.max(...model.predict(data.X).mean);
  const context: ScoringContext = { model, best, observed: data.X, rng: rng.split('score') };
  let { ranked, floor } = rank(round, criterion, candidates, context, undefined, rng);
  if (!criterion.refines || isListed(space)) return ranked[0]!;
  for (let step = 0; step < refinements; step++) {
    const top = ranked.slice(0, refined);
    const near = around(
      space,
      top.map(({ point }) => point),
      taken,
      rng.split(`refine-${step}`),
    );
    if (near.points.length === 0) break;
    const finer = rank(round, criterion, near, context, floor, rng.split(`rank-${step}`));
    ranked = [...top, ...finer.ranked].sort(byRank);
    floor = finer.floor;
  }
  return ranked[0]!;
}

function dataWith({ known, space, model }: Round, waiting: readonly Point[]): PlannedData {
  if (waiting.length === 0) return known.data;
  const X = space.encode(waiting);
  return withBeliefs(known.data, X, model.predict(X).mean);
}
