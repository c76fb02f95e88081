import { IonloopError, type Json } from '@ionloop/domain';
import type { RememberedAnswer } from './ports.js';

/** The earlier answer, if it was to the same request: a key stands for one request for ever. */
export function sameRequest(earlier: RememberedAnswer, requestHash: string, key: string): Json {
  if (earlier.requestHash !== requestHash) {
    throw new IonloopError(
      'IDEMPOTENCY_KEY_REUSED',
      `the idempotency key "${key}" was used for another request; draw a new key for a new request`,
      'idempotencyKey',
    );
  }
  return earlier.response;
}
