export interface Linked {
  readonly signal: AbortSignal;
  abort(): void;
}

/**
 * A signal that can be aborted by itself or follows a longer-lived one, and lets go of that when it ends.
 * `AbortSignal.any` would leave something behind on the longer-lived one for each request.
 */
export function linkedTo(longer: AbortSignal): Linked {
  const controller = new AbortController();
  const abort = (): void => {
    longer.removeEventListener('abort', abort);
    controller.abort();
  };
  if (longer.aborted) controller.abort();
  else longer.addEventListener('abort', abort, { once: true });
  return { signal: controller.signal, abort };
}
