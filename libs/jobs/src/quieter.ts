const silenceMs = 10_000;

/**
 * Passes an error on unless the same was passed on a moment ago: a server that is away makes every connection
 * complain several times a second.
 */
export function quieter(onError: (error: Error) => void): (error: Error) => void {
  const lastTold = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    const last = lastTold.get(error.message);
    if (last !== undefined && now - last < silenceMs) return;
    for (const [message, at] of lastTold) if (now - at >= silenceMs) lastTold.delete(message);
    lastTold.set(error.message, now);
    onError(error);
  };
}
