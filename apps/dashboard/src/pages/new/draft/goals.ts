import type { Transform } from '../../../api/generated/graphql.js';
import { fieldsOf, listOf, numberOr, textOr } from '../../../api/json.js';
import type { ParameterDraft } from './parameters.js';
import { typed } from './parameters.js';
import { given, numberOf, parted, type Reader } from './reader.js';
import { variablesOf } from './variables.js';

export type GoalName = 'maximise' | 'minimise' | 'window';

/** What is wanted, as it is typed. */
export interface ObjectiveDraft {
  readonly property: string;
  readonly unit: string;
  readonly goal: GoalName;
  readonly transform: Transform;
  readonly temperatureC: string;
  /** Of a window. */
  readonly low: string;
  readonly high: string;
}

export interface LimitDraft {
  readonly property: string;
  readonly unit: string;
  readonly transform: Transform;
  readonly low: string;
  readonly high: string;
}

export interface CostTermDraft {
  /** A parameter, or `mixture.component`. */
  readonly of: string;
  /** A number for each unit, or of choices "H2 = 3; N2 = 1". */
  readonly price: string;
}

export interface CostDraft {
  readonly base: string;
  readonly budget: string;
  readonly per: readonly CostTermDraft[];
}

export const emptyObjective: ObjectiveDraft = {
  property: '',
  unit: '',
  goal: 'maximise',
  transform: 'none',
  temperatureC: '',
  low: '',
  high: '',
};
export const emptyLimit: LimitDraft = { property: '', unit: '', transform: 'none', low: '', high: '' };
export const emptyCost: CostDraft = { base: '1', budget: '', per: [] };

const transformFrom = (value: unknown): Transform => (value === 'log10' ? 'log10' : 'none');

export function objectiveFrom(json: unknown): ObjectiveDraft {
  const fields = fieldsOf(json);
  const { goal } = fields;
  return {
    property: textOr(fields['property'], ''),
    unit: textOr(fields['unit'], ''),
    goal: goal === 'minimise' || goal === 'window' ? goal : 'maximise',
    transform: transformFrom(fields['transform']),
    temperatureC: typed(fields['temperatureC']),
    low: typed(fields['low']),
    high: typed(fields['high']),
  };
}

export function limitFrom(json: unknown): LimitDraft {
  const fields = fieldsOf(json);
  return {
    property: textOr(fields['property'], ''),
    unit: textOr(fields['unit'], ''),
    transform: transformFrom(fields['transform']),
    low: typed(fields['low']),
    high: typed(fields['high']),
  };
}

export function costFrom(json: unknown): CostDraft | null {
  const fields = fieldsOf(json);
  if (Object.keys(fields).length === 0) return null;
  return {
    base: typed(fields['base']),
    budget: typed(fields['budget']),
    per: listOf(fields['per']).map((term) => {
      const { parameter, component, perUnit, of } = fieldsOf(term);
      const own = textOr(parameter, '');
      return {
        of: typeof component === 'string' ? `${own}.${component}` : own,
        price:
          perUnit === undefined || perUnit === null
            ? Object.entries(fieldsOf(of))
                .map(([choice, price]) => `${choice} = ${numberOr(price, 0)}`)
                .join('; ')
            : typed(perUnit),
      };
    }),
  };
}

export interface ObjectiveInput {
  readonly property: string;
  readonly unit: string;
  readonly goal: GoalName;
  readonly transform: Transform;
  readonly temperatureC?: number;
  readonly low?: number;
  readonly high?: number;
}

export function objectiveOf(draft: ObjectiveDraft, path: string, read: Reader): ObjectiveInput {
  const { goal, transform, unit } = draft;
  return {
    property: read.name(draft.property, `${path}.property`),
    ...{ goal, transform, unit: unit.trim() },
    ...given('temperatureC', read.number(draft.temperatureC, `${path}.temperatureC`)),
    ...(goal === 'window' ? endsOf(draft, path, read, 'A window needs an end') : {}),
  };
}

interface Ends {
  readonly low?: number;
  readonly high?: number;
}

function endsOf(
  { low, high }: { low: string; high: string },
  path: string,
  read: Reader,
  missing: string,
): Ends {
  const ends = {
    ...given('low', read.number(low, `${path}.low`)),
    ...given('high', read.number(high, `${path}.high`)),
  };
  if (low.trim() === '' && high.trim() === '') read.errors.set(`${path}.low`, missing);
  if (ends.low !== undefined && ends.high !== undefined && ends.low >= ends.high) {
    read.errors.set(`${path}.high`, 'It must be above the lower end');
  }
  return ends;
}

export interface LimitInput extends Ends {
  readonly property: string;
  readonly unit: string;
  readonly transform: Transform;
}

export const limitOf = (draft: LimitDraft, path: string, read: Reader): LimitInput => ({
  property: read.name(draft.property, `${path}.property`),
  unit: draft.unit.trim(),
  transform: draft.transform,
  ...endsOf(draft, path, read, 'A limit needs an end'),
});

export interface CostInput {
  readonly base: number;
  readonly per: readonly CostTermInput[];
  readonly budget?: number;
}

export interface CostTermInput {
  readonly parameter: string;
  readonly component?: string;
  readonly perUnit?: number;
  readonly of?: Readonly<Record<string, number>>;
}

export const costOf = (
  { base, budget, per }: CostDraft,
  parameters: readonly ParameterDraft[],
  read: Reader,
): CostInput => ({
  base: read.required(base, 'cost.base'),
  per: per.map((term, i) => costTermOf(term, parameters, `cost.per[${i}]`, read)),
  ...given('budget', read.number(budget, 'cost.budget')),
});

function costTermOf(
  { of, price }: CostTermDraft,
  parameters: readonly ParameterDraft[],
  path: string,
  read: Reader,
): CostTermInput {
  const chosen = read.chosen(of, `${path}.parameter`);
  const variable = variablesOf(parameters).find(({ name }) => name === chosen);
  const mixture = parameters.find(
    ({ kind, name }) => kind === 'mixture' && chosen.startsWith(`${name.trim()}.`),
  );
  const named = mixture
    ? { parameter: mixture.name.trim(), component: chosen.slice(mixture.name.trim().length + 1) }
    : { parameter: chosen };
  return variable?.choices
    ? { ...named, of: pricesIn(price, `${path}.perUnit`, read) }
    : { ...named, perUnit: read.required(price, `${path}.perUnit`) };
}

function pricesIn(text: string, path: string, read: Reader): Readonly<Record<string, number>> {
  const parts = parted(text);
  if (parts.length === 0) read.errors.set(path, 'A price of at least one choice is needed here, as H2 = 3');
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [, choice = '', price = ''] = /^(.*\S)\s*[=:]\s*(\S+)$/.exec(part) ?? [];
      const value = numberOf(price);
      if (choice !== '' && value !== null) return [[choice.trim(), value]];
      read.errors.set(path, `“${part}” is no price of a choice; write H2 = 3`);
      return [];
    }),
  );
}
