import {
  invalidInput,
  type MixtureSpec,
  type ParameterSpec,
  type Point,
  type PointValue,
  type SpaceSpec,
} from '@ionloop/domain';
import { finiteNumber } from './parts/numbers.js';
import { fieldsOf, nameAt } from './read.js';

const tolerance = 1e-9;

/**
 * A point of these parameters that need not lie in the space: a number beyond the bounds or between two steps, another
 * choice, a mixture that a constraint refuses. What can be made at all is not known here.
 */
export function checkLoosely({ parameters }: SpaceSpec, point: unknown): Point {
  const fields = fieldsOf(
    point,
    'point',
    parameters.map(({ name }) => name),
  );
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const value = fields[parameter.name] ?? undefined;
      if (value === undefined && parameter.kind === 'context') return [];
      return [[parameter.name, valueOf(parameter, value, `point.${parameter.name}`)]];
    }),
  );
}

function valueOf(parameter: ParameterSpec, value: unknown, field: string): PointValue {
  switch (parameter.kind) {
    case 'continuous':
    case 'integer':
    case 'levels':
    case 'context':
      return finiteNumber(parameter.name, value, field);
    case 'categorical':
    case 'pool':
      return nameAt(value, field);
    case 'mixture':
      return mixtureOf(parameter, value, field);
    default:
      return parameter satisfies never;
  }
}

function mixtureOf({ name, components }: MixtureSpec, value: unknown, field: string): PointValue {
  const names = components.map((component) => component.name);
  const fields = fieldsOf(value, field, names);
  const fractions = names.map((component) => {
    const fraction = finiteNumber(component, fields[component] ?? 0, `${field}.${component}`);
    if (fraction >= 0 && fraction <= 1) return fraction;
    throw invalidInput(
      `${field}.${component}`,
      `${component} is ${fraction}; a fraction lies between 0 and 1`,
    );
  });
  const sum = fractions.reduce((total, fraction) => total + fraction, 0);
  if (Math.abs(sum - 1) > tolerance) {
    throw invalidInput(
      field,
      `${name}: the fractions sum to ${Number(sum.toPrecision(12))}; they must sum to 1`,
    );
  }
  return Object.fromEntries(names.map((component, i) => [component, fractions[i] ?? 0]));
}
