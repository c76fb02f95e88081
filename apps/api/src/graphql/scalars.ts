import type { Json } from '@ionloop/domain';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { complaintAboutJson, isJson } from './json.js';

function asJson(value: unknown): Json {
  if (isJson(value)) return value;
  throw new GraphQLError(`This JSON ${complaintAboutJson(value) ?? 'is none'}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

function fromLiteral(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.BOOLEAN:
    case Kind.STRING:
    case Kind.ENUM:
      return node.value;
    case Kind.LIST:
      return node.values.map((member) => fromLiteral(member, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, fromLiteral(value, variables)]),
      );
    case Kind.VARIABLE:
      return variables[node.name.value];
    default:
      return node satisfies never;
  }
}

export const JsonScalar = new GraphQLScalarType<Json, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: asJson,
  parseLiteral: (node, variables) => asJson(fromLiteral(node, variables ?? {})),
});

/** Only ever given out: no operation takes a time, because the server's clock decides. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'A point in time, ISO 8601 in UTC.',
  serialize: String,
});
