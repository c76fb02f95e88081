import { IonloopError } from '@ionloop/domain';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { tokenMissing } from './bearer.js';
import { callerOf, isScraper } from './caller.js';
import { accessTo, isAllowed } from './operations.js';

/** Stands before every operation, GraphQL and REST, and lets through what the table allows the caller. */
@Injectable()
export class OperationGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const operation = nameOf(execution);
    const access = accessTo(operation);
    if (access === undefined) throw new IonloopError('FORBIDDEN', `${operation} is open to nobody`);
    if (access === 'public' || (access === 'scrape' && isScraper(execution))) return true;
    const caller = callerOf(execution);
    if (caller === null) throw tokenMissing();
    if (!isAllowed(caller, access)) {
      throw new IonloopError('FORBIDDEN', `a token with the role ${caller.role} may not use ${operation}`);
    }
    return true;
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
