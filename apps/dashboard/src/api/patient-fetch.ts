/** A server that answers too many asks for a pause; it is given, and the same is asked again. Nothing was done that was refused. */
export interface Patience {
  readonly fetch: typeof fetch;
  /** Resolves after so many milliseconds; rejects where the signal is aborted meanwhile. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Told how many requests wait. */
  readonly onWaiting: (count: number) => void;
}

const patientTimes = 5;
const longestMs = 60_000;
const asksForPause = ({ status, headers }: Response): boolean =>
  status === 429 || (status === 503 && headers.has('retry-after'));

/** How long the server asks to wait: seconds or a date; a second where it does not say, a minute at most. */
export function pauseMs(retryAfter: string | null, now: number): number {
  const text = retryAfter?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? 1000 * Number(text) : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.min(longestMs, Math.max(250, ms)) : 1000;
}

export function patient({ fetch: ask, wait, onWaiting }: Patience): typeof fetch {
  let waiting = 0;
  const paused = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
    onWaiting(++waiting);
    try {
      await wait(ms, signal);
    } finally {
      onWaiting(--waiting);
    }
  };
  return async (input, init) => {
    for (let times = 0; ; times += 1) {
      const response = await ask(input, init);
      if (!asksForPause(response) || times === patientTimes) return response;
      const now = Date.parse(response.headers.get('date') ?? '');
      await paused(pauseMs(response.headers.get('retry-after'), now), init?.signal ?? undefined);
    }
  };
}

export const waitFor = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((done, stopped) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        stopped(signal.reason instanceof Error ? signal.reason : new Error('It was cancelled.'));
      },
      { once: true },
    );
  });
