/** Milliseconds, as what the slowest of so many wait at most. */
export function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: sorted.at(-1) };
}

export async function timed(work, times) {
  const began = performance.now();
  const result = await work();
  times.push(performance.now() - began);
  return result;
}
