import { invalidInput, parameterKinds, type ParameterSpec, type SpaceSpec, shown } from '@ionloop/domain';
import { mixturePart } from '../mixture.js';
import type { Part } from '../part.js';
import { poolPart } from '../pool.js';
import { isObject, nameAt, requireDistinct } from '../read.js';
import { categoricalPart } from './categorical.js';
import { contextPart } from './context.js';
import { continuousPart } from './continuous.js';
import { integerPart } from './integer.js';
import { levelsPart } from './levels.js';

export function openParts({ parameters }: SpaceSpec): readonly Part[] {
  const names = parameters.map(({ name }, i) => nameAt(name, `space.parameters[${i}].name`));
  if (!parameters.some(({ kind }) => kind !== 'context')) {
    throw invalidInput('space.parameters', 'a space needs a parameter to vary');
  }
  requireDistinct(names, 'space.parameters', 'parameters');
  return parameters.map((parameter, i) => openPart(parameter, `space.parameters[${i}]`));
}

function openPart(parameter: ParameterSpec, field: string): Part {
  switch (parameter.kind) {
    case 'continuous':
      return continuousPart(parameter, field);
    case 'integer':
      return integerPart(parameter, field);
    case 'levels':
      return levelsPart(parameter, field);
    case 'categorical':
      return categoricalPart(parameter, field);
    case 'mixture':
      return mixturePart(parameter, field);
    case 'pool':
      return poolPart(parameter, field);
    case 'context':
      return contextPart(parameter, field);
    default:
      return unknownKind(parameter, field);
  }
}

function unknownKind(parameter: never, field: string): never {
  const kind: unknown = isObject(parameter) ? parameter['kind'] : parameter;
  throw invalidInput(
    `${field}.kind`,
    `${field}.kind is ${shown(kind)}; it must be one of ${parameterKinds.join(', ')}`,
  );
}
