import type { NestExpressApplication } from '@nestjs/platform-express';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ApiSettings } from '../parts.js';
import { portTrouble } from '../start-error.js';

/** What is still being answered when the server ends gets this long. */
const drainMs = 1000;

/** A probe is sent to who has been silent for so long; without an answer the connection ends some 10 seconds later. */
const probeAfterMs = 20_000;
/** Nothing takes as long without a byte: claims wait 25 s at most, and sockets of subscriptions look after themselves. */
export const longestSilenceMs = 120_000;

/** A connection whose other end has gone without a word does not stay for ever. */
export async function listen(
  app: NestExpressApplication,
  { port, host }: Pick<ApiSettings, 'port' | 'host'>,
  silenceMs: number,
): Promise<Server> {
  const server: Server = app.getHttpServer();
  server.on('connection', (socket) => socket.setKeepAlive(true, probeAfterMs));
  server.setTimeout(silenceMs);
  await app.listen(port, host).catch((error: unknown) => portTrouble(port, error));
  return server;
}

/**
 * A client that asks first (`Expect: 100-continue`) is told to go on at once, but for those requests that say so
 * themselves once they have been looked at.
 */
export function letGoOn(server: Server, byThemselves: (request: IncomingMessage) => boolean): void {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!byThemselves(request)) response.writeContinue();
    server.emit('request', request, response);
  });
}

/** Takes no more, and cuts off who is not done in time. */
export async function drain(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** As somebody on this machine reaches it. */
export function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
