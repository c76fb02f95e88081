import { IonloopError, type Json } from '@ionloop/domain';
import type { Engine } from './deps.js';
import { text } from './input.js';
import type { CampaignTransaction, KeyedRequest, RememberedAnswer } from './ports.js';

/** The earlier answer, if it was to the same request: a key stands for one request for ever. */
export function sameRequest(earlier: RememberedAnswer, requestHash: string, key: string): Json {
  if (earlier.requestHash !== requestHash) throw reused(key);
  return earlier.response;
}

const reused = (key: string): IonloopError =>
  new IonloopError(
    'IDEMPOTENCY_KEY_REUSED',
    `the idempotency key "${key}" was used for another request; draw a new key for a new request`,
    'idempotencyKey',
  );

/** Makes something in this transaction, or tells what was made under the key before. Without a key it is made anew. */
export async function madeOnce<T extends Json>(
  tx: Pick<CampaignTransaction, 'recall' | 'remember'>,
  { scope, key, requestHash }: Omit<KeyedRequest, 'key'> & { readonly key: string | undefined },
  make: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return make();
  text(key, 'idempotencyKey', { min: 1, max: 200 });
  const earlier = await tx.recall(scope, key);
  if (earlier) return sameRequest(earlier, requestHash, key) as T;
  const response = await make();
  tx.remember(scope, key, { requestHash, response });
  return response;
}

/** How long a server that died keeps a key from the others. */
const holdSeconds = 5;

/**
 * Gives the remembered answer, or does the work while the key is held: a second request under the key is told to come
 * back as long as the first is being answered. Work that takes long calls `hold` again, which refuses where another
 * server has taken over meanwhile. Whether something is done twice is never decided here but where it is remembered.
 */
export async function answerOnce<T>(
  engine: Engine,
  request: KeyedRequest,
  work: (hold: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const { scope, key, requestHash } = request;
  const { read, inFlight } = engine.store;
  const earlier = await read.recall(scope, key);
  if (earlier) return sameRequest(earlier, requestHash, key) as unknown as T;
  const holder = engine.ids.next();
  const hold = async (): Promise<void> => {
    const held = await inFlight.hold(request, holder, holdSeconds);
    if (held.ours) return;
    if (held.requestHash !== null && held.requestHash !== requestHash) throw reused(key);
    throw new IonloopError(
      'IDEMPOTENCY_KEY_IN_FLIGHT',
      `the first request with the idempotency key "${key}" is still being answered: send this one again in a moment`,
      'idempotencyKey',
    );
  };
  await hold();
  try {
    return await work(hold);
  } finally {
    // What is not let go of ends with its deadline.
    await inFlight.release(request, holder).catch(() => undefined);
  }
}
