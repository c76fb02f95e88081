const bars = '▁▂▃▄▅▆▇█';

/** A curve in one line of text, from the lowest of its range to the highest. */
export function sparkline(values: readonly number[], low: number, high: number): string {
  const span = high - low;
  return values
    .map((value) => {
      const share = span > 0 ? (value - low) / span : 1;
      return bars[Math.min(bars.length - 1, Math.max(0, Math.floor(share * bars.length)))] ?? '';
    })
    .join('');
}
