import type { Token } from '@ionloop/domain';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import type { IncomingMessage } from 'node:http';
import type { OperationContext } from '../graphql/context.js';
import { tokenMissing } from './bearer.js';

const callers = new WeakMap<IncomingMessage, Token>();

/** Called by the guard, which has looked the token up. */
export const rememberCaller = (request: IncomingMessage, token: Token): void => {
  callers.set(request, token);
};

export function callerOf(execution: ExecutionContext): Token | null {
  if (execution.getType<GqlContextType>() === 'graphql') {
    return GqlExecutionContext.create(execution).getContext<OperationContext>().token;
  }
  return callers.get(execution.switchToHttp().getRequest<IncomingMessage>()) ?? null;
}

/** The token that the request came with. The guard has let it in. */
export const Caller = createParamDecorator((_: unknown, execution: ExecutionContext): Token => {
  const token = callerOf(execution);
  if (token === null) throw tokenMissing();
  return token;
});
