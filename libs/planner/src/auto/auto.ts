import { upperConfidenceBound } from '@ionloop/acquisition';
import type { Criterion, Moment, Strategy } from '../strategies/strategy.js';
import { beliefs } from './beliefs.js';
import { coverage } from './coverage.js';
import { viewOf } from './view.js';

/** Coverage is looked after in every other one of the first suggestions, for as long as the model is not yet good. */
const coveringSuggestions = 20;
/** R² of left-out results. */
const goodEnough = 0.5;

const optimism = upperConfidenceBound(0.4);
const exploit: Criterion = {
  name: optimism.name,
  phrase: 'of all points, the one whose result could still plausibly be the best',
  scale: 'plain',
  refines: true,
  score: (candidates, { model, ...context }) => optimism.score(model, candidates, context),
};

function criterionAt({ suggestion, model, space }: Moment): Criterion {
  const turn = suggestion < coveringSuggestions && suggestion % 2 === 0;
  return turn && model.diagnostics().metrics.r2 < goodEnough ? coverage(viewOf(space).references) : exploit;
}

export const auto: Strategy = {
  title: 'Gaussian process that knows kinds of inputs: optimistic, with an eye on what has not been covered',
  purpose: 'anything, for a start',
  surrogate: beliefs,
  clipsLowTail: true,
  criterion: criterionAt,
};
