import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import {
  type AcceptedResult,
  askedOf,
  type Campaign,
  limitsOf,
  type Objective,
  type PlanObjective,
} from '@ionloop/domain';

export interface ExperimentValue {
  /** In the property's unit. */
  readonly value: number;
  /** When the first of its results was handed in. */
  readonly at: string;
}

/** What an experiment's results come to: their mean, taken on the scale that the models see; null where there are none. */
export function valueOfResults(
  results: readonly AcceptedResult[],
  { property, transform }: Pick<Objective, 'property' | 'transform'>,
): ExperimentValue | null {
  const [only] = results;
  if (only && results.length === 1)
    return only.property === property ? { value: only.value, at: only.at } : null;
  const own = results.filter((result) => result.property === property);
  const [first] = own;
  if (!first) return null;
  const at = own.reduce((earliest, result) => (result.at < earliest ? result.at : earliest), first.at);
  // A single value is given as it is, not as a logarithm's power.
  if (own.length === 1) return { value: first.value, at };
  // There are no logarithms of what is not above 0.
  if (transform === 'log10' && own.some(({ value }) => !(value > 0))) return null;
  const seen = own.map(({ value }) => toModelScale(value, transform));
  const value = fromModelScale(seen.reduce((sum, one) => sum + one, 0) / seen.length, transform);
  return { value, at };
}

export interface PropertyValue {
  readonly property: string;
  readonly unit: string;
  readonly value: number;
  /** Of replicates, on the scale that the models see; null of a single one. */
  readonly sd: number | null;
}

/** What is accepted of each property that a campaign asks for, as far as there is something. */
export const valuesOf = (
  results: readonly AcceptedResult[],
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
): readonly PropertyValue[] =>
  askedOf(campaign).flatMap((asked) => {
    const { property, unit, transform } = asked;
    const found = valueOfResults(results, asked);
    if (found === null) return [];
    const own = results.filter((result) => result.property === property);
    return [{ property, unit, value: found.value, sd: spreadOf(own, transform) }];
  });

function spreadOf(own: readonly AcceptedResult[], transform: Objective['transform']): number | null {
  if (own.length < 2) return null;
  const seen = own.map(({ value }) => toModelScale(value, transform));
  const mean = seen.reduce((sum, one) => sum + one, 0) / seen.length;
  const squares = seen.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return Math.sqrt(squares / (seen.length - 1));
}

/** How good a value is, the larger the better: of a window how little it lies outside, on the scale that the models see. */
export function meritOf(value: number, objective: PlanObjective): number {
  switch (objective.goal) {
    case 'maximise':
      return value;
    case 'minimise':
      return -value;
    case 'window': {
      const { low, high, transform } = objective;
      const below = low === null || value >= low ? 0 : distance(low, value, transform);
      const above = high === null || value <= high ? 0 : distance(value, high, transform);
      // Never −0, which a database does not tell from 0 and JSON does not keep.
      return 0 - below - above;
    }
    default:
      return objective satisfies never;
  }
}

/** What lies far from the window by logarithms that there are none of is the farthest. */
function distance(larger: number, smaller: number, transform: Objective['transform']): number {
  if (transform === 'log10' && !(smaller > 0)) return Number.MAX_VALUE;
  return toModelScale(larger, transform) - toModelScale(smaller, transform);
}

export interface ExperimentStanding extends ExperimentValue {
  /** How good it is by the first objective; null where it does not keep all limits, or that is not known. */
  readonly merit: number | null;
}

type Goals = Pick<Campaign, 'objectives' | 'limits'>;

/** What an experiment comes to by the first objective; null where that was not measured. */
export function standingOf(results: readonly AcceptedResult[], campaign: Goals): ExperimentStanding | null {
  const [first] = campaign.objectives;
  const found = valueOfResults(results, first);
  if (found === null) return null;
  const { value, at } = found;
  return { value, at, merit: keepsLimits(results, campaign) ? meritOf(value, first) : null };
}

/** Whether it is known of all limits that they are kept. */
export const keepsLimits = (results: readonly AcceptedResult[], campaign: Goals): boolean =>
  limitsKept(results, campaign) === true;

/** Whether all limits are kept; null where none is known to be broken, and one was not measured. */
export function limitsKept(results: readonly AcceptedResult[], campaign: Goals): boolean | null {
  const limits = limitsOf(campaign);
  if (limits.length === 0) return true;
  const each = limits.map((limit) => {
    const found = valueOfResults(results, limit);
    if (found === null) return null;
    return (
      (limit.low === null || found.value >= limit.low) && (limit.high === null || found.value <= limit.high)
    );
  });
  if (each.includes(false)) return false;
  return each.includes(null) ? null : true;
}
