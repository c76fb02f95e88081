/** An ordered event of a campaign. */
export interface Numbered {
  readonly seq: number;
}

export interface Sink<E> {
  readonly next: (event: E) => void;
  /** The stream ended, for whatever reason. */
  readonly ended: () => void;
}

/** Opens the stream of everything after a sequence number; gives the way to close it. */
export type Open<E> = (after: number, sink: Sink<E>) => () => void;

export type FeedState = 'connecting' | 'live' | 'reconnecting';

export interface FeedOptions<E> {
  readonly after: number;
  readonly open: Open<E>;
  readonly onEvent: (event: E) => void;
  readonly onState: (state: FeedState) => void;
  readonly schedule: (run: () => void, delayMs: number) => () => void;
}

export interface Feed {
  /** The stream's connection is up, though nothing may have happened yet. */
  readonly connected: () => void;
  readonly close: () => void;
}

/** Waits longer after each failure, half a minute at most. */
export const retryDelayMs = (failures: number): number => Math.min(30_000, 500 * 2 ** Math.min(failures, 10));

/** Follows a campaign's events over broken connections: each event once, in order, resumed after the last one seen. */
export function followEvents<E extends Numbered>(options: FeedOptions<E>): Feed {
  let last = options.after;
  let failures = 0;
  let closed = false;
  let stop: () => void = () => undefined;

  const live = (): void => {
    failures = 0;
    options.onState('live');
  };

  const connect = (): void => {
    const stream = { over: false };
    const close = options.open(last, {
      next: (event) => {
        if (stream.over || closed || event.seq <= last) return;
        last = event.seq;
        live();
        options.onEvent(event);
      },
      ended: () => {
        if (stream.over || closed) return;
        stream.over = true;
        options.onState('reconnecting');
        stop = options.schedule(connect, retryDelayMs(failures++));
      },
    });
    // A stream may end while it is being opened; then what is to be stopped is the wait for the next.
    if (!stream.over) stop = close;
  };

  options.onState('connecting');
  connect();
  return {
    connected: () => {
      if (!closed) live();
    },
    close: () => {
      closed = true;
      stop();
    },
  };
}

/** The newest first, each once, so many at most. */
export function mergeEvents<E extends Numbered>(
  known: readonly E[],
  fresh: readonly E[],
  keep: number,
): readonly E[] {
  const bySeq = new Map([...known, ...fresh].map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, keep);
}
