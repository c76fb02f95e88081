import type { IncomingMessage } from 'node:http';
import type { Identity } from '../access/identity.js';
import type { Loaders } from './loaders.js';

/** What every resolver of one operation shares. */
export interface OperationContext {
  readonly token: Identity | null;
  readonly loaders: Loaders;
  /** Takes what an operation of this cost is worth from the caller's rate; throws where there is not so much. */
  readonly charge: (cost: number) => Promise<void>;
  /** Aborted when the client has gone away or the server ends. */
  readonly gone: AbortSignal;
  /** Of the record, before anything was read for this operation; null where it is not known. */
  readonly moment: string | null;
  /** What the resolvers found out about the answer as a whole. */
  readonly answer: AnswerSoFar;
  /** Nest's guards ask for it. */
  readonly req: IncomingMessage;
}

export interface AnswerSoFar {
  /** Set where it is this caller's alone, or tells of what is not in the record: nobody else is given it. */
  unshared: boolean;
}
