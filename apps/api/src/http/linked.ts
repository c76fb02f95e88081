export interface Linked {
  readonly signal: AbortSignal;
  abort(): void;
}

/** Every request ends with it: an error of its own for each, with its stack, is dear, and nobody reads it. */
const over = new Error('the request is over');

/**
 * A signal that can be aborted by itself or follows a longer-lived one, and lets go of that when it ends.
 * `AbortSignal.any` would leave something behind on the longer-lived one for each request.
 */
export function linkedTo(longer: AbortSignal): Linked {
  const controller = new AbortController();
  const abort = (): void => {
    longer.removeEventListener('abort', abort);
    controller.abort(over);
  };
  if (longer.aborted) controller.abort(over);
  else longer.addEventListener('abort', abort, { once: true });
  return { signal: controller.signal, abort };
}
