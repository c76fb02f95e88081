import { checkUnit, PropertyError } from '@ionloop/chemistry';
import {
  askedOf,
  type CampaignCost,
  type CampaignSpec,
  checkCost,
  checkLimits,
  type CostTerm,
  invalidInput,
  IonloopError,
  type Objective,
  type OutcomeLimit,
  type PlanObjective,
  shown,
  type SpaceSpec,
} from '@ionloop/domain';
import { type Fields, memberOf, number, object, text } from '../input.js';

/** What a campaign wants, what it must keep and what it costs, read from untrusted JSON. */
export type Goals = Pick<CampaignSpec, 'objectives' | 'limits' | 'cost'>;

export const goals = ['maximise', 'minimise', 'window'] as const;
const transforms = ['none', 'log10'] as const;
const mostObjectives = 4;
const mostLimits = 8;
const mostTerms = 200;
const anywhere = { min: -1e300, max: 1e300 } as const;

export function goalsIn(fields: Fields, space: SpaceSpec): Goals {
  const { objective, objectives, limits, cost } = fields;
  const wanted = objectivesIn(objective, objectives);
  const limited = isGiven(limits)
    ? listIn(limits, 'limits', { min: 0, max: mostLimits }).map((one, k) => limitIn(one, `limits[${k}]`))
    : [];
  const read: Goals = {
    objectives: wanted,
    ...(limited.length > 0 && { limits: limited }),
    ...(isGiven(cost) && { cost: costIn(cost, space) }),
  };
  checkTogether(read);
  return read;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function objectivesIn(one: unknown, several: unknown): Goals['objectives'] {
  if (isGiven(one) === isGiven(several)) {
    throw invalidInput(
      isGiven(one) ? 'objectives' : 'objective',
      isGiven(one)
        ? 'both objective and objectives are given; give one of them'
        : 'neither objective nor objectives is given; say what is wanted',
    );
  }
  if (isGiven(one)) return [objectiveIn(one, 'objective')];
  const [first, ...rest] = listIn(several, 'objectives', { min: 1, max: mostObjectives });
  return [
    objectiveIn(first, 'objectives[0]'),
    ...rest.map((each, k) => objectiveIn(each, `objectives[${k + 1}]`)),
  ];
}

export function listIn(
  value: unknown,
  field: string,
  { min, max }: { readonly min: number; readonly max: number },
): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidInput(field, `${field} must be a list, not ${shown(value)}`);
  if (value.length < min || value.length > max) {
    const room = min === 0 ? `at most ${max}` : `${min} to ${max}`;
    throw invalidInput(field, `${field} has ${value.length} entries; there can be ${room}`);
  }
  return value;
}

const objectiveFields = ['property', 'unit', 'goal', 'transform', 'temperatureC', 'low', 'high'] as const;

export function objectiveIn(input: unknown, field: string): PlanObjective {
  const fields = object(input, field, objectiveFields);
  const measured = { ...propertyIn(fields, field), ...temperatureIn(fields, field) };
  const goal = memberOf(fields['goal'] ?? 'maximise', `${field}.goal`, goals);
  const transform = memberOf(fields['transform'] ?? 'none', `${field}.transform`, transforms);
  return aimedAt({ ...measured, transform, goal }, { ...endsIn(fields, field) }, field);
}

/** With the ends of its window where it has one; ends mean nothing otherwise. */
export function aimedAt(
  { goal, ...measured }: Omit<Objective, 'goal'> & { readonly goal: PlanObjective['goal'] },
  ends: Pick<OutcomeLimit, 'low' | 'high'>,
  field: string,
): PlanObjective {
  if (goal === 'window') {
    checkLimits(field, { ...ends, transform: measured.transform });
    return { ...measured, goal, ...ends };
  }
  for (const end of ['low', 'high'] as const) {
    if (ends[end] === null) continue;
    throw invalidInput(
      `${field}.${end}`,
      `${field} has ${end} ${ends[end]}, which only a window has; its goal is to ${goal}`,
    );
  }
  return { ...measured, goal };
}

const limitFields = ['property', 'unit', 'transform', 'low', 'high', 'temperatureC'] as const;

function limitIn(input: unknown, field: string): OutcomeLimit {
  const fields = object(input, field, limitFields);
  const limit: OutcomeLimit = {
    ...propertyIn(fields, field),
    transform: memberOf(fields['transform'] ?? 'none', `${field}.transform`, transforms),
    ...endsIn(fields, field),
    ...temperatureIn(fields, field),
  };
  checkLimits(field, limit);
  return limit;
}

