export const sum = (values) => values.reduce((total, value) => total + value, 0);
export const mean = (values) => sum(values) / values.length;
export const range = (count) => Array.from({ length: count }, (_, i) => i);

/** Between the two nearest of the sorted values. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

export const median = (values) => quantile(values, 0.5);

/** The best so far after each of the values. */
export function bestSoFar(values, goal = 'maximise') {
  let best = goal === 'maximise' ? -Infinity : Infinity;
  return values.map((value) => (best = goal === 'maximise' ? Math.max(best, value) : Math.min(best, value)));
}

/** Curves of equal length, one a campaign: [[experiments, lower quartile, median, upper quartile]]. */
export function quartiles(curves) {
  const length = Math.min(...curves.map((curve) => curve.length));
  return range(length).map((i) => {
    const values = curves.map((curve) => curve[i]);
    return [i + 1, quantile(values, 0.25), median(values), quantile(values, 0.75)];
  });
}

/** Pearson's correlation. */
export function correlation(a, b) {
  const [ma, mb] = [mean(a), mean(b)];
  const along = sum(a.map((value, i) => (value - ma) * (b[i] - mb)));
  return (
    along / Math.sqrt(sum(a.map((value) => (value - ma) ** 2)) * sum(b.map((value) => (value - mb) ** 2)))
  );
}

/** Figures that are read by people and kept: a few significant digits. */
export const rounded = (value, digits = 4) =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
