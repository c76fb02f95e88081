import { askedOf } from './asked.js';
import type { Campaign } from './campaign.js';
import type { Experiment } from './experiment.js';
import type { PointValue } from './space-spec.js';
import type { NumberRange, Station } from './station.js';

/** What decides whether a station can be given something. */
export type Ability = Pick<Station, 'properties' | 'limits'>;

/** Why a station can do nothing of this campaign, whatever the point: it has to measure all that is asked. Empty where it can. */
export function lacksForCampaign(
  { properties, limits }: Ability,
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
): readonly string[] {
  const reasons = askedOf(campaign).flatMap(({ property, temperatureC: wanted }) => [
    ...(properties.includes(property) ? [] : [`does not measure ${property}`]),
    ...(wanted !== undefined && limits.temperatureC
      ? beyond('measuring temperature', wanted, limits.temperatureC, '°C')
      : []),
  ]);
  return [...new Set(reasons)];
}

/** Why a station cannot make this point; empty where it can. */
export function lacksForPoint(
  { limits }: Ability,
  { space }: Pick<Campaign, 'space'>,
  { point }: Pick<Experiment, 'point'>,
): readonly string[] {
  const { components, parameters = {} } = limits;
  const missing = components
    ? Object.values(point)
        .flatMap(componentsIn)
        .filter((name) => !components.includes(name))
    : [];
  return [
    ...[...new Set(missing)].map((name) => `does not hold ${name}`),
    ...Object.entries(parameters).flatMap(([name, allowed]) => {
      const value = Object.hasOwn(point, name) ? point[name] : undefined;
      const spec = space.parameters.find((parameter) => parameter.name === name);
      const unit = spec && 'unit' in spec ? spec.unit : undefined;
      return value === undefined ? [] : outside(name, value, allowed, unit);
    }),
  ];
}

export const lacks = (
  station: Ability,
  campaign: Pick<Campaign, 'objectives' | 'limits' | 'space'>,
  experiment: Pick<Experiment, 'point'>,
): readonly string[] => [
  ...lacksForCampaign(station, campaign),
  ...lacksForPoint(station, campaign, experiment),
];

const componentsIn = (value: PointValue): readonly string[] =>
  typeof value === 'object'
    ? Object.entries(value)
        .filter(([, share]) => share > 0)
        .map(([name]) => name)
    : [];

function outside(
  name: string,
  value: PointValue,
  allowed: NumberRange | readonly string[],
  unit: string | undefined,
): readonly string[] {
  if (typeof value === 'number' && isRange(allowed)) return beyond(name, value, allowed, unit);
  if (typeof value === 'string' && !isRange(allowed)) {
    return allowed.includes(value) ? [] : [`knows no ${name} "${value}", only ${allowed.join(', ')}`];
  }
  return [
    `its limit of ${name} does not say what it means for ${typeof value === 'object' ? 'a mixture' : `a ${typeof value}`}`,
  ];
}

export const isRange = (allowed: NumberRange | readonly string[]): allowed is NumberRange =>
  typeof allowed[0] !== 'string';

function beyond(
  name: string,
  value: number,
  [least, most]: NumberRange,
  unit: string | undefined,
): readonly string[] {
  const shown = (limit: number): string => (unit === undefined ? `${limit}` : `${limit} ${unit}`);
  if (most !== null && value > most) return [`${name} ${shown(value)} > limit ${shown(most)}`];
  if (least !== null && value < least) return [`${name} ${shown(value)} < limit ${shown(least)}`];
  return [];
}
