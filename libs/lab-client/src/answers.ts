import {
  type AskedProperty,
  commands,
  dispositions,
  type Assignment,
  type BeatAnswer,
  type PointValue,
  type Receipt,
  type Spec,
} from './wire.js';

/** Readers of what comes from outside; a TypeError says which part is not as the contract has it. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} is not an object`);
  }
  return value as Fields;
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new TypeError(`${name} is not a text`);
  return value;
}

export function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${name} is not a number`);
  return value;
}

export function listOf<T>(fields: Fields, name: string, read: (item: unknown) => T): T[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  return value.map(read);
}

export function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T {
  const value = fields[name];
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new TypeError(`${name} is none of ${allowed.join(', ')}`);
  return found;
}

export function readAssignment(value: unknown): Assignment {
  const fields = fieldsOf(value, 'an assignment');
  return {
    attemptId: textOf(fields, 'attemptId'),
    experimentId: textOf(fields, 'experimentId'),
    experimentNumber: numberOf(fields, 'experimentNumber'),
    campaignId: textOf(fields, 'campaignId'),
    fence: numberOf(fields, 'fence'),
    spec: readSpec(fields['spec']),
    specHash: textOf(fields, 'specHash'),
    leaseSeconds: numberOf(fields, 'leaseSeconds'),
    heartbeatSeconds: numberOf(fields, 'heartbeatSeconds'),
  };
}

function readSpec(value: unknown): Spec {
  const fields = fieldsOf(value, 'spec');
  return {
    campaignId: textOf(fields, 'campaignId'),
    experiment: numberOf(fields, 'experiment'),
    point: readPoint(fields['point']),
    label: textOf(fields, 'label'),
    ...readAsked(fields),
    ...((fields['properties'] ?? null) !== null && {
      properties: listOf(fields, 'properties', (one) => readAsked(fieldsOf(one, 'a property of the spec'))),
    }),
  };
}

function readAsked(fields: Fields): AskedProperty {
  const temperature = fields['temperatureC'];
  return {
    property: textOf(fields, 'property'),
    unit: textOf(fields, 'unit'),
    ...(temperature === undefined || temperature === null
      ? {}
      : { temperatureC: numberOf(fields, 'temperatureC') }),
  };
}

function readPoint(value: unknown): Readonly<Record<string, PointValue>> {
  const fields = fieldsOf(value, 'point');
  return Object.fromEntries(
    Object.entries(fields).map(([name, part]): [string, PointValue] => {
      if (typeof part === 'number' || typeof part === 'string') return [name, part];
      const fractions = fieldsOf(part, `point.${name}`);
      return [
        name,
        Object.fromEntries(
          Object.keys(fractions).map((component) => [component, numberOf(fractions, component)]),
        ),
      ];
    }),
  );
}

export function readBeatAnswer(value: unknown): BeatAnswer {
  const fields = fieldsOf(value, 'an answer');
  return { attemptId: textOf(fields, 'attemptId'), command: oneOf(fields, 'command', commands) };
}

export function readReceipt(value: unknown): Receipt {
  const fields = fieldsOf(value, 'the answer');
  const { notice } = fields;
  return {
    attemptId: textOf(fields, 'attemptId'),
    disposition: oneOf(fields, 'disposition', dispositions),
    measurementIds: listOf(fields, 'measurementIds', String),
    ...(notice === undefined || notice === null ? {} : { notice: textOf(fields, 'notice') }),
  };
}
