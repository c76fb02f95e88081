import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Verdict } from './check.js';
import type { ProcessMetrics } from './process-metrics.js';
import { scraping } from './scraping.js';

export interface TelemetrySources {
  readonly metrics: ProcessMetrics;
  /** What has to answer for the process to be of use, by name. */
  readonly checks: () => Promise<Readonly<Record<string, Verdict>>>;
  readonly draining: () => boolean;
}

export interface TelemetryServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What is told to who asks for metrics and may not have them. */
const notScraped =
  'metrics are told to who shows IONLOOP_METRICS_TOKEN, and without one only where the process listens on loopback';

/** `/metrics`, `/health/live` and `/health/ready` for a process that serves nothing else. */
export async function serveTelemetry(
  {
    host,
    port,
    token,
  }: { readonly host: string; readonly port: number; readonly token?: string | undefined },
  sources: TelemetrySources,
): Promise<TelemetryServer> {
  const mayScrape = scraping({ host, token });
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      answer(response, 405, { status: 'no such method' });
      return;
    }
    respond(path, { ...sources, mayScrape: () => mayScrape(request.headers.authorization) }, response).catch(
      () => {
        if (response.headersSent) response.destroy();
        else answer(response, 500, { status: 'failed' });
      },
    );
  });
  server.requestTimeout = 10_000;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(
  path: string | undefined,
  { metrics, checks, draining, mayScrape }: TelemetrySources & { readonly mayScrape: () => boolean },
  response: ServerResponse,
): Promise<void> {
  switch (path) {
    case '/metrics': {
      if (!mayScrape()) {
        response.setHeader('www-authenticate', 'Bearer');
        answer(response, 401, { status: notScraped });
        return;
      }
      const text = await metrics.text();
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
      response.end(text);
      return;
    }
    case '/health/live':
      answer(response, 200, { status: 'live' });
      return;
    case '/health/ready': {
      if (draining()) {
        answer(response, 503, { status: 'draining', checks: {} });
        return;
      }
      const found = await checks();
      const ready = Object.values(found).every((verdict) => verdict === 'ok');
      answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'unavailable', checks: found });
      return;
    }
    default:
      answer(response, 404, { status: 'not here' });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
