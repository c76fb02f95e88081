import { IonloopError } from '@ionloop/domain';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { letFinish } from '../artifacts/incoming.js';
import type { MayScrape } from '@ionloop/telemetry';
import { sendProblem } from '../http/problem.js';
import { problemTypes } from '../http/problems.js';
import { type Payer, payerFor, type Rates, tellRate } from '../rate/rates.js';
import type { Identify } from './bearer.js';
import { rememberCaller, rememberMoment, rememberScraper } from './caller.js';
import { addressOf } from './address.js';
import { type Identity, scopeOf } from './identity.js';
import { inScope } from './in-scope.js';

export interface GateParts {
  readonly identify: Identify;
  readonly rates: Rates;
  readonly proxies: number;
  readonly mayScrape: MayScrape;
  readonly moment: () => Promise<string>;
}

type Next = (error?: unknown) => void;

/**
 * Before anything is read of a request: finds out who is calling, holds them to their rate, and lets all that follows
 * see their workspace alone. What is allowed is not decided here.
 */
export const gate =
  ({ identify, rates, proxies, mayScrape, moment }: GateParts) =>
  (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    if (isScrape(request) && mayScrape(request.headers.authorization)) {
      rememberScraper(request);
      next();
      return;
    }
    if (!isGuarded(request)) {
      next();
      return;
    }
    const pass = async (): Promise<void> => {
      // Before anything is read for the answer. Where the record cannot be asked, whoever reads it will say so.
      const now = isGraphql(request) ? await moment().catch(() => null) : null;
      const known = await who(identify, request.headers.authorization, now);
      const caller = 'caller' in known ? known.caller : null;
      const payer = payerOf(request, caller, proxies);
      const verdict = await rates.spend(payer);
      tellRate(response, payer.kind, verdict);
      if (!verdict.allowed) {
        refuse(request, response);
        return;
      }
      rememberCaller(request, known);
      if (now !== null) rememberMoment(request, now);
      if (caller) inScope(scopeOf(caller), next);
      else next();
    };
    pass().catch(next);
  };

/** Whoever shows a token, and whoever shows none where there is something to get. */
const isGuarded = ({ headers, url = '' }: IncomingMessage): boolean =>
  headers.authorization !== undefined || /^\/(graphql|lab\/v1|v1|artifacts|auth|metrics)(\/|\?|$)/i.test(url);

const isGraphql = ({ url = '' }: IncomingMessage): boolean => /^\/graphql(\/|\?|$)/i.test(url);

const isScrape = ({ url = '' }: IncomingMessage): boolean => /^\/metrics(\/|\?|$)/i.test(url);

async function who(
  identify: Identify,
  authorization: string | undefined,
  moment: string | null,
): Promise<{ readonly caller: Identity | null } | { readonly refusal: IonloopError }> {
  try {
    return { caller: await identify(authorization, moment) };
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    return { refusal: error };
  }
}

function payerOf(request: IncomingMessage, caller: Identity | null, proxies: number): Payer {
  if (caller === null) return { kind: 'stranger', address: addressOf(request, proxies) };
  return payerFor(caller, /^\/lab\//i.test(request.url ?? ''));
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const detail = 'More requests came than are answered; Retry-After says when it is worth asking again.';
  if (isGraphql(request)) {
    response.statusCode = problemTypes.TOO_MANY_REQUESTS.status;
    response.setHeader('content-type', 'application/json; charset=utf-8');
    const error = { message: detail, extensions: { code: 'TOO_MANY_REQUESTS' } };
    response.end(JSON.stringify({ errors: [error] }));
  } else {
    sendProblem(response, { code: 'TOO_MANY_REQUESTS', detail });
  }
  letFinish(request);
}
