import { InvalidArgumentError, log, requireLength, type Matrix } from '@ionloop/linalg';
import type { LogAcquisition } from './contract.js';

/** What the candidates cost (m), each above 0. */
export type CostOf = (candidates: Matrix) => Float64Array;

/**
 * `acquisition` per unit cost to the power of `exponent` in 0 … 1: ln score − exponent·ln cost. With `coolDown` as the exponent what is cheap
 * is tried first, and towards the end what is best (Lee et al. 2020).
 */
export function perCost(acquisition: LogAcquisition, costOf: CostOf, exponent = 1): LogAcquisition {
  if (!(exponent >= 0 && exponent <= 1))
    throw new InvalidArgumentError('exponent', `must lie in 0 … 1, not ${exponent}`);
  return {
    name: `${acquisition.name} per cost`,
    scale: 'log',
    score: (model, candidates, context) => {
      const costs = costOf(candidates);
      requireLength('costs', costs, candidates.rows);
      return acquisition.score(model, candidates, context).map((score, i) => {
        const cost = costs[i]!;
        if (!(cost > 0) || cost === Infinity)
          throw new InvalidArgumentError('costs', `must be above 0 and finite; element ${i} is ${cost}`);
        return score - exponent * log(cost);
      });
    },
  };
}

/** The share of a budget that is left: 1 at the beginning, 0 when it is spent. */
export function coolDown(budget: number, spent: number): number {
  if (!(budget > 0) || budget === Infinity)
    throw new InvalidArgumentError('budget', `must be above 0 and finite, not ${budget}`);
  if (!(spent >= 0)) throw new InvalidArgumentError('spent', `must be at least 0, not ${spent}`);
  return spent >= budget ? 0 : 1 - spent / budget;
}
