export interface StopHandlers {
  /** The first request to stop. */
  readonly first: () => void;
  /** Another one while stopping, or stopping takes too long: give up on order. */
  readonly atOnce: () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl-C may arrive more than once: from the terminal and from whoever started us. */
const sameRequestMs = 500;
const longestStopMs = 9_500;

/** Listens for requests to stop, the end of whoever started us included. Returns what ends the listening. */
export function onStopSignals({ first, atOnce }: StopHandlers): () => void {
  let since: number | undefined;
  let limit: NodeJS.Timeout | undefined;
  const request = (): void => {
    const now = performance.now();
    if (since === undefined) {
      since = now;
      limit = setTimeout(atOnce, longestStopMs);
      first();
    } else if (now - since > sameRequestMs) {
      atOnce();
    }
  };
  const orphaned = (): void => {
    if (since === undefined) request();
  };
  for (const signal of signals) process.on(signal, request);
  process.on('disconnect', orphaned);
  return () => {
    clearTimeout(limit);
    for (const signal of signals) process.off(signal, request);
    process.off('disconnect', orphaned);
    if (process.connected) process.disconnect();
  };
}