function propertyIn(fields: Fields, field: string): { readonly property: string; readonly unit: string } {
  const property = text(fields['property'], `${field}.property`, { min: 1, max: 80 });
  const unit = text(fields['unit'] ?? '', `${field}.unit`, { min: 0, max: 40 });
  try {
    checkUnit(property, unit);
  } catch (error) {
    if (!(error instanceof PropertyError)) throw error;
    throw new IonloopError(
      'INVALID_INPUT',
      error.message,
      error.code === 'UNKNOWN_PROPERTY' ? `${field}.property` : `${field}.unit`,
    );
  }
  return { property, unit };
}

function temperatureIn(fields: Fields, field: string): { readonly temperatureC?: number } {
  const { temperatureC } = fields;
  if (!isGiven(temperatureC)) return {};
  return { temperatureC: number(temperatureC, `${field}.temperatureC`, { min: -273.15, max: 5000 }) };
}

export const endsIn = (fields: Fields, field: string): Pick<OutcomeLimit, 'low' | 'high'> => ({
  low: endIn(fields['low'], `${field}.low`),
  high: endIn(fields['high'], `${field}.high`),
});

const endIn = (value: unknown, field: string): number | null =>
  isGiven(value) ? number(value, field, anywhere) : null;

export function costIn(input: unknown, space: SpaceSpec): CampaignCost {
  const fields = object(input, 'cost', ['base', 'per', 'budget']);
  const { base = 0, per = [], budget } = fields;
  const cost: CampaignCost = {
    base: number(base ?? 0, 'cost.base', { min: 0, max: 1e300 }),
    per: listIn(per ?? [], 'cost.per', { min: 0, max: mostTerms }).map((term, k) =>
      termIn(term, `cost.per[${k}]`),
    ),
    ...(isGiven(budget) && { budget: number(budget, 'cost.budget', { min: 1e-300, max: 1e300 }) }),
  };
  if (cost.base === 0 && cost.per.length === 0) {
    throw invalidInput('cost', 'cost has neither a base nor a term: an experiment must cost something');
  }
  checkCost(cost, space);
  return cost;
}

function termIn(input: unknown, field: string): CostTerm {
  const { parameter, component, perUnit, of } = object(input, field, [
    'parameter',
    'component',
    'perUnit',
    'of',
  ]);
  return {
    parameter: text(parameter, `${field}.parameter`, { min: 1, max: 200 }),
    ...(isGiven(component) && { component: text(component, `${field}.component`, { min: 1, max: 200 }) }),
    ...(isGiven(perUnit) && { perUnit: number(perUnit, `${field}.perUnit`, anywhere) }),
    ...(isGiven(of) && { of: pricesIn(of, `${field}.of`) }),
  };
}

function pricesIn(value: unknown, field: string): NonNullable<CostTerm['of']> {
  const names = Object.keys(value ?? {});
  return Object.fromEntries(
    Object.entries(object(value, field, names)).map(([name, price]) => [
      name,
      number(price, `${field}.${name}`, anywhere),
    ]),
  );
}

/** Each property once; what is wanted and limited is measured in one way. */
export function checkTogether({ objectives, limits = [] }: Goals): void {
  refuseTwice(objectives, 'objectives');
  refuseTwice(limits, 'limits');
  limits.forEach((limit, k) => {
    const wanted = objectives.find(({ property }) => property === limit.property);
    if (!wanted) return;
    for (const key of ['unit', 'transform', 'temperatureC'] as const) {
      if (limit[key] === wanted[key]) continue;
      throw invalidInput(
        `limits[${k}].${key}`,
        `${limit.property} is also an objective, with ${key} ${wanted[key] ?? 'not set'}; it is measured in one way`,
      );
    }
  });
}

function refuseTwice(list: readonly { readonly property: string }[], field: string): void {
  list.forEach(({ property }, k) => {
    const first = list.findIndex((one) => one.property === property);
    if (first === k) return;
    throw invalidInput(
      `${field}[${k}].property`,
      `${property} is ${field}[${first}] already; each property can be there once`,
    );
  });
}

/** The names of everything that is measured. */
export const propertiesOf = (campaign: Pick<Goals, 'objectives' | 'limits'>): readonly string[] =>
  askedOf(campaign).map(({ property }) => property);
