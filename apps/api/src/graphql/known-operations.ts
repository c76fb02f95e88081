import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A manifest of persisted queries, as Apollo's tools write it. */
export interface Manifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly {
    /** The SHA-256 of the body. */
    readonly id: string;
    readonly name: string;
    readonly type: 'query' | 'mutation' | 'subscription';
    readonly body: string;
  }[];
}

/** Beside the package's code: what the dashboard and @ionloop/client ask, written by scripts/operations.mjs. */
export const committedManifest = (): Manifest =>
  JSON.parse(readFileSync(new URL('../../operations.json', import.meta.url), 'utf8')) as Manifest;

/**
 * The same text for documents that ask the same: however they are spaced, in whichever order their fragments stand, and
 * with or without the `__typename` that clients put in for themselves.
 */
export function canonical(document: DocumentNode): string {
  const plain = visit(document, {
    Field: (node) =>
      node.name.value === '__typename' && node.alias === undefined && (node.directives?.length ?? 0) === 0
        ? null
        : undefined,
  });
  const texts = plain.definitions.map((definition) => stripIgnoredCharacters(print(definition)));
  return texts.sort().join(' ');
}

/** The operations of a manifest: by what they ask, and by their ids. */
export class KnownOperations {
  private readonly texts: ReadonlySet<string>;
  private readonly bodies: ReadonlyMap<string, string>;

  constructor({ operations }: Manifest) {
    this.texts = new Set(operations.map(({ body }) => canonical(parse(body))));
    this.bodies = new Map(operations.map(({ body }) => [idOf(body), body]));
  }

  has(document: DocumentNode): boolean {
    return this.texts.has(canonical(document));
  }

  /** For a client that sends only an operation's id. */
  body(id: string): string | undefined {
    return this.bodies.get(id);
  }
}

export const idOf = (body: string): string => createHash('sha256').update(body).digest('hex');

export const unknownOperation = (): GraphQLError =>
  new GraphQLError('This operation is not among those that are answered here (IONLOOP_OPERATIONS is known)', {
    extensions: { code: 'OPERATION_NOT_KNOWN', http: { status: 403 } },
  });

/** Introspection is for those who are known, and only where it is let. */
export const isIntrospection = (document: DocumentNode): boolean => {
  let asked = false;
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      if (name.value === '__schema' || name.value === '__type') asked = true;
    },
  });
  return asked;
};

/** Answers nothing but the operations of the manifest. */
export const knownOperationsPlugin = (known: KnownOperations): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ document }) =>
        known.has(document) ? Promise.resolve() : Promise.reject(unknownOperation()),
    }),
});
