import type {
  ContinuousSpec,
  MixtureComponent,
  MixtureSpec,
  ParameterSpec,
  PoolCandidate,
  PoolFeature,
  PoolSpec,
  PoolValue,
  SpaceSpec,
} from '@ionloop/domain';
import { invalidInput, shown } from '@ionloop/domain';
import { type Fields, fieldsOf, isObject, listOf, nameAt, numberAt } from './read.js';

/** More than these no campaign has asked for; they keep a hostile request from filling the memory. */
export const limits = { parameters: 50, components: 50, features: 1000, candidates: 100_000 } as const;

/**
 * A space from untrusted JSON: only its shape is checked here (known keys, right types, null where nothing is said),
 * what the numbers mean is checked by `openSpace`.
 */
export function parseSpaceSpec(json: unknown): SpaceSpec {
  const fields = fieldsOf(json, 'space', ['parameters']);
  const parameters = listOf(fields['parameters'], 'space.parameters', limits.parameters);
  return {
    parameters: parameters.map((parameter, i) => parseParameter(parameter, `space.parameters[${i}]`)),
  };
}

function parseParameter(json: unknown, field: string): ParameterSpec {
  const kind = isObject(json) ? json['kind'] : undefined;
  switch (kind) {
    case 'continuous':
      return parseContinuous(json, field);
    case 'mixture':
      return parseMixture(json, field);
    case 'pool':
      return parsePool(json, field);
    default:
      if (!isObject(json)) throw invalidInput(field, `${field} must be an object, not ${shown(json)}`);
      throw invalidInput(
        `${field}.kind`,
        `${field}.kind is ${shown(kind)}; it must be continuous, mixture or pool`,
      );
  }
}

function parseContinuous(json: unknown, field: string): ContinuousSpec {
  const fields = fieldsOf(json, field, ['kind', 'name', 'min', 'max', 'scale', 'unit']);
  const scale = fields['scale'] ?? undefined;
  if (scale !== undefined && scale !== 'linear' && scale !== 'log') {
    throw invalidInput(`${field}.scale`, `${field}.scale is ${shown(scale)}; it must be linear or log`);
  }
  const unit = fields['unit'] ?? undefined;
  return {
    kind: 'continuous',
    name: nameAt(fields['name'], `${field}.name`),
    min: numberAt(fields['min'], `${field}.min`),
    max: numberAt(fields['max'], `${field}.max`),
    ...(scale === undefined ? {} : { scale }),
    ...(unit === undefined || unit === '' ? {} : { unit: nameAt(unit, `${field}.unit`) }),
  };
}

function parseMixture(json: unknown, field: string): MixtureSpec {
  const fields = fieldsOf(json, field, ['kind', 'name', 'components', 'step']);
  const components = listOf(fields['components'], `${field}.components`, limits.components);
  return {
    kind: 'mixture',
    name: nameAt(fields['name'], `${field}.name`),
    components: components.map((component, i) => parseComponent(component, `${field}.components[${i}]`)),
    ...optionalNumber(fields, 'step', field),
  };
}

function parseComponent(json: unknown, field: string): MixtureComponent {
  const fields = fieldsOf(json, field, ['name', 'min', 'max']);
  return {
    name: nameAt(fields['name'], `${field}.name`),
    ...optionalNumber(fields, 'min', field),
    ...optionalNumber(fields, 'max', field),
  };
}

function optionalNumber<K extends string>(fields: Fields, key: K, field: string): { [key in K]?: number } {
  const value = fields[key] ?? undefined;
  return (value === undefined ? {} : { [key]: numberAt(value, `${field}.${key}`) }) as {
    [key in K]?: number;
  };
}

function parsePool(json: unknown, field: string): PoolSpec {
  const fields = fieldsOf(json, field, ['kind', 'name', 'features', 'candidates']);
  const features = listOf(fields['features'], `${field}.features`, limits.features);
  const candidates = listOf(fields['candidates'], `${field}.candidates`, limits.candidates);
  return {
    kind: 'pool',
    name: nameAt(fields['name'], `${field}.name`),
    features: features.map((feature, i) => parseFeature(feature, `${field}.features[${i}]`)),
    candidates: candidates.map((candidate, i) => parseCandidate(candidate, `${field}.candidates[${i}]`)),
  };
}

const featureKinds = ['number', 'category', 'amount', 'formula'] as const;

function parseFeature(json: unknown, field: string): string | PoolFeature {
  if (!isObject(json)) return nameAt(json, field);
  const fields = fieldsOf(json, field, ['name', 'kind', 'scale']);
  const kind = featureKinds.find((known) => known === fields['kind']);
  if (kind === undefined) {
    throw invalidInput(
      `${field}.kind`,
      `${field}.kind is ${shown(fields['kind'])}; it must be ${featureKinds.join(', ')}`,
    );
  }
  const scale = fields['scale'] ?? undefined;
  if (scale !== undefined && scale !== 'linear' && scale !== 'log') {
    throw invalidInput(`${field}.scale`, `${field}.scale is ${shown(scale)}; it must be linear or log`);
  }
  return { name: nameAt(fields['name'], `${field}.name`), kind, ...(scale === undefined ? {} : { scale }) };
}

function parseCandidate(json: unknown, field: string): PoolCandidate {
  const fields = fieldsOf(json, field, ['id', 'values']);
  const values = listOf(fields['values'], `${field}.values`, limits.features);
  return {
    id: nameAt(fields['id'], `${field}.id`),
    values: values.map((value, i) => valueAt(value, `${field}.values[${i}]`)),
  };
}

const longestText = 500;

function valueAt(value: unknown, field: string): PoolValue {
  if (value === null) return null;
  if (typeof value !== 'string') return numberAt(value, field);
  if (value.length > longestText) {
    throw invalidInput(field, `${field} has ${value.length} characters; at most ${longestText} are kept`);
  }
  return value;
}
