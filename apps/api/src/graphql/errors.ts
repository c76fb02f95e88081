import { unwrapResolverError } from '@apollo/server/errors';
import { IonloopError } from '@ionloop/domain';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';

/** Codes of errors whose message was written for the client; whatever carries another is our own trouble. */
const forClients: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_NOT_KNOWN',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUERY_TOO_LARGE',
  'POSTERIOR_UNAVAILABLE',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
  'UNAVAILABLE',
]);

/** What a client may learn of an error: a stable code, never a stack or a statement. */
export const errorForClient =
  (log: Logger, onRefused: (code: string) => void = () => undefined) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const original = unwrapResolverError(error);
    if (original instanceof IonloopError && original.code !== 'RECORD_CORRUPT') {
      const { code, message, field } = original;
      onRefused(code);
      return { message, ...place, extensions: { code, ...(field !== undefined && { field }) } };
    }
    const code = isRefusedBeforehand(original) ? 'BAD_REQUEST' : formatted.extensions?.['code'];
    onRefused(forClients.has(code) ? String(code) : 'INTERNAL');
    if (forClients.has(code)) return { message: formatted.message, ...place, extensions: { code } };
    const correlationId = randomUUID();
    log.error({ err: original, correlationId, path: formatted.path }, 'an operation failed inside');
    return {
      message: `Something went wrong inside; the server's log has it as ${correlationId}`,
      ...place,
      extensions: { code: 'INTERNAL', correlationId },
    };
  };

/**
 * What is thrown by graphql-js and by Apollo themselves before anything runs, and without a code: too many variables that are
 * wrong, a persisted query whose hash is another's. What comes of our resolvers has a path, and what broke an original.
 */
function isRefusedBeforehand(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { http } = error.extensions;
  const broke = typeof http === 'object' && http !== null && 'status' in http && Number(http.status) >= 500;
  return error.path === undefined && error.originalError === undefined && !broke;
}
