import {
  invalidInput,
  type ParameterSpec,
  type Point,
  type PointValue,
  type SpaceSpec,
} from '@ionloop/domain';

/** Something in a point that constraints can speak of. */
export interface Variable {
  readonly name: string;
  readonly parameter: string;
  readonly component: string | null;
  readonly kind: 'number' | 'text';
  /** The largest and the smallest it can be; of text, 0. */
  readonly min: number;
  readonly max: number;
  of(point: Point): number | string;
}

export type Variables = (name: string, field: string) => Variable;

/** `parameter`, or `parameter.component` for the fraction of a component. */
export function variablesOf({ parameters }: SpaceSpec): Variables {
  const known = new Map(parameters.flatMap(variablesIn).map((variable) => [variable.name, variable]));
  const others = new Map(parameters.map(({ name, kind }) => [name, kind]));
  return (name, field) => {
    const variable = known.get(name);
    if (variable) return variable;
    const kind = others.get(name);
    if (kind === 'mixture') {
      throw invalidInput(field, `${name} is a mixture; name a component of it, as in ${name}.component`);
    }
    if (kind === 'context') {
      throw invalidInput(field, `${name} is observed and not chosen; no constraint can hold it`);
    }
    const some = [...known.keys()].slice(0, 20).join(', ');
    throw invalidInput(field, `there is no "${name}"; constraints can speak of ${some}`);
  };
}

function variablesIn(parameter: ParameterSpec): readonly Variable[] {
  const { name } = parameter;
  const whole = { name, parameter: name, component: null };
  const number = (min: number, max: number): Variable => ({
    ...{ ...whole, kind: 'number', min, max },
    of: (point) => Number(point[name]),
  });
  switch (parameter.kind) {
    case 'continuous':
    case 'integer':
      return [number(parameter.min, parameter.max)];
    case 'levels':
      return [number(parameter.levels[0] ?? 0, parameter.levels.at(-1) ?? 0)];
    case 'categorical':
    case 'pool':
      return [{ ...whole, kind: 'text', min: 0, max: 0, of: (point) => textIn(point[name]) }];
    case 'mixture':
      return parameter.components.map((component) => ({
        ...{ name: `${name}.${component.name}`, parameter: name, component: component.name, kind: 'number' },
        ...{ min: component.min ?? 0, max: component.max ?? 1 },
        of(point) {
          const value = point[name];
          return typeof value === 'object' ? (value[component.name] ?? 0) : NaN;
        },
      }));
    case 'context':
      return [];
  }
}

export function numberVariable(variables: Variables, name: string, field: string): Variable {
  const variable = variables(name, field);
  if (variable.kind === 'number') return variable;
  throw invalidInput(field, `${name} is a name and not a number; it cannot be added up`);
}

const textIn = (value: PointValue | undefined): string => (typeof value === 'string' ? value : '');
