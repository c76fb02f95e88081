import { IonloopError } from '@ionloop/domain';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Identify } from '../access/bearer.js';
import type { Identity } from '../access/identity.js';

export interface SocketCare {
  /** How often it is asked whether a token is still good. */
  readonly tokenCheckMs: number;
  /** How many bytes may wait to be read by one client. */
  readonly mostBuffered: number;
  /** How long a client may read nothing of what waits. */
  readonly stallMs: number;
}

export const usualCare: SocketCare = { tokenCheckMs: 5000, mostBuffered: 1024 * 1024, stallMs: 15_000 };

/** What a socket is closed with; 4403 is what graphql-ws says to a wrong token too. */
export const closings = {
  forbidden: { code: 4403, reason: 'Forbidden: this token was revoked or has expired' },
  /** "Try again later": nothing is lost, as events are read again from a sequence number. */
  slow: { code: 1013, reason: 'Too slow: subscribe again after the last seq that was read' },
} as const;

/** A closing that cannot be told to a client that does not read is not waited for. */
const goneAfterMs = 5000;

interface Held {
  readonly transport: Socket;
  admitted: { readonly caller: Identity; readonly authorization: unknown } | null;
  /** Bytes handed on to the network, and for how long no more were although some wait. */
  flushed: number;
  stalledMs: number;
}

/**
 * Looks after open sockets: one whose token is not good any more is closed, and so is one whose client does not read. A
 * subscription reads its next event only once the one before was sent, so that a slow one holds up nobody else.
 */
export class OpenSockets {
  private readonly held = new Map<WebSocket, Held>();
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(
    private readonly identify: Identify,
    private readonly care: SocketCare,
    private readonly log: Logger,
  ) {
    const tickMs = Math.max(10, Math.min(1000, care.stallMs / 4));
    this.timers = [
      setInterval(() => void this.checkTokens(), care.tokenCheckMs),
      setInterval(() => this.checkFlow(tickMs), tickMs),
    ];
    for (const timer of this.timers) timer.unref();
  }

  add(socket: WebSocket, transport: Socket): void {
    this.held.set(socket, { transport, admitted: null, flushed: 0, stalledMs: 0 });
    socket.once('close', () => this.held.delete(socket));
  }

  /** It speaks for this caller from now on, as long as what was shown is good. */
  admit(socket: WebSocket, caller: Identity, authorization: unknown): void {
    const held = this.held.get(socket);
    if (held) held.admitted = { caller, authorization };
  }

  callerOf(socket: WebSocket): Identity | null {
    return this.held.get(socket)?.admitted?.caller ?? null;
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async checkTokens(): Promise<void> {
    const shown = new Set(
      [...this.held.values()].flatMap(({ admitted }) => (admitted === null ? [] : [admitted.authorization])),
    );
    for (const authorization of shown) {
      try {
        await this.identify(authorization);
      } catch (error) {
        if (error instanceof IonloopError && error.code !== 'UNAVAILABLE') {
          this.closeAllOf(authorization);
          continue;
        }
        // A database or an issuer that does not answer tells nothing of a token: it is asked again.
        this.log.warn({ err: error }, 'tokens of open sockets could not be checked');
        return;
      }
    }
  }

  private closeAllOf(authorization: unknown): void {
    for (const [socket, { admitted }] of this.held) {
      if (admitted?.authorization === authorization) end(socket, closings.forbidden);
    }
  }

  private checkFlow(passedMs: number): void {
    for (const [socket, held] of this.held) {
      const { transport } = held;
      const flushed = transport.bytesWritten - transport.writableLength;
      const stands = socket.bufferedAmount > 0 && flushed === held.flushed;
      held.stalledMs = stands ? held.stalledMs + passedMs : 0;
      held.flushed = flushed;
      if (socket.bufferedAmount <= this.care.mostBuffered && held.stalledMs < this.care.stallMs) continue;
      this.log.info(
        { buffered: socket.bufferedAmount, stalledMs: held.stalledMs },
        'a slow subscriber was dropped',
      );
      end(socket, closings.slow);
    }
  }
}

function end(socket: WebSocket, { code, reason }: (typeof closings)[keyof typeof closings]): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  const cut = setTimeout(() => socket.terminate(), goneAfterMs);
  socket.once('close', () => clearTimeout(cut));
}
