import { InvalidArgumentError } from '@ionloop/linalg';
import type { Acquisition } from './contract.js';
import { ucb } from './improvement.js';
import { scorePointwise } from './pointwise.js';

/** mean + beta·sd, beta ≥ 0 in standard deviations. */
export function upperConfidenceBound(beta: number): Acquisition {
  if (!Number.isFinite(beta) || beta < 0)
    throw new InvalidArgumentError('beta', `must be a number of at least 0, not ${beta}`);
  return {
    name: 'upper confidence bound',
    score: (model, candidates) => scorePointwise(model, candidates, (mean, sd) => ucb(mean, sd, beta)),
  };
}
