import { InvalidArgumentError, matrix, row, type Matrix } from '@ionloop/linalg';
import type { GrowingSurrogate, Surrogate } from '@ionloop/surrogates';
import { argMax } from '../argMax.js';
import { believing, isGrowing } from '../belief/growing.js';
import { stacked } from '../belief/rows.js';
import type { Acquisition, AcquisitionContext } from '../contract.js';
import { chooseBatch, type Batch } from './contract.js';

const { max } = Math;

/**
 * The kriging believer (Ginsbourger, Le Riche and Carraro 2010): each member scores best by `acquisition` once the model has taken its own means
 * at what is pending and at the members before for their results. For models that can grow.
 */
export function krigingBelieverBatch(
  model: Surrogate,
  candidates: Matrix,
  q: number,
  acquisition: Acquisition,
  context: AcquisitionContext,
): Batch {
  if (!isGrowing(model))
    throw new InvalidArgumentError('model', `must take more rows without a new fit; ${model.kind} does not`);
  const { pending, ...rest } = context;
  let belief = believe(model, rest, pending);
  return chooseBatch(candidates, q, context, (allowed, chosen) => {
    const last = chosen.at(-1);
    if (last !== undefined)
      belief = believe(
        belief.model,
        belief.context,
        matrix(1, candidates.cols, row(candidates, last).slice()),
      );
    const rng = context.rng.split(`member ${chosen.length}`);
    const scores = acquisition.score(belief.model, candidates, { ...belief.context, rng });
    const index = argMax(scores, allowed);
    return { index, score: scores[index]! };
  });
}

interface Belief {
  readonly model: GrowingSurrogate;
  readonly context: AcquisitionContext;
}

/** Model and context once the rows of X are taken for measured. */
function believe(model: GrowingSurrogate, context: AcquisitionContext, X: Matrix | undefined): Belief {
  if (X === undefined || X.rows === 0) return { model, context };
  const { mean } = model.predict(X);
  return {
    model: believing(model, X),
    context: {
      ...context,
      best: mean.reduce((best, value) => max(best, value), context.best),
      observed: stacked([...(context.observed ? [context.observed] : []), X], X.cols),
      ...(context.responses && { responses: Float64Array.from([...context.responses, ...mean]) }),
    },
  };
}
