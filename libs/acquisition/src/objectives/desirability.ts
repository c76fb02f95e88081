/**
 * Desirability (Derringer and Suich 1980): each response is worth 0 … 1, and an outcome the weighted geometric mean. A worth rises as a power of
 * the way from `from` to `to`; towards a target it falls again to 0 at `until`.
 */
import { exp, InvalidArgumentError, log } from '@ionloop/linalg';
import type { OutcomesAcquisition } from './contract.js';
import { utilityImprovement, type Utility } from './utility.js';

export interface Desire {
  /** Where worth begins: below `to` for a response to be large, above it for one to be small. */
  readonly from: number;
  /** Where it is 1, and stays so beyond if there is no `until`. */
  readonly to: number;
  /** On the other side of `to`, where it is 0 again. */
  readonly until?: number;
  /** Above 1 only what is near `to` counts; 1 where it is left out. */
  readonly power?: number;
  /** Of this response among the others; 1 where it is left out. */
  readonly weight?: number;
}

/** 0 … 1. */
export function desirability({ from, to, until, power = 1 }: Desire, value: number): number {
  const start = until !== undefined && value > to === until > to ? until : from;
  const way = (value - start) / (to - start);
  if (way <= 0) return 0;
  return way >= 1 ? 1 : power === 1 ? way : exp(power * log(way));
}

/** (Π d_k^{w_k})^{1/Σw} of an outcome (p): 0 where one response is worth nothing. */
export function overallDesirability(desires: readonly Desire[]): Utility {
  desires.forEach(requireDesire);
  const total = desires.reduce((sum, { weight = 1 }) => sum + weight, 0);
  if (!(total > 0)) throw new InvalidArgumentError('desires', 'must hold one of a weight above 0');
  return (outcome) => {
    let sum = 0;
    for (let k = 0; k < desires.length; k++) {
      const { weight = 1 } = desires[k]!;
      const worth = weight > 0 ? desirability(desires[k]!, outcome[k]!) : 1;
      if (worth === 0) return 0;
      sum += weight * log(worth);
    }
    return exp(sum / total);
  };
}

/** ln of the expected improvement of the overall desirability. Desires are for the responses as the models state them. */
export function desirabilityImprovement(desires: readonly Desire[], draws = 256): OutcomesAcquisition {
  const utility = overallDesirability(desires);
  return utilityImprovement('desirability', () => utility, draws);
}

function requireDesire({ from, to, until, power = 1, weight = 1 }: Desire, k: number): void {
  const name = `desires[${k}]`;
  if (!Number.isFinite(from) || !Number.isFinite(to) || from === to)
    throw new InvalidArgumentError(name, 'must have finite and different `from` and `to`');
  if (until !== undefined && !((until - to) * (to - from) > 0))
    throw new InvalidArgumentError(name, 'must have `to` between `from` and `until`');
  if (!(power > 0 && weight >= 0 && power + weight < Infinity))
    throw new InvalidArgumentError(name, 'must have a power above 0 and a weight of at least 0, both finite');
}
