import type { NestExpressApplication } from '@nestjs/platform-express';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApiSettings } from '../parts.js';
import { portTrouble } from '../start-error.js';
import { problemBody } from './problem.js';
import { type ProblemCode, problemTypes } from './problems.js';

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

/** What is no HTTP never becomes a request: Node's parser refuses it, and this says so as any other problem. */
export function refuseGarbage(server: Server): void {
  server.on('clientError', (error: Unparsed, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const code = garbage[error.code ?? ''] ?? 'BAD_REQUEST';
    const { status, title } = problemTypes[code];
    const body = JSON.stringify(problemBody({ code, detail: `${title}.` }));
    // Whoever asks for headers takes a body for the next answer.
    const shown = error.rawPacket?.subarray(0, 5).toString('latin1') === 'HEAD ' ? '' : body;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
        `Content-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${shown}`,
    );
  });
}

interface Unparsed extends NodeJS.ErrnoException {
  /** What came last before it could not be read. */
  readonly rawPacket?: Buffer;
}

const garbage: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'REQUEST_HEADER_FIELDS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Takes no more, and cuts off who is not done in time. */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
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
