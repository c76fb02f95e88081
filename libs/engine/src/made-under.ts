import { hashOf, type Json } from '@ionloop/domain';
import { sameRequest } from './idempotency.js';
import { text } from './input.js';

/** Under which key something is asked for, and a hash of what: whoever asks again under the key gets what was made. */
export interface AskedUnder {
  readonly key: string;
  readonly requestHash: string;
}

export interface MadeUnder<T> {
  readonly made: T;
  readonly requestHash: string;
}

/** The key that a person gave, as one of theirs for this kind of request alone. */
export function askedUnder(scope: readonly string[], key: string, request: unknown): AskedUnder {
  text(key, 'idempotencyKey', { min: 1, max: 200 });
  return { key: hashOf([...scope, key]), requestHash: hashOf(request) };
}

/** What was made under the key before, if it was by the same request; null where nothing was. */
export function madeBefore<T>(earlier: MadeUnder<T> | null, asked: AskedUnder, key: string): T | null {
  if (earlier === null) return null;
  const { made, requestHash } = earlier;
  sameRequest({ requestHash, response: null satisfies Json }, asked.requestHash, key);
  return made;
}
