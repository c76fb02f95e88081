import { IonloopError, type Token } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { IncomingMessage } from 'node:http';
import type { OperationContext } from '../graphql/context.js';
import { ENGINE } from '../parts.js';
import { tokenMissing, tokenOf } from './bearer.js';
import { rememberCaller } from './caller.js';
import { accessTo, isAllowed } from './operations.js';

/** Stands before every operation, GraphQL and REST, and lets through what the table allows the caller's role. */
@Injectable()
export class OperationGuard implements CanActivate {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const operation = nameOf(execution);
    const access = accessTo(operation);
    if (access === undefined) throw new IonloopError('FORBIDDEN', `${operation} is open to nobody`);
    if (access === 'public') return true;
    const token = await this.identify(execution);
    if (token === null) throw tokenMissing();
    if (!isAllowed(token.role, access)) {
      throw new IonloopError('FORBIDDEN', `a token with the role ${token.role} may not use ${operation}`);
    }
    return true;
  }

  private async identify(execution: ExecutionContext): Promise<Token | null> {
    if (execution.getType<GqlContextType>() === 'graphql') {
      return GqlExecutionContext.create(execution).getContext<OperationContext>().token;
    }
    const request = execution.switchToHttp().getRequest<IncomingMessage>();
    const token = await tokenOf(this.engine, request.headers.authorization);
    if (token) rememberCaller(request, token);
    return token;
  }
}

export function nameOf(execution: ExecutionContext): string {
  if (execution.getType<GqlContextType>() === 'graphql') {
    const { parentType, fieldName } = GqlExecutionContext.create(execution).getInfo<GraphQLResolveInfo>();
    return `${parentType.name}.${fieldName}`;
  }
  const { method, route } = execution
    .switchToHttp()
    .getRequest<{ readonly method: string; readonly route?: { readonly path?: string } }>();
  return `${method === 'HEAD' ? 'GET' : method} ${route?.path ?? ''}`;
}
