import { invalidInput, shown } from '@ionloop/domain';
import type { JsonSchema, Naming, Schema } from './schema.js';

/** A member that need not be sent; null counts as not sent. */
export interface MayMiss<T> {
  readonly kind: 'may miss';
  readonly schema: Schema<T>;
}

/** A member that is taken to be something where it is not sent. */
export interface Preset<T> {
  readonly kind: 'preset';
  readonly schema: Schema<T>;
  readonly value: T;
}

type Member<T> = Schema<T> | MayMiss<T> | Preset<T>;
type Members = Readonly<Record<string, Member<unknown>>>;
type ValueOf<M> = M extends Member<infer T> ? T : never;
type MissingOf<M> = { [K in keyof M]: M[K] extends MayMiss<unknown> ? K : never }[keyof M];

export type ObjectOf<M> = { readonly [K in Exclude<keyof M, MissingOf<M>>]: ValueOf<M[K]> } & {
  readonly [K in MissingOf<M>]?: ValueOf<M[K]>;
};

export const mayMiss = <T>(schema: Schema<T>): MayMiss<T> => ({ kind: 'may miss', schema });
export const preset = <T>(schema: Schema<T>, value: T): Preset<T> => ({ kind: 'preset', schema, value });

/** An object with these members and no others: a name that is misspelt is not dropped in silence. */
export function object<const M extends Members>(members: M, about?: string): Schema<ObjectOf<M>> {
  const known = Object.keys(members);
  return {
    read: (value, field) => {
      const sent = sentTo(value, field, known);
      const read = known.flatMap((key): [string, unknown][] => {
        const member = members[key] as Member<unknown>;
        const at = field === 'body' ? key : `${field}.${key}`;
        const there = sent[key];
        if (!('kind' in member)) return [[key, member.read(there, at)]];
        if (there !== undefined && there !== null) return [[key, member.schema.read(there, at)]];
        return member.kind === 'preset' ? [[key, member.value]] : [];
      });
      return Object.fromEntries(read) as ObjectOf<M>;
    },
    describe: (naming) => ({
      type: 'object',
      properties: Object.fromEntries(known.map((key) => [key, describe(members[key], naming)])),
      required: known.filter((key) => !('kind' in (members[key] as Member<unknown>))),
      additionalProperties: false,
      ...(about !== undefined && { description: about }),
    }),
  };
}

/** What the server says: members may be added to it at any time, and a client looks past those. */
export function answer<const M extends Members>(members: M, about?: string): Schema<ObjectOf<M>> {
  const schema = object(members, about);
  return {
    read: schema.read,
    describe: (naming) => {
      const open = Object.fromEntries(
        Object.entries(schema.describe(naming)).filter(([name]) => name !== 'additionalProperties'),
      );
      const required = open['required'] as readonly string[];
      const properties = Object.entries(open['properties'] as Readonly<Record<string, JsonSchema>>).map(
        ([key, of]) => [key, required.includes(key) ? of : withoutNull(of)],
      );
      return { ...open, properties: Object.fromEntries(properties) as JsonSchema };
    },
  };
}

function sentTo(value: unknown, field: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidInput(field, `${field} must be an object, not ${shown(value)}`);
  }
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger === undefined) return value as Readonly<Record<string, unknown>>;
  throw invalidInput(stranger, `${field} has an unknown key "${stranger}"; it may have ${known.join(', ')}`);
}

function describe(member: Member<unknown> | undefined, naming: Naming): JsonSchema {
  if (member === undefined || !('kind' in member)) return member?.describe(naming) ?? {};
  const inner = orNull(member.schema.describe(naming));
  return member.kind === 'preset' ? { ...inner, default: member.value } : inner;
}

function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: members } = schema;
  if (typeof type !== 'string') return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema;
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(members) && { enum: [...(members as unknown[]), null] }),
  };
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, anyOf, enum: members, ...rest } = schema;
  if (Array.isArray(anyOf)) return (anyOf as JsonSchema[])[0] ?? {};
  if (!Array.isArray(type)) return schema;
  return {
    type: (type as unknown[])[0],
    ...(Array.isArray(members) && { enum: members.filter((one) => one !== null) }),
    ...rest,
  };
}
