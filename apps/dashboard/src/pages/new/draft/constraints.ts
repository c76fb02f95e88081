import { fieldsOf, listOf, numberOr, textOr } from '../../../api/json.js';
import type { ParameterDraft } from './parameters.js';
import { given, numberOf, parted, type Reader } from './reader.js';
import { typed } from './parameters.js';

export type Relation = '<=' | '>=' | '=';

export interface TermDraft {
  readonly of: string;
  readonly times: string;
}

export const conditionTests = ['is', 'min', 'max', 'above', 'below', 'between'] as const;
export type ConditionTest = (typeof conditionTests)[number];

export interface ConditionDraft {
  readonly of: string;
  readonly test: ConditionTest;
  readonly value: string;
  /** Of `between`, the upper end. */
  readonly to: string;
}

interface Named {
  readonly name: string;
}

export type ConstraintDraft = Named &
  (
    | {
        readonly kind: 'linear';
        readonly terms: readonly TermDraft[];
        readonly relation: Relation;
        readonly bound: string;
      }
    | {
        readonly kind: 'sum';
        readonly of: readonly string[];
        readonly relation: Relation;
        readonly bound: string;
      }
    | {
        readonly kind: 'ratio';
        readonly of: string;
        readonly to: string;
        readonly min: string;
        readonly max: string;
      }
    | { readonly kind: 'forbidden'; readonly when: readonly ConditionDraft[] }
    | { readonly kind: 'neutral'; readonly of: string; readonly charges: string }
    | { readonly kind: 'expression'; readonly expression: string }
    /** What the form has no fields for: sent on as the template has it. */
    | { readonly kind: 'other'; readonly json: unknown }
  );
export type ConstraintKind = Exclude<ConstraintDraft['kind'], 'other'>;
export type ConstraintOf<K extends ConstraintDraft['kind']> = Extract<ConstraintDraft, { readonly kind: K }>;

export const emptyCondition: ConditionDraft = { of: '', test: 'min', value: '', to: '' };
export const emptyTerm: TermDraft = { of: '', times: '1' };

export const emptyConstraints: { readonly [K in ConstraintKind]: ConstraintOf<K> } = {
  linear: { kind: 'linear', name: '', terms: [emptyTerm, emptyTerm], relation: '<=', bound: '' },
  sum: { kind: 'sum', name: '', of: ['', ''], relation: '<=', bound: '' },
  ratio: { kind: 'ratio', name: '', of: '', to: '', min: '', max: '' },
  forbidden: { kind: 'forbidden', name: '', when: [emptyCondition, emptyCondition] },
  neutral: { kind: 'neutral', name: '', of: '', charges: '' },
  expression: { kind: 'expression', name: '', expression: '' },
};

const relationFrom = (value: unknown): Relation => (value === '>=' || value === '=' ? value : '<=');

export function constraintFrom(json: unknown): ConstraintDraft {
  const fields = fieldsOf(json);
  const name = textOr(fields['name'], '');
  const of = textOr(fields['of'], '');
  const relation = relationFrom(fields['relation']);
  const bound = typed(fields['bound']);
  switch (fields['kind']) {
    case 'linear':
      return {
        ...{ kind: 'linear', name, relation, bound },
        terms: listOf(fields['terms']).map((term) => ({
          of: textOr(fieldsOf(term)['of'], ''),
          times: typed(fieldsOf(term)['times'] ?? 1),
        })),
      };
    case 'sum':
      return { kind: 'sum', name, of: listOf(fields['of']).map((one) => textOr(one, '')), relation, bound };
    case 'ratio': {
      const [min, max] = [typed(fields['min']), typed(fields['max'])];
      return { kind: 'ratio', name, of, to: textOr(fields['to'], ''), min, max };
    }
    case 'forbidden': {
      const when = listOf(fields['when']).map(conditionFrom);
      const known = when.filter((condition) => condition !== null);
      return known.length === when.length
        ? { kind: 'forbidden', name, when: known }
        : { kind: 'other', name, json };
    }
    case 'neutral':
      return { kind: 'neutral', name, of, charges: chargesText(fields['charges']) };
    case 'expression':
      return { kind: 'expression', name, expression: textOr(fields['expression'], '') };
    default:
      return { kind: 'other', name, json };
  }
}

