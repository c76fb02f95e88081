import { invalidInput, type JsonObject, type NumberRange, shown, type StationLimits } from '@ionloop/domain';
import { integer, number, object, text } from '../input.js';

const most = { components: 1000, parameters: 200, choices: 1000 } as const;
const known = ['maxConcurrent', 'batchSize', 'temperatureC', 'components', 'parameters', 'info'];

/** A limit that is not understood is refused: a station that is believed to have none is sent what harms it. */
export function readLimits(input: unknown): StationLimits {
  const fields = object(input ?? {}, 'limits', known);
  const { maxConcurrent, batchSize, temperatureC, components, parameters, info } = fields;
  const count = { min: 1, max: 10_000 };
  return {
    ...(maxConcurrent !== undefined && {
      maxConcurrent: integer(maxConcurrent, 'limits.maxConcurrent', count),
    }),
    ...(batchSize !== undefined && { batchSize: integer(batchSize, 'limits.batchSize', count) }),
    ...(temperatureC !== undefined && { temperatureC: range(temperatureC, 'limits.temperatureC') }),
    ...(components !== undefined && { components: texts(components, 'limits.components', most.components) }),
    ...(parameters !== undefined && { parameters: byParameter(parameters, 'limits.parameters') }),
    ...(info !== undefined && { info: object(info, 'limits.info', Object.keys(info ?? {})) as JsonObject }),
  };
}

function byParameter(value: unknown, field: string): NonNullable<StationLimits['parameters']> {
  const names = Object.keys(value ?? {});
  const limits = object(value, field, names);
  if (names.length > most.parameters) {
    throw invalidInput(
      field,
      `${field} limits ${names.length} parameters; at most ${most.parameters} are kept`,
    );
  }
  return Object.fromEntries(
    names.map((name) => {
      const limit = limits[name];
      const at = `${field}.${name}`;
      return [
        name,
        Array.isArray(limit) && typeof limit[0] === 'string'
          ? texts(limit, at, most.choices)
          : range(limit, at),
      ];
    }),
  );
}

function range(value: unknown, field: string): NumberRange {
  if (!Array.isArray(value) || value.length !== 2) {
    throw invalidInput(
      field,
      `${field} must be [from, to], null where there is no bound, not ${shown(value)}`,
    );
  }
  const [from, to] = value.map((bound: unknown, i) =>
    bound === null ? null : number(bound, `${field}[${i}]`, { min: -1e300, max: 1e300 }),
  );
  const [least, largest] = [from ?? null, to ?? null];
  if (least !== null && largest !== null && least > largest) {
    throw invalidInput(field, `${field} begins at ${least} and ends before, at ${largest}`);
  }
  return [least, largest];
}

function texts(value: unknown, field: string, atMost: number): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > atMost) {
    throw invalidInput(field, `${field} must be a list of 1 to ${atMost} names, not ${shown(value)}`);
  }
  return value.map((item: unknown, i) => text(item, `${field}[${i}]`, { min: 1, max: 200 }));
}
