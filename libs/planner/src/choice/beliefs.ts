import { fromColumns } from '@ionloop/acquisition';
import type { Point } from '@ionloop/domain';
import { matrix, type Matrix, type Philox } from '@ionloop/linalg';
import { meansOf, type Surrogate } from '@ionloop/surrogates';
import { withBeliefs } from '../knowledge/knowledge.js';
import { bestMean } from '../models/best-mean.js';
import { fitFor } from '../models/fit.js';
import type { Criterion, ScoringContext } from '../strategies/strategy.js';
import { type Believed, label, outcomesOf, type Round, withinLimits } from './round.js';

/**
 * What a criterion is told. Points without a result are taken to have turned out as predicted (kriging believer), or handed on as pending to a
 * criterion that heeds them.
 */
export function contextFor(
  round: Round,
  criterion: Criterion,
  waiting: readonly Point[],
  rng: Philox,
): ScoringContext {
  const { known, space, objectives } = round;
  const X = space.encode(waiting);
  const believes = criterion.heedsPending !== true && waiting.length > 0;
  const models = objectives.map((objective, k) =>
    believes ? believing(round, objective, X, label(`believer-${waiting.length}`, k)) : objective.model,
  );
  const [model] = models as [Surrogate];
  const [{ data }] = known.responses;
  const rows = believes ? withBeliefs(data, X, meansOf(objectives[0]!.model, X)) : data;
  const counted = round.constraints.length === 0 ? rows.X : withinLimits(round, data.X);
  const { Y } = outcomesOf(known.responses);
  return {
    model,
    models,
    best: bestMean(model, counted),
    observed: rows.X,
    responses: rows.y,
    outcomes: believes ? stacked(Y, fromColumns(objectives.map((each) => meansOf(each.model, X)))) : Y,
    ...(criterion.heedsPending === true && waiting.length > 0 ? { pending: X } : {}),
    rng: rng.split('score'),
  };
}

function believing(
  { name, rng }: Round,
  { response, factory, model }: Believed,
  X: Matrix,
  stream: string,
): Surrogate {
  return fitFor(name, factory, withBeliefs(response.data, X, meansOf(model, X)), rng.split(stream));
}

function stacked(A: Matrix, B: Matrix): Matrix {
  const both = matrix(A.rows + B.rows, A.cols);
  both.data.set(A.data);
  both.data.set(B.data, A.data.length);
  return both;
}
