import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const schema = buildSchema(readFileSync(resolve(__dirname, '../../schema.graphql'), 'utf8'));

export interface Root {
  /** `Query.campaign`. */
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly field: GraphQLField<unknown, unknown>;
}

/** Every operation that there is. */
export const roots: readonly Root[] = (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
  const type = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind];
  return Object.values(type?.getFields() ?? {}).map((field) => ({
    name: `${type?.name ?? ''}.${field.name}`,
    kind,
    field,
  }));
});

/** What to write where a call needs a value: by the name of the argument or field, or by its scalar. */
export interface Values {
  /** For everything that is an id. */
  readonly id: string;
  readonly named: Readonly<Record<string, string>>;
  /** How deep fields of the answer are asked for. */
  readonly depth: number;
}

/** The operation with all that it must be told, and every id that it can be told. */
export function callOf({ kind, field }: Root, values: Values): string {
  const list = field.args
    .filter(({ type, defaultValue }) => isWanted(type, defaultValue))
    .map(({ name, type }) => `${name}: ${valueOf(type, name, values)}`);
  const args = list.length === 0 ? '' : `(${list.join(', ')})`;
  return `${kind} { ${field.name}${args} ${selectionOf(field.type, values.depth)} }`;
}

/** Whether the operation takes an id at all. */
export const takesId = ({ field }: Root): boolean => field.args.some(({ type }) => holdsId(type));

function holdsId(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).some((one) => holdsId(one.type));
  return named.name === 'ID';
}

const isWanted = (type: GraphQLInputType, defaultValue: unknown): boolean =>
  (isNonNullType(type) && defaultValue === undefined) || holdsId(type);

function valueOf(type: GraphQLInputType, name: string, values: Values): string {
  if (isNonNullType(type)) return valueOf(type.ofType, name, values);
  const given = values.named[name];
  if (given !== undefined) return given;
  if (isListType(type)) return `[${valueOf(type.ofType, name, values)}]`;
  if (isInputObjectType(type)) {
    const wanted = Object.values(type.getFields()).filter((one) => isWanted(one.type, one.defaultValue));
    return `{ ${wanted.map((one) => `${one.name}: ${valueOf(one.type, one.name, values)}`).join(', ')} }`;
  }
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  const plain = { Int: '1', Float: '1', Boolean: 'true', JSON: '{}', ID: JSON.stringify(values.id) };
  return (plain as Record<string, string>)[type.name] ?? '"x"';
}

/** All fields that need no argument, so many levels deep. */
function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const fields = isObjectType(named) || isInterfaceType(named) ? Object.values(named.getFields()) : [];
  const chosen = fields
    .filter(({ args }) => args.every((one) => !isNonNullType(one.type) || one.defaultValue !== undefined))
    .map(({ name, type: of }) => ({ name, type: of, leaf: isLeafType(getNamedType(of)) }))
    .filter(({ leaf }) => leaf || depth > 1)
    .map(({ name, type: of }) => `${name} ${selectionOf(of, depth - 1)}`);
  return `{ __typename ${chosen.join(' ')} }`;
}
