import type { SubscribePayload } from 'graphql-ws';
import { reasonOf, type RetryPolicy, sleep, waitAfter } from './backoff.js';
import { ClientError, Unavailable } from './errors.js';
import { linked } from './linked.js';
import type { Sockets } from './socket.js';
import type { Variables } from './document.js';

export interface FollowOptions<T> {
  readonly signal?: AbortSignal | undefined;
  /** The variables that ask for what comes after an entry. Without it a cut ends the subscription with an error. */
  readonly resume?: ((last: T) => Variables) | undefined;
  /** Whether nothing comes after an entry. Where it is left out, the server's word that it is over is taken. */
  readonly ended?: ((last: T | null) => boolean) | undefined;
  /** Before it is opened again. */
  readonly onCut?: ((failure: ClientError, waitMs: number) => void) | undefined;
}

/** So many entries may wait to be read; then the subscription is let go, and opened again when they were. */
const mostWaiting = 10_000;

/** Entries of a subscription over broken connections. */
export function follow<T>(
  sockets: Sockets,
  policy: RetryPolicy,
  query: string,
  variables: Variables,
  options: FollowOptions<T>,
): AsyncIterableIterator<T, void, undefined> {
  const leaving = linked(options.signal);
  const entries = read<T>(sockets, policy, query, variables, { ...options, signal: leaving.signal });
  return {
    next: () => entries.next(),
    // A reader that waits for the next entry is woken: its generator would not hear of the end before.
    return: () => {
      leaving.abort();
      return entries.return().catch(() => ({ done: true as const, value: undefined }));
    },
    throw: (error: unknown) => {
      leaving.abort();
      return entries.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* read<T>(
  sockets: Sockets,
  policy: RetryPolicy,
  query: string,
  variables: Variables,
  { signal, resume, ended, onCut }: FollowOptions<T>,
): AsyncGenerator<T, void, undefined> {
  let last: T | null = null;
  for (let failures = 0; ;) {
    const asked: Variables = last === null ? variables : (resume?.(last) ?? variables);
    const stream: Stream<T> = new Stream<T>(sockets, { query, variables: { ...asked } }, signal);
    let failure: ClientError;
    try {
      for await (const entry of stream) {
        last = entry;
        failures = 0;
        yield entry;
      }
      if (stream.overfull) continue;
      if (ended?.(last) ?? true) return;
      failure = new Unavailable('the server ended the subscription');
    } catch (error) {
      if (signal?.aborted === true || !(error instanceof ClientError)) throw error;
      failure = error;
    } finally {
      stream.close();
    }
    failures += 1;
    const mayGoOn = last === null || resume !== undefined;
    const hopeless = !sockets.everConnected && failures >= policy.tries;
    if (!isPassing(failure) || !mayGoOn || hopeless) throw failure;
    const waitMs = waitAfter(failures, null, policy);
    onCut?.(failure, waitMs);
    await sleep(waitMs, signal);
  }
}

/** Entries as `pick` makes them; those of which it makes null are left out. Ends as the other one does. */
export function picked<T, U>(
  entries: AsyncIterableIterator<T, void, undefined>,
  pick: (entry: T) => U | null,
): AsyncIterableIterator<U, void, undefined> {
  return {
    next: async () => {
      for (;;) {
        const { done, value } = await entries.next();
        if (done === true) return { done, value: undefined };
        const entry = pick(value);
        if (entry !== null) return { done: false, value: entry };
      }
    },
    return: async () => {
      await entries.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const isPassing = ({ code }: ClientError): boolean => code === 'UNAVAILABLE' || code === 'TOO_MANY_REQUESTS';

/** One connection's worth of a subscription, as an iterable that can be ended while it is waited for. */
class Stream<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #over: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;
  #overfull = false;
  readonly #stop: () => void;
  readonly #abort: () => void;

  constructor(
    sockets: Sockets,
    payload: SubscribePayload,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.#stop = sockets.subscribe(payload, {
      next: (data) => {
        if (this.#over) return;
        this.#waiting.push(data as T);
        if (this.#waiting.length >= mostWaiting) {
          this.#overfull = true;
          this.#end(null);
          this.#stop();
        }
        this.#wake();
      },
      failed: (error) => this.#end(error),
      completed: () => this.#end(null),
    });
    this.#abort = () => this.#end(reasonOf(signal));
    if (signal?.aborted === true) this.#abort();
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  /** It was let go because entries were not read. */
  get overfull(): boolean {
    return this.#overfull;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      if (this.signal?.aborted === true) throw reasonOf(this.signal);
      const entry = this.#waiting.shift();
      if (entry !== undefined) {
        yield entry;
      } else if (this.#over) {
        if (this.#over.error !== null) throw this.#over.error;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.#abort);
    this.#end(null);
    this.#stop();
  }

  #end(error: Error | null): void {
    this.#over ??= { error };
    this.#wake();
  }
}
