import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import {
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type TypeNode,
} from 'graphql';
import { keyedInputs } from './generated/keyed-inputs.js';

/** An operation that knows its types: of this package, of GraphQL Code Generator, of gql.tada; or its plain text. */
export type TypedDocument<R, V> = DocumentTypeDecoration<R, V> | string;

export type Variables = Readonly<Record<string, unknown>>;

export interface ReadDocument {
  /** As it is sent. */
  readonly text: string;
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly name: string | null;
  /** Variables whose input takes an idempotency key. */
  readonly keyed: readonly string[];
  /** How many fields the operation has at its root. */
  readonly roots: number;
}

const known = new WeakMap<object, ReadDocument>();

export function readDocument(document: TypedDocument<unknown, never>): ReadDocument {
  if (typeof document === 'string') return read(parse(document));
  const found = known.get(document) ?? read(isNode(document) ? document : parse(textOf(document)));
  known.set(document, found);
  return found;
}

const isNode = (document: object): document is DocumentNode =>
  'kind' in document && document.kind === Kind.DOCUMENT;

/** The generated documents are texts that carry their types. */
const textOf = (document: object): string => {
  if (document instanceof String) return document.toString();
  throw new TypeError('a document is GraphQL, as text or parsed');
};

function read(document: DocumentNode): ReadDocument {
  const operation = getOperationAST(document);
  if (!operation) throw new TypeError('a document must have one operation');
  const asked = operation.operation === OperationTypeNode.MUTATION ? askingForErrors(operation) : operation;
  const definitions = document.definitions.map((one) => (one === operation ? asked : one));
  return {
    text: print({ ...document, definitions }),
    operation: operation.operation,
    name: operation.name?.value ?? null,
    keyed: (operation.variableDefinitions ?? [])
      .filter(({ type }) => keyedInputs.has(nameOf(type)))
      .map(({ variable }) => variable.name.value),
    roots: operation.selectionSet.selections.length,
  };
}

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

const field = (value: string, inner: readonly FieldNode[] = []): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value },
  ...(inner.length > 0 && { selectionSet: { kind: Kind.SELECTION_SET, selections: inner } }),
});

const userErrors = field('userErrors', [field('code'), field('message'), field('field')]);

/** Every payload has userErrors: a mutation that does not ask for them would fail without a word. */
const askingForErrors = (operation: OperationDefinitionNode): OperationDefinitionNode => ({
  ...operation,
  selectionSet: {
    ...operation.selectionSet,
    selections: operation.selectionSet.selections.map((root) =>
      root.kind === Kind.FIELD && root.selectionSet !== undefined
        ? {
            ...root,
            selectionSet: {
              ...root.selectionSet,
              selections: [...root.selectionSet.selections, userErrors],
            },
          }
        : root,
    ),
  },
});

/** The variables with a new idempotency key wherever one can be and none was given. */
export function withKeys({ keyed }: ReadDocument, variables: Variables): Variables {
  const added = keyed.flatMap((name) => {
    const input = variables[name];
    const takes = typeof input === 'object' && input !== null && !Array.isArray(input);
    if (!takes || (input as Variables)['idempotencyKey'] != null) return [];
    return [[name, { ...input, idempotencyKey: newKey() }] as const];
  });
  return { ...variables, ...Object.fromEntries(added) };
}

/** Sending it twice does what sending it once does. */
export const isRepeatable = ({ operation, keyed, roots }: ReadDocument): boolean =>
  operation === 'query' || (roots > 0 && keyed.length === roots);

/** Random UUIDs are not there for pages that came over plain HTTP; random bytes are. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
