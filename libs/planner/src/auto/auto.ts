import type { Space } from '@ionloop/space';
import type { Surrogate } from '@ionloop/surrogates';
import { optimism } from '../strategies/criteria.js';
import type { Criterion, Moment, Strategy } from '../strategies/strategy.js';
import { beliefs } from './beliefs.js';
import { coverage } from './coverage.js';
import { viewOf } from './view.js';

/** Coverage has every other one of the first suggestions, and leaves it to the other criterion where the model is good already. */
const coveringSuggestions = 20;
/** R² of left-out results. */
const goodEnough = 0.7;
/** A model that is good where it knows something may know only a part: now and then it is not asked. */
const coveredAgain = 8;
/** Nor is it ever done: a better region that nothing points to is found by looking, also when the harvest is on. The candidates of a pool say more of each other than points between bounds do. */
const looksAgain = { pool: 10, open: 5 };

/** In standard deviations: while much is open, and for the harvest. */
const [hopeful, settled] = [0.4, 0.1].map(optimism) as [Criterion, Criterion];

function criterionAt({ suggestion, model, space }: Moment): Criterion {
  return covers(suggestion, model, space)
    ? coverage(viewOf(space).references)
    : suggestion < coveringSuggestions
      ? hopeful
      : settled;
}

function covers(suggestion: number, model: Surrogate, space: Space): boolean {
  const isPool = space.spec.parameters.some(({ kind }) => kind === 'pool');
  const every = isPool ? looksAgain.pool : looksAgain.open;
  if (suggestion % every === every - 1) return true;
  if (suggestion >= coveringSuggestions || suggestion % 2 === 1) return false;
  return suggestion % coveredAgain === 0 || model.diagnostics().metrics.r2 < goodEnough;
}

export const auto: Strategy = {
  title: 'Gaussian process that knows kinds of inputs: optimistic, with an eye on what has not been covered',
  purpose: 'anything, for a start',
  surrogate: beliefs,
  clipsLowTail: true,
  criterion: criterionAt,
};