function conditionFrom(json: unknown): ConditionDraft | null {
  const { of, is, ...ends } = fieldsOf(json);
  const named = Object.keys(ends).sort().join();
  const draft = { of: textOr(of, ''), to: '' };
  if (is !== undefined && named === '') {
    const values = Array.isArray(is) ? is : [is];
    return { ...draft, test: 'is', value: values.map(String).join('; ') };
  }
  if (is !== undefined) return null;
  if (named === 'max,min')
    return { of: draft.of, test: 'between', value: typed(ends['min']), to: typed(ends['max']) };
  const test = conditionTests.find((one) => one === named);
  return test === undefined ? null : { ...draft, test, value: typed(ends[test]) };
}

const chargesText = (json: unknown): string =>
  Object.entries(fieldsOf(json))
    .map(([component, charge]) => `${component} = ${numberOr(charge, 0)}`)
    .join('\n');

export function constraintOf(
  constraint: ConstraintDraft,
  parameters: readonly ParameterDraft[],
  path: string,
  read: Reader,
): unknown {
  const { kind, name } = constraint;
  const named = { kind, ...given('name', name.trim() === '' ? undefined : name.trim()) };
  switch (kind) {
    case 'other':
      return constraint.json;
    case 'linear':
      return {
        ...named,
        terms: constraint.terms.map(({ of, times }, i) => ({
          of: read.chosen(of, `${path}.terms[${i}].of`),
          times: read.required(times, `${path}.terms[${i}].times`),
        })),
        relation: constraint.relation,
        bound: read.required(constraint.bound, `${path}.bound`),
      };
    case 'sum':
      return {
        ...named,
        of: constraint.of.map((of, i) => read.chosen(of, `${path}.of[${i}]`)),
        relation: constraint.relation,
        bound: read.required(constraint.bound, `${path}.bound`),
      };
    case 'ratio': {
      const min = read.number(constraint.min, `${path}.min`);
      const max = read.number(constraint.max, `${path}.max`);
      if (min === undefined && max === undefined && !read.errors.has(`${path}.min`)) {
        read.errors.set(`${path}.min`, 'A least or a largest ratio is needed here');
      }
      return {
        ...named,
        of: read.chosen(constraint.of, `${path}.of`),
        to: read.chosen(constraint.to, `${path}.to`),
        ...given('min', min),
        ...given('max', max),
      };
    }
    case 'forbidden':
      return {
        ...named,
        when: constraint.when.map((one, i) => conditionOf(one, parameters, `${path}.when[${i}]`, read)),
      };
    case 'neutral':
      return {
        ...named,
        of: read.chosen(constraint.of, `${path}.of`),
        ...given('charges', chargesOf(constraint.charges, `${path}.charges`, read)),
      };
    case 'expression': {
      const expression = constraint.expression.trim();
      if (expression === '') read.errors.set(`${path}.expression`, 'A condition is needed here');
      return { ...named, expression };
    }
    default:
      return kind satisfies never;
  }
}

function conditionOf(
  { of, test, value, to }: ConditionDraft,
  parameters: readonly ParameterDraft[],
  path: string,
  read: Reader,
): unknown {
  const chosen = { of: read.chosen(of, `${path}.of`) };
  if (test === 'is') {
    const isNamed = parameters.some(
      ({ kind, name }) => name === of && (kind === 'categorical' || kind === 'pool'),
    );
    const values = parted(value).map((one) => (isNamed ? one : (numberOf(one) ?? one)));
    if (values.length === 0) read.errors.set(`${path}.value`, 'At least one value is needed here');
    return { ...chosen, is: values };
  }
  const first = read.required(value, `${path}.value`);
  return test === 'between'
    ? { ...chosen, min: first, max: read.required(to, `${path}.to`) }
    : { ...chosen, [test]: first };
}

function chargesOf(text: string, path: string, read: Reader): Readonly<Record<string, number>> | undefined {
  const lines = parted(text);
  if (lines.length === 0) return undefined;
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, component = '', charge = ''] = /^(.*\S)\s*[=:]\s*([+−-]?[\d.,]+)$/.exec(line) ?? [];
      const value = numberOf(charge.replace(/^\+/, ''));
      if (component !== '' && value !== null) return [[component.trim(), value]];
      read.errors.set(path, `“${line}” is no charge of a component; write Li2O = 0`);
      return [];
    }),
  );
}
