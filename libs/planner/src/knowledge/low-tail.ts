/**
 * Values below m − 2u are raised to it, with m the median and u = √mean((y − m)²) over y ≥ m: how bad a bad point is
 * says little about good ones, and sixteen decades of it would rule the fit.
 */
export function withoutLowTail(y: Float64Array): Float64Array {
  const sorted = y.toSorted();
  const median = (sorted[(y.length - 1) >> 1]! + sorted[y.length >> 1]!) / 2;
  const above = y.filter((value) => value >= median);
  const spread = Math.sqrt(
    above.reduce((sum, value) => sum + (value - median) * (value - median), 0) / above.length,
  );
  const floor = median - 2 * spread;
  return spread > 0 ? y.map((value) => Math.max(value, floor)) : y;
}
