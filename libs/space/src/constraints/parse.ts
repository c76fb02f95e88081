import {
  type Condition,
  constraintKinds,
  type ConstraintSpec,
  invalidInput,
  type LinearTerm,
  type Relation,
  relations,
  shown,
} from '@ionloop/domain';
import { type Fields, fieldsOf, isObject, listOf, nameAt, numberAt } from '../read.js';

export const constraintLimits = {
  constraints: 100,
  terms: 200,
  conditions: 20,
  values: 1000,
  expression: 2000,
} as const;

export function parseConstraints(json: unknown): readonly ConstraintSpec[] {
  return listOf(json, 'space.constraints', constraintLimits.constraints).map((constraint, i) =>
    parseConstraint(constraint, `space.constraints[${i}]`),
  );
}

function parseConstraint(json: unknown, field: string): ConstraintSpec {
  if (!isObject(json)) throw invalidInput(field, `${field} must be an object, not ${shown(json)}`);
  const kind = constraintKinds.find((known) => known === json['kind']);
  const read = (...keys: string[]): Fields => fieldsOf(json, field, ['kind', 'name', ...keys]);
  const name = json['name'] ?? undefined;
  const named = name === undefined ? {} : { name: nameAt(name, `${field}.name`) };
  const text = (key: string): string => nameAt(json[key], `${field}.${key}`);
  switch (kind) {
    case 'linear': {
      const terms = listOf(
        read('terms', 'relation', 'bound')['terms'],
        `${field}.terms`,
        constraintLimits.terms,
      );
      return {
        kind,
        ...named,
        terms: terms.map((term, i) => parseTerm(term, `${field}.terms[${i}]`)),
        relation: relationAt(json['relation'], `${field}.relation`),
        bound: numberAt(json['bound'], `${field}.bound`),
      };
    }
    case 'sum': {
      const of = listOf(read('of', 'relation', 'bound')['of'], `${field}.of`, constraintLimits.terms);
      return {
        kind,
        ...named,
        of: of.map((one, i) => nameAt(one, `${field}.of[${i}]`)),
        relation: relationAt(json['relation'], `${field}.relation`),
        bound: numberAt(json['bound'], `${field}.bound`),
      };
    }
    case 'ratio':
      return {
        kind,
        ...named,
        of: text('of'),
        to: text('to'),
        ...numbersIn(read('of', 'to', 'min', 'max'), ['min', 'max'], field),
      };
    case 'forbidden': {
      const when = listOf(read('when')['when'], `${field}.when`, constraintLimits.conditions);
      return { kind, ...named, when: when.map((one, i) => parseCondition(one, `${field}.when[${i}]`)) };
    }
    case 'neutral': {
      const charges = read('of', 'charges')['charges'] ?? undefined;
      return {
        kind,
        ...named,
        of: text('of'),
        ...(charges === undefined ? {} : { charges: parseCharges(charges, `${field}.charges`) }),
      };
    }
    case 'expression': {
      const { expression } = read('expression') as { expression?: unknown };
      if (typeof expression !== 'string' || expression.length > constraintLimits.expression) {
        throw invalidInput(
          `${field}.expression`,
          `${field}.expression must be text of at most ${constraintLimits.expression} characters, not ${shown(expression)}`,
        );
      }
      return { kind, ...named, expression };
    }
    default:
      throw invalidInput(
        `${field}.kind`,
        `${field}.kind is ${shown(json['kind'])}; it must be one of ${constraintKinds.join(', ')}`,
      );
  }
}

function parseTerm(json: unknown, field: string): LinearTerm {
  const fields = fieldsOf(json, field, ['of', 'times']);
  return { of: nameAt(fields['of'], `${field}.of`), times: numberAt(fields['times'] ?? 1, `${field}.times`) };
}

function relationAt(value: unknown, field: string): Relation {
  const relation = relations.find((known) => known === value);
  if (relation) return relation;
  throw invalidInput(field, `${field} is ${shown(value)}; it must be <=, >= or =`);
}

const conditionKeys = ['min', 'max', 'above', 'below'] as const;

function parseCondition(json: unknown, field: string): Condition {
  const fields = fieldsOf(json, field, ['of', 'is', ...conditionKeys]);
  const is = fields['is'] ?? undefined;
  const values =
    is === undefined ? [] : Array.isArray(is) ? listOf(is, `${field}.is`, constraintLimits.values) : [is];
  return {
    of: nameAt(fields['of'], `${field}.of`),
    ...(is === undefined
      ? {}
      : {
          is: values.map((value, i) =>
            typeof value === 'string'
              ? nameAt(value, `${field}.is[${i}]`)
              : numberAt(value, `${field}.is[${i}]`),
          ),
        }),
    ...numbersIn(fields, conditionKeys, field),
  };
}

function numbersIn<K extends string>(
  fields: Fields,
  keys: readonly K[],
  field: string,
): { [key in K]?: number } {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = fields[key] ?? undefined;
      return value === undefined ? [] : [[key, numberAt(value, `${field}.${key}`)]];
    }),
  ) as { [key in K]?: number };
}

function parseCharges(json: unknown, field: string): Readonly<Record<string, number>> {
  if (!isObject(json)) throw invalidInput(field, `${field} must be an object, not ${shown(json)}`);
  return Object.fromEntries(
    Object.entries(json).map(([name, charge]) => [nameAt(name, field), numberAt(charge, `${field}.${name}`)]),
  );
}
