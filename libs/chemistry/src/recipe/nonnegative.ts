/**
 * The x ≥ 0 that makes |A·x − b| least: the active-set method of C. L. Lawson and R. J. Hanson, "Solving Least Squares Problems" (1974), chapter 23.
 * A is (m, n) by rows.
 */
const { abs, max, min } = Math;

export function nonnegativeLeastSquares(
  rows: readonly (readonly number[])[],
  wanted: readonly number[],
): Float64Array {
  const n = rows[0]?.length ?? 0;
  const x = new Float64Array(n);
  const free = new Set<number>();
  const barred = new Set<number>();
  const scale = max(1, ...wanted.map(abs));
  for (let round = 0; round < 10 * n + 10; round += 1) {
    const gradient = gradientOf(rows, wanted, x);
    let best = -1;
    for (let j = 0; j < n; j += 1) {
      if (free.has(j) || barred.has(j) || !((gradient[j] ?? 0) > 1e-10 * scale)) continue;
      if (best < 0 || (gradient[j] ?? 0) > (gradient[best] ?? 0)) best = j;
    }
    if (best < 0) break;
    free.add(best);
    const trial = solve(rows, wanted, [...free]);
    if (!((trial?.get(best) ?? 0) > 0)) {
      free.delete(best);
      barred.add(best);
      continue;
    }
    barred.clear();
    walk(rows, wanted, x, free);
  }
  return x;
}

/** Towards the solution of the free ones, dropping those that would become negative on the way. */
function walk(
  rows: readonly (readonly number[])[],
  wanted: readonly number[],
  x: Float64Array,
  free: Set<number>,
): void {
  for (;;) {
    const solution = solve(rows, wanted, [...free]);
    if (solution === undefined) return;
    let step = 1;
    for (const [j, value] of solution) {
      const now = x[j] ?? 0;
      if (value <= 0) step = min(step, now / (now - value || 1));
    }
    for (const [j, value] of solution) x[j] = (x[j] ?? 0) + step * (value - (x[j] ?? 0));
    const negative = [...solution].filter(([j, value]) => value <= 0 && (x[j] ?? 0) <= 1e-12);
    if (step === 1 && negative.length === 0) return;
    for (const [j] of negative) {
      x[j] = 0;
      free.delete(j);
    }
  }
}

function gradientOf(
  rows: readonly (readonly number[])[],
  wanted: readonly number[],
  x: Float64Array,
): Float64Array {
  const gradient = new Float64Array(x.length);
  rows.forEach((row, i) => {
    const rest = row.reduce((sum, value, j) => sum - value * (x[j] ?? 0), wanted[i] ?? 0);
    row.forEach((value, j) => (gradient[j] = (gradient[j] ?? 0) + value * rest));
  });
  return gradient;
}

/** Least squares on the columns given, by orthogonal columns; undefined where one depends on the others. */
function solve(
  rows: readonly (readonly number[])[],
  wanted: readonly number[],
  columns: readonly number[],
): Map<number, number> | undefined {
  const basis: { readonly vector: readonly number[]; readonly coordinate: number }[] = [];
  const upper: number[][] = [];
  for (const j of columns) {
    let vector = rows.map((row) => row[j] ?? 0);
    const size = Math.sqrt(inner(vector, vector));
    const coefficients = basis.map(() => 0);
    for (let pass = 0; pass < 2; pass += 1) {
      basis.forEach((known, k) => {
        const share = inner(known.vector, vector);
        coefficients[k] = (coefficients[k] ?? 0) + share;
        vector = vector.map((value, i) => value - share * (known.vector[i] ?? 0));
      });
    }
    const rest = Math.sqrt(inner(vector, vector));
    if (!(rest > 1e-10 * size)) return undefined;
    vector = vector.map((value) => value / rest);
    basis.push({ vector, coordinate: inner(vector, wanted) });
    upper.push([...coefficients, rest]);
  }
  const solution = new Map<number, number>();
  for (let k = columns.length - 1; k >= 0; k -= 1) {
    let value = basis[k]?.coordinate ?? NaN;
    for (let l = k + 1; l < columns.length; l += 1) {
      value -= (upper[l]?.[k] ?? NaN) * (solution.get(columns[l] ?? -1) ?? NaN);
    }
    solution.set(columns[k] ?? -1, value / (upper[k]?.[k] ?? NaN));
  }
  return solution;
}

const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
