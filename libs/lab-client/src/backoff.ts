import { randomInt } from 'node:crypto';
import type { LabUnavailable } from './errors.js';

export interface Backoff {
  /** About how long to wait before the second try; each later wait is twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** Uniform in [0, 1): keeps stations that lost the server together from coming back together. */
  readonly random: () => number;
}

export const defaultBackoff: Backoff = {
  firstMs: 250,
  longestMs: 15_000,
  random: () => randomInt(2 ** 32) / 2 ** 32,
};

const longestRetryAfterMs = 300_000;

/** The wait before the next try, after `failures` in a row; never shorter than what the server asked for. */
export function waitAfter(failure: LabUnavailable, failures: number, backoff: Backoff): number {
  const full = Math.min(backoff.longestMs, backoff.firstMs * 2 ** Math.min(failures - 1, 30));
  const jittered = full * (0.5 + 0.5 * backoff.random());
  return Math.max(jittered, Math.min(failure.retryAfterMs ?? 0, longestRetryAfterMs));
}

/** `Retry-After` in milliseconds. A date is read against the answer's own `Date`: the server's clock, not ours. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const span = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(span) ? Math.max(0, span) : null;
}
