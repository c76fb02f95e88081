import { IonloopError } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { GraphQLError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenMissing } from '../access/bearer.js';
import { callerOfRequest, momentOfRequest } from '../access/caller.js';
import type { Identity } from '../access/identity.js';
import type { Summaries } from '../campaigns/summaries.js';
import { goneOf } from '../http/gone.js';
import { problemTypes } from '../http/problems.js';
import type { OperationContext } from './context.js';
import { payerFor, type Rates, tellRate } from '../rate/rates.js';
import type { Limits } from './limits.js';
import { newLoaders } from './loaders.js';
import { tooNested } from './nesting.js';

export interface ContextParts {
  readonly rates: Rates;
  readonly engine: Engine;
  readonly summaries: Summaries;
  readonly ending: AbortSignal;
}

/**
 * For an operation over HTTP. Without a valid token it is refused before anything is looked at; one that cannot be parsed
 * for its depth is refused here, as the server has no place between the two.
 */
export function contextOfRequest(
  { engine, summaries, ending, rates, tokens }: ContextParts & Pick<Limits, 'tokens'>,
  req: IncomingMessage,
  response: ServerResponse,
): OperationContext {
  const token = identify(req);
  const complaint = documentsIn(req)
    .map((text) => tooNested(text, tokens))
    .find((found) => found !== null);
  if (complaint) throw complaint;
  return {
    token,
    charge: async (cost) => {
      const payer = payerFor(token);
      const verdict = await rates.charge(payer, cost);
      if (verdict === null) return;
      tellRate(response, payer.kind, verdict);
      if (!verdict.allowed) throw tooFast();
    },
    loaders: newLoaders(engine.store, summaries),
    gone: goneOf(response, ending),
    moment: momentOfRequest(req),
    answer: { unshared: false },
    req,
  };
}

/** The request itself was let in; what it asks for is more than the caller's rate has left. */
const tooFast = (): GraphQLError =>
  new GraphQLError(
    'This operation costs more than is left of your rate; Retry-After says when to ask again',
    {
      extensions: { code: 'TOO_MANY_REQUESTS', http: { status: problemTypes.TOO_MANY_REQUESTS.status } },
    },
  );

/** As the body or the address has them; what is no text is refused later. */
function documentsIn(req: IncomingMessage & { readonly body?: unknown }): readonly string[] {
  const { body } = req;
  const sent = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
  const asked = new URLSearchParams((req.url ?? '').split('?')[1] ?? '').get('query');
  return [sent, asked].filter((text) => typeof text === 'string');
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
