import { chargeOf, FormulaError, parseFormula } from '@ionloop/chemistry';
import {
  type Condition,
  constraintKinds,
  type ConstraintSpec,
  invalidInput,
  type NeutralConstraint,
  type Point,
  type RatioConstraint,
  relations,
  type Relation,
  shown,
  type SpaceSpec,
} from '@ionloop/domain';
import { isObject } from '../read.js';
import { type Constraint, type LinearRow, rowHolds } from './constraint.js';
import { readExpression } from './expression.js';
import { numberVariable, type Variable, type Variables, variablesOf } from './variables.js';

export function openConstraints(spec: SpaceSpec): readonly Constraint[] {
  const variables = variablesOf(spec);
  return (spec.constraints ?? []).map((constraint, i) =>
    openConstraint(constraint, spec, variables, `space.constraints[${i}]`),
  );
}

type Opened = Omit<Constraint, 'name'>;

function openConstraint(
  constraint: ConstraintSpec,
  spec: SpaceSpec,
  variables: Variables,
  field: string,
): Constraint {
  const opened = open(constraint, spec, variables, field);
  return { name: constraint.name ?? opened.text, ...opened };
}

function open(constraint: ConstraintSpec, spec: SpaceSpec, variables: Variables, field: string): Opened {
  switch (constraint.kind) {
    case 'linear': {
      requireSome(constraint.terms, `${field}.terms`);
      const terms = constraint.terms.map(({ of, times }, i) => ({
        of: numberVariable(variables, of, `${field}.terms[${i}].of`),
        times,
      }));
      const left = terms.map(({ of, times }) => (times === 1 ? of.name : `${times}·${of.name}`)).join(' + ');
      return bounded(terms, constraint.relation, constraint.bound, left, field);
    }
    case 'sum': {
      requireSome(constraint.of, `${field}.of`);
      const terms = constraint.of.map((name, i) => ({
        of: numberVariable(variables, name, `${field}.of[${i}]`),
        times: 1,
      }));
      return bounded(terms, constraint.relation, constraint.bound, constraint.of.join(' + '), field);
    }
    case 'ratio':
      return openRatio(constraint, variables, field);
    case 'forbidden': {
      requireSome(constraint.when, `${field}.when`);
      const conditions = constraint.when.map((condition, i) =>
        openCondition(condition, variables, `${field}.when[${i}]`),
      );
      return {
        text: `not ${conditions.map(({ text }) => text).join(' with ')}`,
        holds: (point) => !conditions.every(({ meets }) => meets(point)),
        rows: null,
      };
    }
    case 'neutral':
      return openNeutral(constraint, spec, variables, field);
    case 'expression': {
      const used = new Map<string, Variable>();
      const { holds, missing } = readExpression(constraint.expression, `${field}.expression`, (name) => {
        const variable = variables(name, `${field}.expression`);
        used.set(name, variable);
        return variable.kind;
      });
      const valueIn = (point: Point) => (name: string) => used.get(name)?.of(point) ?? NaN;
      return {
        text: constraint.expression.trim(),
        holds: (point) => Boolean(holds(valueIn(point))),
        missing: (point) => missing(valueIn(point)),
        rows: null,
      };
    }
    default:
      return unknownKind(constraint, field);
  }
}

function unknownKind(constraint: never, field: string): never {
  const kind: unknown = isObject(constraint) ? constraint['kind'] : constraint;
  throw invalidInput(
    `${field}.kind`,
    `${field}.kind is ${shown(kind)}; it must be one of ${constraintKinds.join(', ')}`,
  );
}

function requireSome(list: readonly unknown[], field: string): void {
  if (list.length === 0) throw invalidInput(field, `${field} is empty; it must name at least one`);
}

const inRows = (rows: readonly LinearRow[], text: string): Opened => ({
  text,
  holds: (point) => rows.every((row) => rowHolds(row, point)),
  rows,
});

function bounded(
  terms: LinearRow['terms'],
  relation: Relation,
  bound: number,
  left: string,
  field: string,
): Opened {
  if (!relations.includes(relation)) {
    throw invalidInput(`${field}.relation`, `relation is ${shown(relation)}; it must be <=, >= or =`);
  }
  for (const value of [bound, ...terms.map(({ times }) => times)]) {
    if (!Number.isFinite(value)) throw invalidInput(field, `${value} is not a finite number`);
  }
  const row = {
    terms,
    low: relation === '<=' ? -Infinity : bound,
    high: relation === '>=' ? Infinity : bound,
  };
  return inRows([row], `${left} ${relation} ${bound}`);
}

