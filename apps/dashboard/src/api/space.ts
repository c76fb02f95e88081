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

export type Parameter = Continuous | Mixture | Pool;
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
      return {
        kind: 'continuous',
        name,
        min: numberOr(fields['min'], 0),
        max: numberOr(fields['max'], 1),
        scale: fields['scale'] === 'log' ? 'log' : 'linear',
        unit: textOr(fields['unit'], ''),
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

/** One number of a point that can be put on an axis. */
export interface Dimension {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
  readonly of: (point: unknown) => number | null;
}

export const dimensionsOf = (space: Space): readonly Dimension[] => space.flatMap(dimensionsOfParameter);

function dimensionsOfParameter(parameter: Parameter): readonly Dimension[] {
  switch (parameter.kind) {
    case 'continuous':
      return [{ ...parameter, of: (point) => numberOr(fieldsOf(point)[parameter.name], null) }];
    case 'mixture':
      return parameter.components.map((component) => ({
        ...component,
        unit: '',
        scale: 'linear' as const,
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
  const axes = dimensionsOf(space);
  const [x, y, z] = axes;
  const mixtures = space.filter(({ kind }) => kind === 'mixture').length;
  const continuous = space.filter(({ kind }) => kind === 'continuous').length;
  if (mixtures === 1 && space.length === 1) {
    if (x && y && z && axes.length === 3) return { kind: 'ternary', axes: [x, y, z] };
    if (x && axes.length === 2) return { kind: 'line', x };
  }
  if (continuous === space.length) {
    if (x && axes.length === 1) return { kind: 'line', x };
    if (x && y && axes.length === 2) return { kind: 'plane', x, y };
  }
  return { kind: 'strips', axes };
}
