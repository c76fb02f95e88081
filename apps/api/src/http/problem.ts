import { IonloopError, type JsonObject, labSchemaVersions } from '@ionloop/domain';
import { PersistenceError } from '@ionloop/persistence';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Metrics } from '../health/metrics.js';
import { LOG } from '../parts.js';
import { codeOfStatus, type ProblemCode, problemTypes, problemUri } from './problems.js';

export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly field?: string;
}

/** In seconds: how soon it is worth asking again. */
const retryAfter: Partial<Readonly<Record<ProblemCode, number>>> = {
  IDEMPOTENCY_KEY_IN_FLIGHT: 1,
  UNAVAILABLE: 2,
};

/** RFC 9457, with the code as a word and the field that is wrong. */
export function problemBody({ code, detail, field }: Problem): JsonObject {
  const { status, title } = problemTypes[code];
  return {
    type: problemUri(code),
    title,
    status,
    code,
    detail,
    ...(field !== undefined && { field }),
    ...(code === 'UNSUPPORTED_SCHEMA' && { supported: labSchemaVersions }),
  };
}

export function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status } = problemTypes[problem.code];
  const seconds = retryAfter[problem.code];
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (seconds !== undefined) response.setHeader('retry-after', seconds);
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(problemBody(problem)));
}

/** Errors of REST as problem+json. Those of GraphQL go back to it untouched. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOG) private readonly log: Logger,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<GqlContextType>() === 'graphql') return error;
    const problem = this.problemOf(error);
    this.metrics.refused(problem.code);
    sendProblem(host.switchToHttp().getResponse<ServerResponse>(), problem);
    return undefined;
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof IonloopError && error.code !== 'RECORD_CORRUPT') {
      const { code, message, field } = error;
      return { code, detail: message, ...(field !== undefined && { field }) };
    }
    const status = statusOfHttpError(error);
    if (status !== null) {
      const code = codeOfStatus(status);
      return { code, detail: error instanceof Error ? error.message : problemTypes[code].title };
    }
    const correlationId = randomUUID();
    this.log.error({ err: error, correlationId }, 'a request failed inside');
    if (error instanceof PersistenceError) {
      const detail = `The record cannot be reached; the server's log has it as ${correlationId}`;
      return { code: 'UNAVAILABLE', detail };
    }
    const detail = `Something went wrong inside; the server's log has it as ${correlationId}`;
    return { code: 'INTERNAL', detail };
  }
}

/** Nest's own (a path that is not there), the body parser's (too large, not JSON), the router's (a broken path). */
function statusOfHttpError(error: unknown): number | null {
  if (error instanceof HttpException) return within4xx(error.getStatus());
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  const told = 'expose' in error && error.expose === true;
  return told || ('name' in error && error.name === 'URIError') ? within4xx(error.status) : null;
}

const within4xx = (status: unknown): number | null =>
  typeof status === 'number' && status >= 400 && status < 500 ? status : null;
