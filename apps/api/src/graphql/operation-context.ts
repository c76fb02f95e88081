import { IonloopError, type Token } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { GraphQLError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenOf } from '../access/bearer.js';
import type { Summaries } from '../campaigns/summaries.js';
import { goneOf } from '../http/gone.js';
import type { OperationContext } from './context.js';
import { newLoaders } from './loaders.js';

export interface ContextParts {
  readonly engine: Engine;
  readonly summaries: Summaries;
  readonly ending: AbortSignal;
}

/** For an operation over HTTP. A wrong token is refused before anything is looked at. */
export async function contextOfRequest(
  { engine, summaries, ending }: ContextParts,
  req: IncomingMessage,
  response: ServerResponse,
): Promise<OperationContext> {
  return {
    token: await identify(engine, req.headers.authorization),
    loaders: newLoaders(engine.store, summaries),
    gone: goneOf(response, ending),
    req,
  };
}

async function identify(engine: Engine, authorization: string | undefined): Promise<Token | null> {
  try {
    return await tokenOf(engine, authorization);
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 401 } } });
  }
}
