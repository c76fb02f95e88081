import {
  type CategoricalSpec,
  type ContextSpec,
  type ContinuousSpec,
  type IntegerSpec,
  invalidInput,
  type LevelsSpec,
  type MixtureComponent,
  type MixtureSpec,
  parameterKinds,
  type ParameterSpec,
  type PoolCandidate,
  type PoolFeature,
  type PoolSpec,
  type PoolValue,
  type Scale,
  shown,
  type SpaceSpec,
} from '@ionloop/domain';
import { parseConstraints } from './constraints/parse.js';
import { type Fields, fieldsOf, isObject, listOf, nameAt, numberAt } from './read.js';

/** More than these no campaign has asked for; they keep a hostile request from filling the memory. */
export const limits = {
  parameters: 50,
  components: 50,
  levels: 1000,
  choices: 1000,
  features: 1000,
  candidates: 100_000,
} as const;

/**
 * A space from untrusted JSON: only its shape is checked here (known keys, right types, null where nothing is said),
 * what the numbers mean is checked by `openSpace`.
 */
export function parseSpaceSpec(json: unknown): SpaceSpec {
  const fields = fieldsOf(json, 'space', ['parameters', 'constraints']);
  const constraints = fields['constraints'] ?? undefined;
  const parameters = listOf(fields['parameters'], 'space.parameters', limits.parameters);
  return {
    parameters: parameters.map((parameter, i) => parseParameter(parameter, `space.parameters[${i}]`)),
    ...(constraints === undefined ? {} : { constraints: parseConstraints(constraints) }),
  };
}

function parseParameter(json: unknown, field: string): ParameterSpec {
  const kind = isObject(json) ? json['kind'] : undefined;
  switch (kind) {
    case 'continuous':
      return parseContinuous(json, field);
    case 'integer':
      return parseInteger(json, field);
    case 'levels':
      return parseLevels(json, field);
    case 'categorical':
      return parseCategorical(json, field);
    case 'context':
      return parseContext(json, field);
    case 'mixture':
      return parseMixture(json, field);
    case 'pool':
      return parsePool(json, field);
    default:
      if (!isObject(json)) throw invalidInput(field, `${field} must be an object, not ${shown(json)}`);
      throw invalidInput(
        `${field}.kind`,
        `${field}.kind is ${shown(kind)}; it must be one of ${parameterKinds.join(', ')}`,
      );
  }
}

const rangeKeys = ['kind', 'name', 'min', 'max', 'scale', 'unit'] as const;

function parseRange(fields: Fields, field: string) {
  return {
    name: nameAt(fields['name'], `${field}.name`),
    min: numberAt(fields['min'], `${field}.min`),
    max: numberAt(fields['max'], `${field}.max`),
    ...parseScaleAndUnit(fields, field),
  };
}

function parseScaleAndUnit(
  fields: Fields,
  field: string,
): { readonly scale?: Scale; readonly unit?: string } {
  const scale = fields['scale'] ?? undefined;
  if (scale !== undefined && scale !== 'linear' && scale !== 'log') {
    throw invalidInput(`${field}.scale`, `${field}.scale is ${shown(scale)}; it must be linear or log`);
  }
  const unit = fields['unit'] ?? undefined;
  return {
    ...(scale === undefined ? {} : { scale }),
    ...(unit === undefined || unit === '' ? {} : { unit: nameAt(unit, `${field}.unit`) }),
  };
}

function parseContinuous(json: unknown, field: string): ContinuousSpec {
  const fields = fieldsOf(json, field, [...rangeKeys, 'step']);
  return { kind: 'continuous', ...parseRange(fields, field), ...optionalNumber(fields, 'step', field) };
}

const parseInteger = (json: unknown, field: string): IntegerSpec => ({
  kind: 'integer',
  ...parseRange(fieldsOf(json, field, rangeKeys), field),
});

function parseContext(json: unknown, field: string): ContextSpec {
  const fields = fieldsOf(json, field, [...rangeKeys, 'usual']);
  return { kind: 'context', ...parseRange(fields, field), ...optionalNumber(fields, 'usual', field) };
}

function parseLevels(json: unknown, field: string): LevelsSpec {
  const fields = fieldsOf(json, field, ['kind', 'name', 'levels', 'scale', 'unit']);
  const levels = listOf(fields['levels'], `${field}.levels`, limits.levels);
  return {
    kind: 'levels',
    name: nameAt(fields['name'], `${field}.name`),
    levels: levels.map((level, i) => numberAt(level, `${field}.levels[${i}]`)),
    ...parseScaleAndUnit(fields, field),
  };
}

function parseCategorical(json: unknown, field: string): CategoricalSpec {
  const fields = fieldsOf(json, field, ['kind', 'name', 'choices']);
  const choices = listOf(fields['choices'], `${field}.choices`, limits.choices);
  return {
    kind: 'categorical',
    name: nameAt(fields['name'], `${field}.name`),
    choices: choices.map((choice, i) => nameAt(choice, `${field}.choices[${i}]`)),
  };
}

function parseMixture(json: unknown, field: string): MixtureSpec {
  const fields = fieldsOf(json, field, [
    'kind',
    'name',
    'components',
    'step',
    'mostComponents',
    'minimumDose',
  ]);
  const components = listOf(fields['components'], `${field}.components`, limits.components);
  return {
    kind: 'mixture',
    name: nameAt(fields['name'], `${field}.name`),
    components: components.map((component, i) => parseComponent(component, `${field}.components[${i}]`)),
    ...optionalNumber(fields, 'step', field),
    ...optionalNumber(fields, 'mostComponents', field),
    ...optionalNumber(fields, 'minimumDose', field),
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
