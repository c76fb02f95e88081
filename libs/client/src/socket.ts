import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { ClientError, messageOf, refusedBy, type Fault, RequestRefused, Unavailable } from './errors.js';
import type { Transport } from './transport.js';

/** The part of WebSocket that is needed: a browser's, that of Node from 22 on, or of the package `ws`. */
export type WebSocketClass = new (url: string, protocols?: string | string[]) => unknown;

interface WebSocketLike {
  addEventListener(type: 'error', listener: () => void): void;
  /** Of `ws`, which otherwise waits for the other side to agree. */
  terminate?(): void;
}
type BasicSocket = new (url: string, protocols?: string | string[]) => WebSocketLike;

export interface SocketOptions {
  readonly webSocket?: WebSocketClass;
  /** How often the server is asked for a sign of life; without one within the same time the socket is given up. */
  readonly aliveMs?: number;
}

export interface Sink {
  readonly next: (data: unknown) => void;
  readonly failed: (error: ClientError) => void;
  readonly completed: () => void;
}

const usualAliveMs = 15_000;

/** One socket for all subscriptions; it is opened with the first and closed with the last. */
export class Sockets {
  #client: Promise<Client> | null = null;
  #everConnected = false;

  constructor(
    private readonly transport: Transport,
    private readonly options: SocketOptions,
  ) {}

  /** Whether a server has ever said yes. */
  get everConnected(): boolean {
    return this.#everConnected;
  }

  /** Gives the way to end it. */
  subscribe(payload: SubscribePayload, sink: Sink): () => void {
    let over = false;
    let stop = (): void => undefined;
    const end = (tell: () => void): void => {
      if (over) return;
      over = true;
      tell();
    };
    this.#client ??= this.#open();
    this.#client.then(
      (client) => {
        if (over) return;
        stop = client.subscribe(payload, {
          next: ({ data, errors }) => {
            if (over) return;
            if (errors && errors.length > 0) {
              end(() => sink.failed(refusedBy(errors, null, data)));
              stop();
            } else {
              sink.next(data);
            }
          },
          error: (error) => end(() => sink.failed(failureOf(error))),
          complete: () => end(() => sink.completed()),
        });
      },
      (error: unknown) => {
        this.#client = null;
        end(() => sink.failed(failureOf(error)));
      },
    );
    return () =>
      end(() => {
        stop();
      });
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    await client?.dispose();
  }

  async #open(): Promise<Client> {
    const aliveMs = this.options.aliveMs ?? usualAliveMs;
    let open: WebSocketLike | undefined;
    class Kept extends ((this.options.webSocket ?? (await presentWebSocket())) as BasicSocket) {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols);
        // Of one that is given up before it was open: nobody else listens any more.
        this.addEventListener('error', () => undefined);
        // eslint-disable-next-line @typescript-eslint/no-this-alias
        open = this;
      }
    }
    let silence: ReturnType<typeof setTimeout> | undefined;
    const expectSign = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        client.terminate();
        open?.terminate?.();
      }, aliveMs);
    };
    const heardOf = (): void => clearTimeout(silence);
    const client: Client = createClient({
      url: this.transport.socketUrl,
      webSocketImpl: Kept,
      connectionParams: async () => ({ authorization: await this.transport.authorization() }),
      // Going on is the follower's business: it knows after which entry.
      retryAttempts: 0,
      keepAlive: aliveMs,
      on: {
        connecting: expectSign,
        connected: () => {
          heardOf();
          this.#everConnected = true;
        },
        ping: (received) => {
          if (!received) expectSign();
        },
        pong: (received) => {
          if (received) heardOf();
        },
        closed: heardOf,
      },
    });
    return client;
  }
}

async function presentWebSocket(): Promise<unknown> {
  if (typeof WebSocket === 'function') return WebSocket;
  const { WebSocket: ofNode } = (await import('ws')) as { readonly WebSocket: unknown };
  return ofNode;
}

/** A client that shows no valid token is closed with 4403; the other codes say that the request is wrong. */
function failureOf(error: unknown): ClientError {
  if (error instanceof ClientError) return error;
  if (Array.isArray(error)) return refusedBy(error as readonly Fault[], null);
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number') {
    const { code } = error;
    const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
    if (code === 4403 || code === 4401) {
      return new RequestRefused({
        ...{ code: 'UNAUTHENTICATED', status: null },
        message: reason || 'no valid token',
      });
    }
    if ([4400, 4406, 4409, 4429].includes(code)) {
      return new RequestRefused({
        code: 'BAD_REQUEST',
        message: reason || `closed with ${code}`,
        status: null,
      });
    }
    return new Unavailable(`the socket was closed with ${code} ${reason}`.trim());
  }
  const said = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return new Unavailable(`the socket failed: ${messageOf(said)}`, null, null, { cause: error });
}
