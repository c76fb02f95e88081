import { within } from './within.js';

const politeMs = 2_000;

/** Waits for what is being closed, but not long, as its server may be away: the broker cuts what is left. */
export async function closed(closing: readonly Promise<unknown>[], patienceMs = politeMs): Promise<void> {
  const late = () => new Error(`not closed within ${patienceMs} ms`);
  await within(patienceMs, Promise.allSettled(closing), late).catch(() => undefined);
}
