import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { Connection, type Page } from './connection.js';
import { readDocument, type TypedDocument, type Variables } from './document.js';
import { RequestRefused } from './errors.js';
import { follow, type FollowOptions } from './follow.js';
import type { Sockets } from './socket.js';
import type { CallOptions, Transport } from './transport.js';

/** Of an operation that takes none, variables may be left out. */
export type Told<V, O> =
  Record<string, never> extends V ? [variables?: V, options?: O] : [variables: V, options?: O];

export interface ListOptions extends Pick<CallOptions, 'signal'> {
  /** How many entries are asked for at a time; 100 unless told. */
  readonly pageSize?: number;
}

/** What every part of the client asks through. */
export class Operator {
  constructor(
    readonly transport: Transport,
    private readonly sockets: Sockets,
  ) {}

  run<R, V>(document: TypedDocument<R, V>, variables: V, options: CallOptions = {}): Promise<R> {
    const read = readDocument(document);
    if (read.operation === 'subscription') throw new TypeError('a subscription is asked for by subscribe');
    return this.transport.operate<R>(read, variables ?? {}, options);
  }

  subscribe<R, V>(
    document: TypedDocument<R, V>,
    variables: V,
    options: FollowOptions<R>,
  ): AsyncIterableIterator<R, void, undefined> {
    const read = readDocument(document);
    if (read.operation !== 'subscription') throw new TypeError('only a subscription can be subscribed to');
    const { policy } = this.transport;
    return follow(this.sockets, policy, read.text, (variables ?? {}) as Variables, options);
  }

  list<R, V, T>(
    document: DocumentTypeDecoration<R, V & { first: number; after?: string | null | undefined }>,
    variables: V,
    pick: (data: R) => Page<T> | null | undefined,
    { signal, pageSize = 100 }: ListOptions = {},
  ): Connection<T> {
    return new Connection(async (first, after) => {
      const data = await this.run(document, { ...variables, first, after }, { signal });
      return found(pick(data));
    }, pageSize);
  }
}

/** A list of something that is not there, or not for this token. */
export function found<T>(value: T | null | undefined): T {
  if (value !== null && value !== undefined) return value;
  throw new RequestRefused({ code: 'NOT_FOUND', message: 'there is nothing by this id', status: 200 });
}

/** What a payload without user errors has. */
export function made<T>(value: T | null | undefined): T {
  if (value !== null && value !== undefined) return value;
  throw new RequestRefused({ code: 'UNKNOWN', message: 'the payload is empty', status: 200 });
}
