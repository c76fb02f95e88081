import { invalidInput, type Json, type JsonObject, shown } from '@ionloop/domain';
import { complaintAboutJson, isJson } from '../graphql/json.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Puts a schema among the named ones of a document and gives the reference to it. */
export type Naming = (name: string, describe: () => JsonSchema) => JsonSchema;

/**
 * A shape of JSON from outside: what reads it, refusing with the field's name, and what describes it in a document.
 * Both come from one value, so that what is checked is what is told.
 */
export interface Schema<T> {
  read(value: unknown, field: string): T;
  describe(naming: Naming): JsonSchema;
}

export type Read<S> = S extends Schema<infer T> ? T : never;

interface About {
  readonly about?: string;
  readonly example?: unknown;
}

const told = ({ about, example }: About): JsonSchema => ({
  ...(about !== undefined && { description: about }),
  ...(example !== undefined && { examples: [example] }),
});

interface TextOptions extends About {
  readonly max: number;
  readonly blank?: boolean;
  readonly pattern?: string;
  readonly format?: string;
}

// JSON has both; a database's text has neither.
const unstorable = /[\0\p{Surrogate}]/u;
/** As JSON Schema says it: no NUL, and something else than white space. */
const storablePattern = '^[^\\u0000]*$';
const saidPattern = '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$';

export function text({ max, blank = false, pattern, format, ...about }: TextOptions): Schema<string> {
  const wanted = pattern === undefined ? null : new RegExp(pattern, 'u');
  return {
    read: (value, field) => {
      if (typeof value !== 'string') throw invalidInput(field, `${field} must be text, not ${shown(value)}`);
      if (!blank && value.trim() === '') throw invalidInput(field, `${field} must not be empty`);
      const { length } = Array.from(value);
      if (length > max)
        throw invalidInput(field, `${field} has ${length} characters; at most ${max} are taken`);
      if (unstorable.test(value)) {
        throw invalidInput(field, `${field} holds a character that cannot be kept: NUL, or half of a pair`);
      }
      if (wanted?.test(value) === false) throw invalidInput(field, `${field} must be like ${String(wanted)}`);
      return value;
    },
    describe: () => ({
      type: 'string',
      ...(!blank && { minLength: 1 }),
      maxLength: max,
      pattern: pattern ?? (blank ? storablePattern : saidPattern),
      ...(format !== undefined && { format }),
      ...told(about),
    }),
  };
}

interface NumberOptions extends About {
  readonly min?: number;
  readonly max?: number;
}

export function number({ min, max, ...about }: NumberOptions = {}): Schema<number> {
  return {
    read: (value, field) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw invalidInput(field, `${field} must be a finite number, not ${shown(value)}`);
      }
      if (value < (min ?? -Infinity) || value > (max ?? Infinity)) {
        throw invalidInput(field, `${field} is ${value}; it must lie ${between(min, max)}`);
      }
      return value;
    },
    describe: () => ({ type: 'number', ...bounds(min, max), ...told(about) }),
  };
}

export function integer({
  min,
  max = Number.MAX_SAFE_INTEGER,
  ...about
}: NumberOptions = {}): Schema<number> {
  const numbers = number({ ...(min !== undefined && { min }), max });
  return {
    read: (value, field) => {
      const whole = numbers.read(value, field);
      if (!Number.isSafeInteger(whole)) {
        throw invalidInput(field, `${field} is ${whole}; it must be a whole number`);
      }
      return whole;
    },
    describe: () => ({ type: 'integer', ...bounds(min ?? Number.MIN_SAFE_INTEGER, max), ...told(about) }),
  };
}

const bounds = (min: number | undefined, max: number | undefined): JsonSchema => ({
  ...(min !== undefined && { minimum: min }),
  ...(max !== undefined && { maximum: max }),
});

const between = (min: number | undefined, max: number | undefined): string =>
  min === undefined
    ? `at or below ${max}`
    : max === undefined
      ? `at or above ${min}`
      : `between ${min} and ${max}`;

export const boolean = (about: About = {}): Schema<boolean> => ({
  read: (value, field) => {
    if (typeof value === 'boolean') return value;
    throw invalidInput(field, `${field} must be true or false, not ${shown(value)}`);
  },
  describe: () => ({ type: 'boolean', ...told(about) }),
});

export const oneOf = <T extends string>(members: readonly T[], about: About = {}): Schema<T> => ({
  read: (value, field) => {
    const member = members.find((candidate) => candidate === value);
    if (member !== undefined) return member;
    throw invalidInput(field, `${field} is ${shown(value)}; it must be one of ${members.join(', ')}`);
  },
  describe: () => ({ type: 'string', enum: members, ...told(about) }),
});

export const list = <T>(
  of: Schema<T>,
  { max, ...about }: About & { readonly max: number },
): Schema<readonly T[]> => ({
  read: (value, field) => {
    if (!Array.isArray(value)) throw invalidInput(field, `${field} must be a list, not ${shown(value)}`);
    if (value.length > max) {
      throw invalidInput(field, `${field} has ${value.length} entries; at most ${max} are taken`);
    }
    return value.map((member: unknown, index) => of.read(member, `${field}[${index}]`));
  },
  describe: (naming) => ({ type: 'array', items: of.describe(naming), maxItems: max, ...told(about) }),
});

/** Any JSON, not too deep, and without what a database cannot keep. */
export const json = (about: About = {}): Schema<Json> => ({
  read: (value, field) => {
    if (value === undefined) throw invalidInput(field, `${field} is missing`);
    if (isJson(value)) return value;
    throw invalidInput(field, `${field} ${complaintAboutJson(value) ?? 'is no JSON'}`);
  },
  describe: () => told(about),
});

export function jsonObject(about: About = {}): Schema<JsonObject> {
  const any = json();
  return {
    read: (value, field) => {
      const read = any.read(value, field);
      if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as JsonObject;
      throw invalidInput(field, `${field} must be an object, not ${shown(value)}`);
    },
    describe: () => ({ type: 'object', ...told(about) }),
  };
}

/** Described more narrowly than it is read here: a use case reads it on. */
export const describedAs = <T>(schema: Schema<T>, describe: (naming: Naming) => JsonSchema): Schema<T> => ({
  read: schema.read,
  describe,
});

export const named = <T>(name: string, schema: Schema<T>): Schema<T> => ({
  read: schema.read,
  describe: (naming) => naming(name, () => schema.describe(naming)),
});
