/** How often and how soon something is tried again. */
export interface RetryPolicy {
  /** So often in all, 1 for never again. */
  readonly tries: number;
  /** About how long the first wait is; each later one is twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** What the server asks for by Retry-After is waited for if it is not longer. */
  readonly longestRetryAfterMs: number;
}

export const usualRetries: RetryPolicy = {
  tries: 5,
  firstMs: 250,
  longestMs: 15_000,
  longestRetryAfterMs: 60_000,
};

/** After so many failures in a row; never shorter than what the server asked for. */
export function waitAfter(failures: number, retryAfterMs: number | null, policy: RetryPolicy): number {
  const full = Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.max(full * (0.5 + 0.5 * draw()), retryAfterMs ?? 0);
}

/** Uniform in [0, 1): keeps clients that lost the server together from coming back together. */
const draw = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** `Retry-After` in milliseconds. A date is read against the answer's own `Date`: the server's clock, not ours. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const span = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(span) ? Math.max(0, span) : null;
}

/** Rejects with the signal's reason where it is aborted before the time has passed. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(reasonOf(signal));
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

export const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new DOMException('This was aborted', 'AbortError');
