import { type ErrorCode, IonloopError } from '@ionloop/domain';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Logger } from 'pino';
import { LOG } from '../parts.js';

export const statusOf: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  IDEMPOTENCY_KEY_MISSING: 400,
  UNSUPPORTED_SCHEMA: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  LEASE_LOST: 409,
  SPEC_CHANGED: 409,
  INVALID_STATE: 409,
  CONFLICT: 409,
  ARTIFACT_MISSING: 409,
  UPLOAD_OFFSET: 409,
  TOO_LARGE: 413,
  IDEMPOTENCY_KEY_IN_FLIGHT: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  CHECKSUM_MISMATCH: 422,
  STORAGE_FULL: 507,
  RECORD_CORRUPT: 500,
};

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
}

export function sendProblem(response: ServerResponse, { status, code, detail, field }: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (code === 'IDEMPOTENCY_KEY_IN_FLIGHT') response.setHeader('retry-after', '1');
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json; charset=utf-8');
  const title = STATUS_CODES[status] ?? 'Error';
  response.end(JSON.stringify({ type: 'about:blank', title, status, code, detail, field }));
}

/** Errors of REST as problem+json. Those of GraphQL go back to it untouched. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<GqlContextType>() === 'graphql') return error;
    sendProblem(host.switchToHttp().getResponse<ServerResponse>(), this.problemOf(error));
    return undefined;
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof IonloopError && error.code !== 'RECORD_CORRUPT') {
      const { code, message, field } = error;
      return { status: statusOf[code], code, detail: message, ...(field !== undefined && { field }) };
    }
    const status = statusOfHttpError(error);
    if (status !== null) {
      const code = (STATUS_CODES[status] ?? 'BAD_REQUEST').toUpperCase().replaceAll(/\W+/g, '_');
      return { status, code, detail: error instanceof Error ? error.message : code };
    }
    const correlationId = randomUUID();
    this.log.error({ err: error, correlationId }, 'a request failed inside');
    const detail = `Something went wrong inside; the server's log has it as ${correlationId}`;
    return { status: 500, code: 'INTERNAL', detail };
  }
}

/** Nest's own (a path that is not there), and the body parser's (too large, not JSON). */
function statusOfHttpError(error: unknown): number | null {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : error instanceof Error && 'expose' in error && 'status' in error && error.expose === true
        ? error.status
        : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
