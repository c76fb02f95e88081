import { InvalidArgumentError, log, requireLength, type Matrix } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import type { LogAcquisition } from './contract.js';
import { spreads } from './pointwise.js';
import { logWindow, type Interval } from './targetWindow.js';

/** Probabilities (m) that the candidates can be made and measured at all. */
export type FeasibilityOf = (candidates: Matrix) => Float64Array;

/** The acquisition times P(feasible); while nothing is feasible yet, which leaves no best to improve on, P(feasible) alone. */
export function whereFeasible(
  acquisition: LogAcquisition,
  feasibilityOf: FeasibilityOf,
  anyFeasible = true,
): LogAcquisition {
  return constrained(
    acquisition,
    (candidates) => logProbabilities(feasibilityOf, candidates),
    'where feasible',
    anyFeasible,
  );
}

/** A response that must lie in an interval, and what is believed of it. */
export interface OutcomeConstraint extends Interval {
  readonly model: Surrogate;
}

/** The acquisition times the probability that all constraints are met, their responses taken as independent; while no row meets them, that alone. */
export function withOutcomeConstraints(
  acquisition: LogAcquisition,
  constraints: readonly OutcomeConstraint[],
  anyFeasible = true,
): LogAcquisition {
  constraints.forEach(({ low, high }, k) => {
    if (!(low <= high))
      throw new InvalidArgumentError(`constraints[${k}]`, `must have low ≤ high, not ${low} … ${high}`);
  });
  const logMet = (candidates: Matrix) => logConstraintsMet(constraints, candidates);
  return constrained(acquisition, logMet, 'under constraints', anyFeasible);
}

/** ln P(all constraints are met) at the candidates (m). */
export function logConstraintsMet(
  constraints: readonly OutcomeConstraint[],
  candidates: Matrix,
): Float64Array {
  const sum = new Float64Array(candidates.rows);
  for (const constraint of constraints) {
    const { mean, sd } = spreads(constraint.model, candidates);
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + logWindow(mean[i]!, sd[i]!, constraint);
  }
  return sum;
}

function constrained(
  acquisition: LogAcquisition,
  logFactor: (candidates: Matrix) => Float64Array,
  condition: string,
  anyFeasible: boolean,
): LogAcquisition {
  return {
    name: anyFeasible ? `${acquisition.name} ${condition}` : `probability ${condition}`,
    scale: 'log',
    score: (model, candidates, context) => {
      const factor = logFactor(candidates);
      if (!anyFeasible) return factor;
      return acquisition.score(model, candidates, context).map((score, i) => score + factor[i]!);
    },
  };
}

function logProbabilities(feasibilityOf: FeasibilityOf, candidates: Matrix): Float64Array {
  const probabilities = feasibilityOf(candidates);
  requireLength('probabilities', probabilities, candidates.rows);
  return probabilities.map((probability, i) => {
    if (!(probability >= 0 && probability <= 1))
      throw new InvalidArgumentError('probabilities', `must lie in 0 … 1; element ${i} is ${probability}`);
    return probability > 0 ? log(probability) : -Infinity;
  });
}
