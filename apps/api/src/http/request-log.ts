import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Metrics } from '../health/metrics.js';

/**
 * Gives each request an id, says it in the answer, logs one line when it is over and counts it. Never its query
 * string or headers: they may hold a token.
 */
export const requestLog =
  (log: Logger, metrics: Metrics) =>
  (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
    const startedAt = performance.now();
    response.setHeader('x-request-id', requestId);
    // Rewritten while it is routed.
    const path = request.url?.split('?')[0];
    response.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const route = routeOf(request, path);
      metrics.request(request.method ?? '', route, response.statusCode, seconds);
      const line = {
        requestId,
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round(seconds * 1000),
      };
      log[quiet.has(route) ? 'debug' : 'info'](
        line,
        response.writableFinished ? 'answered' : 'the client left',
      );
    });
    next();
  };

const quiet: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics', 'dashboard']);

/** Few and known: ids in paths would make a series each. */
function routeOf(
  request: IncomingMessage & { readonly route?: { readonly path?: string } },
  path = '',
): string {
  if (path === '/graphql') return path;
  const route = request.route?.path;
  return typeof route === 'string' && /^\/(lab|artifacts|auth|health|metrics)/.test(route)
    ? route
    : 'dashboard';
}
