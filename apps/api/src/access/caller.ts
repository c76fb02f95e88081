import type { IonloopError } from '@ionloop/domain';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import type { IncomingMessage } from 'node:http';
import type { OperationContext } from '../graphql/context.js';
import { tokenMissing } from './bearer.js';
import type { Identity } from './identity.js';

type Known = { readonly caller: Identity | null } | { readonly refusal: IonloopError };

const callers = new WeakMap<IncomingMessage, Known>();

/** Called by the gate, before anything is read of a request. */
export const rememberCaller = (request: IncomingMessage, known: Known): void => {
  callers.set(request, known);
};

/** Who the gate found to be calling; null where nothing was shown, refused where it was wrong. */
export function callerOfRequest(request: IncomingMessage): Identity | null {
  const known = callers.get(request);
  if (known === undefined) return null;
  if ('refusal' in known) throw known.refusal;
  return known.caller;
}

const moments = new WeakMap<IncomingMessage, string>();

/** Called by the gate: of the record, after the request came and before anything was read for it. */
export const rememberMoment = (request: IncomingMessage, moment: string): void => {
  moments.set(request, moment);
};

export const momentOfRequest = (request: IncomingMessage): string | null => moments.get(request) ?? null;

const scrapers = new WeakSet<IncomingMessage>();

/** Called by the gate where what was shown, or nothing, is enough to read the metrics. */
export const rememberScraper = (request: IncomingMessage): void => {
  scrapers.add(request);
};

export const isScraper = (execution: ExecutionContext): boolean =>
  scrapers.has(execution.switchToHttp().getRequest<IncomingMessage>());

export function callerOf(execution: ExecutionContext): Identity | null {
  if (execution.getType<GqlContextType>() === 'graphql') {
    return GqlExecutionContext.create(execution).getContext<OperationContext>().token;
  }
  return callerOfRequest(execution.switchToHttp().getRequest<IncomingMessage>());
}

/** Who is calling. The guard has let them in; what is said to them is said to nobody else. */
export const Caller = createParamDecorator((_: unknown, execution: ExecutionContext): Identity => {
  if (execution.getType<GqlContextType>() === 'graphql') {
    GqlExecutionContext.create(execution).getContext<OperationContext>().answer.unshared = true;
  }
  const caller = callerOf(execution);
  if (caller === null) throw tokenMissing();
  return caller;
});
