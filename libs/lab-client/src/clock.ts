/** How a station waits. Never a time of day: the server's clock decides every lease. */
export interface Clock {
  /** Milliseconds that only go on. */
  now(): number;
  /** Calls once after so many milliseconds; what it returns takes that back. */
  after(ms: number, call: () => void): () => void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
