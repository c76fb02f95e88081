import type { CampaignHeadFragment, ExperimentRowFragment } from '../../../api/generated/graphql.js';
import { fieldsOf, numberOr } from '../../../api/json.js';
import { numberText, quantityText, withUnit } from '../../../format/number.js';
import { propertyName } from '../../../format/objective.js';

type Head = CampaignHeadFragment;
type Goal = Head['objectives'][number];
type Limit = Head['limits'][number];
type Cost = NonNullable<Head['cost']>;
type Measured = Pick<ExperimentRowFragment, 'number' | 'state' | 'measurements' | 'point'>;

/** Of an experiment, the mean of its accepted values of a property; null where it has none. */
export function valueOf({ measurements }: Pick<Measured, 'measurements'>, property: string): number | null {
  const own = measurements.filter((one) => one.status === 'accepted' && one.property === property);
  return own.length === 0 ? null : own.reduce((sum, { value }) => sum + value, 0) / own.length;
}

const isWithin = (value: number, { low, high }: Pick<Limit, 'low' | 'high'>): boolean =>
  (low === null || value >= low) && (high === null || value <= high);

/** How far outside of a window a value lies. */
const beyond = (value: number, { low, high }: Pick<Goal, 'low' | 'high'>): number =>
  Math.max(0, (low ?? -Infinity) - value, value - (high ?? Infinity));

export interface GoalStanding {
  readonly goal: Goal;
  /** The best value, or of a window the one that is nearest to it. */
  readonly best: { readonly value: number; readonly number: number } | null;
  /** Of a window: how many values lie inside. */
  readonly inside: number | null;
  readonly measured: number;
}

/** How far each goal was reached, by itself. */
export const standingsOf = (goals: readonly Goal[], rows: readonly Measured[]): readonly GoalStanding[] =>
  goals.map((goal) => {
    const values = rows.flatMap((row) => {
      const value = valueOf(row, goal.property);
      return row.state !== 'accepted' || value === null ? [] : [{ value, number: row.number }];
    });
    const merit = (value: number): number =>
      goal.goal === 'window' ? -beyond(value, goal) : goal.goal === 'maximise' ? value : -value;
    return {
      goal,
      best: values.reduce<GoalStanding['best']>(
        (most, own) => (most && merit(most.value) >= merit(own.value) ? most : own),
        null,
      ),
      inside: goal.goal === 'window' ? values.filter(({ value }) => isWithin(value, goal)).length : null,
      measured: values.length,
    };
  });

export interface LimitStanding {
  readonly limit: Limit;
  readonly kept: number;
  readonly measured: number;
}

export const limitsKept = (limits: readonly Limit[], rows: readonly Measured[]): readonly LimitStanding[] =>
  limits.map((limit) => {
    const values = rows.flatMap((row) => valueOf(row, limit.property) ?? []);
    return {
      limit,
      kept: values.filter((value) => isWithin(value, limit)).length,
      measured: values.length,
    };
  });

/** "relative density at least 0.95", "voltage between 3 and 4 V" */
export function limitSentence({ property, unit, low, high }: Limit): string {
  const name = propertyName(property);
  if (low !== null && high !== null)
    return `${name} between ${numberText(low)} and ${quantityText(high, unit)}`;
  if (low !== null) return `${name} at least ${quantityText(low, unit)}`;
  return high === null ? `${name}, without an end` : `${name} at most ${quantityText(high, unit)}`;
}

/** What an experiment at a point costs, as the campaign has it. */
export const priceAt = ({ base, per }: Cost, point: unknown): number =>
  per.reduce((sum, { parameter, component, perUnit, of }) => {
    const whole = fieldsOf(point)[parameter];
    const value = component === null ? whole : fieldsOf(whole)[component];
    if (perUnit !== null) return sum + perUnit * numberOr(value, 0);
    return sum + numberOr(fieldsOf(of)[String(value)], 0);
  }, base);

const free: readonly Measured['state'][] = ['rejected', 'cancelled'];

/** What all experiments together cost so far. */
export const spentOn = (cost: Cost, rows: readonly Measured[]): number =>
  rows.filter(({ state }) => !free.includes(state)).reduce((sum, { point }) => sum + priceAt(cost, point), 0);

/** "5, and 2 for each unit of time", in whatever is spent. */
export function costSentence({ base, per, budget }: Cost): string {
  const terms = per.map(({ parameter, component, perUnit, of }) =>
    perUnit === null
      ? `${Object.entries(fieldsOf(of))
          .map(([choice, price]) => `${numberText(numberOr(price, 0))} for ${choice}`)
          .join(', ')} as ${parameter}`
      : component === null
        ? `${numberText(perUnit)} for each unit of ${parameter}`
        : `${numberText(perUnit)} for a whole of ${component}`,
  );
  const each = [numberText(base), ...terms].join(', and ');
  return withUnit(each, budget === null ? '' : `· ${numberText(budget)} in all`);
}