function openRatio({ of, to, min, max }: RatioConstraint, variables: Variables, field: string): Opened {
  const above = numberVariable(variables, of, `${field}.of`);
  const below = numberVariable(variables, to, `${field}.to`);
  if (below.min < 0) {
    throw invalidInput(
      `${field}.to`,
      `${to} can be as low as ${below.min}; a ratio needs what is never negative`,
    );
  }
  if (min === undefined && max === undefined) {
    throw invalidInput(field, 'a ratio needs a min, a max or both');
  }
  if ((min ?? -Infinity) > (max ?? Infinity)) {
    throw invalidInput(`${field}.max`, `min ${String(min)} lies above max ${String(max)}`);
  }
  const row = (times: number, low: number, high: number): LinearRow => ({
    terms: [
      { of: above, times: 1 },
      { of: below, times: -times },
    ],
    low,
    high,
  });
  return inRows(
    [
      ...(min === undefined ? [] : [row(min, 0, Infinity)]),
      ...(max === undefined ? [] : [row(max, -Infinity, 0)]),
    ],
    `${min === undefined ? '' : `${min} <= `}${of} / ${to}${max === undefined ? '' : ` <= ${max}`}`,
  );
}

function openCondition(
  { of, is, min, max, above, below }: Condition,
  variables: Variables,
  field: string,
): { readonly text: string; meets(point: Point): boolean } {
  const variable = variables(of, `${field}.of`);
  const limits = [
    ...(min === undefined ? [] : [{ sign: '>=', limit: min, meets: (x: number) => x >= min }]),
    ...(max === undefined ? [] : [{ sign: '<=', limit: max, meets: (x: number) => x <= max }]),
    ...(above === undefined ? [] : [{ sign: '>', limit: above, meets: (x: number) => x > above }]),
    ...(below === undefined ? [] : [{ sign: '<', limit: below, meets: (x: number) => x < below }]),
  ];
  if (is === undefined && limits.length === 0) {
    throw invalidInput(field, `${of}: a condition needs is, min, max, above or below`);
  }
  if (limits.length > 0 && variable.kind === 'text') {
    throw invalidInput(field, `${of} is a name and not a number; only "is" can be asked of it`);
  }
  is?.forEach((value, i) => {
    if ((typeof value === 'string') !== (variable.kind === 'text')) {
      throw invalidInput(`${field}.is[${i}]`, `${of} is a ${variable.kind}; it can never be ${shown(value)}`);
    }
  });
  return {
    text: [
      ...(is ? [`${of} = ${is.join(' or ')}`] : []),
      ...limits.map(({ sign, limit }) => `${of} ${sign} ${limit}`),
    ].join(' and '),
    meets(point) {
      const value = variable.of(point);
      if (is && !is.some((one) => one === value)) return false;
      return limits.every(({ meets }) => meets(Number(value)));
    },
  };
}

function openNeutral(
  { of, charges }: NeutralConstraint,
  spec: SpaceSpec,
  variables: Variables,
  field: string,
): Opened {
  const mixture = spec.parameters.find(({ name }) => name === of);
  if (mixture?.kind !== 'mixture') throw invalidInput(`${field}.of`, `${of} is not a mixture of this space`);
  const names = mixture.components.map(({ name }) => name);
  const stranger = Object.keys(charges ?? {}).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw invalidInput(`${field}.charges.${stranger}`, `${of} has no component "${stranger}"`);
  }
  const terms = names.map((component) => ({
    of: numberVariable(variables, `${of}.${component}`, field),
    times: charges ? (charges[component] ?? 0) : knownCharge(component, field),
  }));
  return inRows([{ terms, low: 0, high: 0 }], `the charges of ${of} cancel`);
}

/** With each element in its most common oxidation state. */
function knownCharge(component: string, field: string): number {
  try {
    return chargeOf(parseFormula(component));
  } catch (error) {
    if (!(error instanceof FormulaError || error instanceof RangeError)) throw error;
    throw invalidInput(
      `${field}.charges`,
      `the charge of ${component} is not known (${error.message}); give the charges of all components`,
    );
  }
}
