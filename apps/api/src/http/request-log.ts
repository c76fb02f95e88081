import { continuing, withIds } from '@ionloop/telemetry';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Metrics } from '../health/metrics.js';
import type { Life } from '../parts.js';

type Next = () => void;

/**
 * Gives each request an id and a span, says the id in the answer, logs one line when it is over and counts it. Never its
 * query string or headers: they may hold a token.
 */
export const requestLog =
  (log: Logger, metrics: Metrics, life: Life) =>
  (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const requestId = idOf(request);
    response.setHeader('x-request-id', requestId);
    // Whoever keeps a connection open is to find another server.
    if (life.draining) response.setHeader('connection', 'close');
    // Rewritten while it is routed.
    const path = request.url?.split('?')[0] ?? '';
    const answer = async (): Promise<string> => {
      const startedAt = performance.now();
      const closed = new Promise<void>((resolve) => void response.once('close', resolve));
      next();
      await closed;
      const seconds = (performance.now() - startedAt) / 1000;
      const { method = '' } = request;
      const route = routeOf(request, path);
      metrics.request(method, route, response.statusCode, seconds);
      const line = { requestId, method, path, status: response.statusCode, ms: Math.round(seconds * 1000) };
      log[quiet.has(route) ? 'debug' : 'info'](
        line,
        response.writableFinished ? 'answered' : 'the client left',
      );
      return route;
    };
    void withIds({ requestId }, () => (watching.test(path) ? answer() : inSpan(request, response, answer)));
  };

/** Those who watch over the server are not worth a trace. */
const watching = /^\/(health|metrics)(\/|$)/;

const inSpan = (
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => Promise<string>,
): Promise<void> => {
  const { method = '', headers } = request;
  const { traceparent } = headers;
  const options = { kind: 'server', attributes: { 'http.request.method': method } } as const;
  const from = typeof traceparent === 'string' ? traceparent : undefined;
  return continuing(from, method, options, async (span) => {
    const route = await answer();
    span.updateName(`${method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
  });
};

function idOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}

const quiet: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics', 'dashboard']);

/** Few and known: ids in paths would make a series each. */
function routeOf(
  request: IncomingMessage & { readonly route?: { readonly path?: string } },
  path: string,
): string {
  if (path === '/graphql') return path;
  const route = request.route?.path;
  return typeof route === 'string' && /^\/(lab|artifacts|auth|health|metrics)/.test(route)
    ? route
    : 'dashboard';
}
