import { fieldsOf, isFields, listOf, numberOr, textOr } from './json.js';

export interface Continuous {
  readonly kind: 'continuous';
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
  readonly unit: string;
}

export interface Component {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface Mixture {
  readonly kind: 'mixture';
  readonly name: string;
  readonly step: number | null;
  readonly components: readonly Component[];
}

export interface Pool {
  readonly kind: 'pool';
  readonly name: string;
  /** Those that are numbers: others have no axis. */
  readonly features: readonly string[];
  readonly candidates: ReadonlyMap<string, readonly (number | null)[]>;
}

/** Numbers that are not a continuum: whole ones, or some with an order. */
export interface Stepped extends Omit<Continuous, 'kind'> {
  readonly kind: 'integer' | 'levels';
}

export interface Categorical {
  readonly kind: 'categorical';
  readonly name: string;
  readonly choices: readonly string[];
}

/** Observed, not chosen. */
export interface Context extends Omit<Continuous, 'kind'> {
  readonly kind: 'context';
}

export type Parameter = Continuous | Stepped | Categorical | Mixture | Pool | Context;
export type Space = readonly Parameter[];

export const readSpace = (json: unknown): Space =>
  listOf(fieldsOf(json)['parameters'])
    .map(readParameter)
    .filter((parameter) => parameter !== null);

function readParameter(json: unknown): Parameter | null {
  const fields = fieldsOf(json);
  const name = textOr(fields['name'], '');
  switch (fields['kind']) {
    case 'continuous':
      return { kind: 'continuous', ...rangeOf(fields, name) };
    case 'integer':
      return { kind: 'integer', ...rangeOf(fields, name) };
    case 'context':
      return { kind: 'context', ...rangeOf(fields, name) };
    case 'levels': {
      const levels = listOf(fields['levels']).flatMap((level) => numberOr(level, null) ?? []);
      const ends = { min: levels[0] ?? 0, max: levels.at(-1) ?? 1 };
      return { kind: 'levels', ...rangeOf(fields, name), ...ends };
    }
    case 'categorical':
      return {
        kind: 'categorical',
        name,
        choices: listOf(fields['choices']).map((choice) => textOr(choice, '')),
      };
    case 'mixture':
      return {
        kind: 'mixture',
        name,
        step: numberOr(fields['step'], null),
        components: listOf(fields['components']).map((component) => ({
          name: textOr(fieldsOf(component)['name'], ''),
          min: numberOr(fieldsOf(component)['min'], 0),
          max: numberOr(fieldsOf(component)['max'], 1),
        })),
      };
    case 'pool':
      return readPool(name, listOf(fields['features']), listOf(fields['candidates']));
    default:
      return null;
  }
}

function readPool(name: string, features: readonly unknown[], candidates: readonly unknown[]): Pool {
  const numbers = features.flatMap((feature, at) => {
    const { name: called = feature, kind = 'number' } = fieldsOf(feature);
    return kind === 'number' || kind === 'amount' ? [{ at, name: textOr(called, '') }] : [];
  });
  return {
    kind: 'pool',
    name,
    features: numbers.map((feature) => feature.name),
    candidates: new Map(
      candidates.map((candidate) => {
        const values = listOf(fieldsOf(candidate)['values']);
        return [textOr(fieldsOf(candidate)['id'], ''), numbers.map(({ at }) => numberOr(values[at], null))];
      }),
    ),
  };
}

const rangeOf = (fields: ReturnType<typeof fieldsOf>, name: string) => ({
  name,
  min: numberOr(fields['min'], 0),
  max: numberOr(fields['max'], 1),
  scale: fields['scale'] === 'log' ? ('log' as const) : ('linear' as const),
  unit: textOr(fields['unit'], ''),
});

/** One number of a point that can be put on an axis. */
export interface Dimension {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
  readonly of: (point: unknown) => number | null;
  /** The names of 0, 1, 2 … where the numbers stand for choices. */
  readonly choices?: readonly string[];
  /** A part of a whole, that is read in percent. */
  readonly share?: boolean;
}

export const dimensionsOf = (space: Space): readonly Dimension[] => space.flatMap(dimensionsOfParameter);

function dimensionsOfParameter(parameter: Parameter): readonly Dimension[] {
  switch (parameter.kind) {
    case 'continuous':
    case 'integer':
    case 'levels':
    case 'context':
      return [{ ...parameter, of: (point) => numberOr(fieldsOf(point)[parameter.name], null) }];
    case 'categorical': {
      const { name, choices } = parameter;
      const of = (point: unknown): number | null => {
        const at = choices.indexOf(textOr(fieldsOf(point)[name], ''));
        return at < 0 ? null : at;
      };
      return [{ name, unit: '', scale: 'linear', min: 0, max: choices.length - 1, of, choices }];
    }
    case 'mixture':
      return parameter.components.map((component) => ({
        ...component,
        unit: '',
        scale: 'linear' as const,
        share: true,
        of: (point) => fractionOf(point, parameter.name, component.name),
      }));
    case 'pool':
      return parameter.features.map((name, index) => {
        const of = (point: unknown): number | null =>
          numberOr(parameter.candidates.get(textOr(fieldsOf(point)[parameter.name], ''))?.[index], null);
        const values = [...parameter.candidates.values()].flatMap((row) => row[index] ?? []);
        return {
          name,
          unit: '',
          scale: 'linear' as const,
          min: least(values),
          max: -least(values.map((v) => -v)),
          of,
        };
      });
  }
}

const least = (values: readonly number[]): number =>
  values.reduce((low, value) => Math.min(low, value), Infinity);

/** A component that a point leaves out is not in the mixture. */
function fractionOf(point: unknown, mixture: string, component: string): number | null {
  const fractions = fieldsOf(point)[mixture];
  return isFields(fractions) ? numberOr(fractions[component], 0) : null;
}

/** How a space can be drawn. */
export type Drawing =
  | { readonly kind: 'ternary'; readonly axes: readonly [Dimension, Dimension, Dimension] }
  | { readonly kind: 'line'; readonly x: Dimension }
  | { readonly kind: 'plane'; readonly x: Dimension; readonly y: Dimension }
  | { readonly kind: 'strips'; readonly axes: readonly Dimension[] };

export function drawingOf(space: Space): Drawing {
  const varied = space.filter(({ kind }) => kind !== 'context');
  const axes = dimensionsOf(varied);
  const [x, y, z] = axes;
  const mixtures = varied.filter(({ kind }) => kind === 'mixture').length;
  const continuous = varied.filter(({ kind }) => kind === 'continuous').length;
  if (mixtures === 1 && varied.length === 1) {
    if (x && y && z && axes.length === 3) return { kind: 'ternary', axes: [x, y, z] };
    if (x && axes.length === 2) return { kind: 'line', x };
  }
  if (continuous === varied.length) {
    if (x && axes.length === 1) return { kind: 'line', x };
    if (x && y && axes.length === 2) return { kind: 'plane', x, y };
  }
  return { kind: 'strips', axes: dimensionsOf(space) };
}
