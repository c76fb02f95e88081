import type { Campaign } from './campaign.js';
import type { OutcomeLimit, PlanObjective } from './planning.js';

/** A property that is measured of every experiment of a campaign, and how. */
export type AskedProperty = Pick<PlanObjective, 'property' | 'unit' | 'transform' | 'temperatureC'>;

/** Everything that is to be measured: what is wanted, then what has limits or had them, each property once. */
export function askedOf({
  objectives,
  limits = [],
}: Pick<Campaign, 'objectives' | 'limits'>): readonly [AskedProperty, ...AskedProperty[]] {
  const wanted = new Set(objectives.map(({ property }) => property));
  const [first, ...rest] = objectives;
  return [first, ...rest, ...limits.filter(({ property }) => !wanted.has(property))];
}

/** Limits that limit something. */
export const limitsOf = ({ limits = [] }: Pick<Campaign, 'limits'>): readonly OutcomeLimit[] =>
  limits.filter(({ low, high }) => low !== null || high !== null);
