import { IonloopError } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { GraphQLError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenMissing } from '../access/bearer.js';
import { callerOfRequest } from '../access/caller.js';
import type { Identity } from '../access/identity.js';
import type { Summaries } from '../campaigns/summaries.js';
import { goneOf } from '../http/gone.js';
import { problemTypes } from '../http/problems.js';
import type { OperationContext } from './context.js';
import { newLoaders } from './loaders.js';

export interface ContextParts {
  readonly engine: Engine;
  readonly summaries: Summaries;
  readonly ending: AbortSignal;
}

/** For an operation over HTTP. Without a valid token it is refused before anything is looked at. */
export function contextOfRequest(
  { engine, summaries, ending }: ContextParts,
  req: IncomingMessage,
  response: ServerResponse,
): OperationContext {
  return {
    token: identify(req),
    loaders: newLoaders(engine.store, summaries),
    gone: goneOf(response, ending),
    req,
  };
}

function identify(req: IncomingMessage): Identity {
  try {
    const caller = callerOfRequest(req);
    if (caller === null) throw tokenMissing();
    return caller;
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    const { code, message } = error;
    const { status } = problemTypes[code === 'RECORD_CORRUPT' ? 'INTERNAL' : code];
    throw new GraphQLError(message, { extensions: { code, http: { status } } });
  }
}
