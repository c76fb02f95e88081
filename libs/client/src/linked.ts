export interface Linked {
  readonly signal: AbortSignal;
  /** Whether it was the time that ended it. */
  readonly expired: boolean;
  abort(): void;
  release(): void;
}

/** A signal that follows another and ends after a time. It leaves nothing behind on the other one. */
export function linked(outer: AbortSignal | undefined, timeoutMs?: number): Linked {
  const own = new AbortController();
  let expired = false;
  const follow = (): void => own.abort(outer?.reason);
  if (outer?.aborted === true) follow();
  outer?.addEventListener('abort', follow, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          expired = true;
          own.abort();
        }, timeoutMs);
  return {
    signal: own.signal,
    get expired() {
      return expired;
    },
    abort: () => own.abort(),
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}
