import type { Lattice } from './lattice.js';

const { abs, floor, max, min } = Math;

/**
 * Recipes in whole steps of which each component is absent or has at least `dose` steps and at most `most` are present:
 * c_i ∈ {0 if lo_i = 0} ∪ {max(lo_i, dose) … hi_i}, Σc_i = n. ways(i, r, j) counts how components i … k−1 can sum to r
 * with at most j of them present. Null where no recipe is left.
 */
export function sparseLattice(
  n: number,
  lo: readonly number[],
  hi: readonly number[],
  { dose, most }: { readonly dose: number; readonly most: number },
): Lattice | null {
  const k = lo.length;
  const limit = min(k, most);
  const lows = lo.map((least) => max(least, dose, 1));
  const highs = lo.map((_, i) => min(n, hi[i] ?? 0));
  const low = (i: number): number => lows[i] ?? 1;
  const high = (i: number): number => highs[i] ?? 0;
  const mayMiss = (i: number): boolean => (lo[i] ?? 0) === 0;

  // below[i][j][r + 1] = Σ_{s ≤ r} ways(i, s, j)
  const below = Array.from({ length: k + 1 }, () =>
    Array.from({ length: limit + 1 }, () => new Float64Array(n + 2)),
  );
  below[k]?.forEach((sums) => sums.fill(1, 1));
  const upTo = (i: number, j: number, r: number): number =>
    r < 0 || j < 0 ? 0 : (below[i]?.[j]?.[min(r, n) + 1] ?? 0);
  const present = (i: number, j: number, r: number, to: number): number =>
    to < low(i) ? 0 : upTo(i + 1, j - 1, r - low(i)) - upTo(i + 1, j - 1, r - to - 1);
  const absent = (i: number, j: number, r: number): number =>
    mayMiss(i) ? upTo(i + 1, j, r) - upTo(i + 1, j, r - 1) : 0;
  const ways = (i: number, j: number, r: number): number => {
    if (i === k) return r === 0 ? 1 : 0;
    return r < 0 || j < 0 ? 0 : absent(i, j, r) + present(i, j, r, high(i));
  };
  for (let i = k - 1; i >= 0; i--) {
    for (let j = 0; j <= limit; j++) {
      const sums = below[i]?.[j];
      for (let r = 0; sums && r <= n; r++) sums[r + 1] = (sums[r] ?? 0) + ways(i, j, r);
    }
  }
  const count = ways(0, limit, n);
  if (count === 0) return null;
  const after = (i: number, j: number, r: number, c: number): number =>
    ways(i + 1, j - (c > 0 ? 1 : 0), r - c);

  /** One component after the other, each with the count that `choose` names. */
  const build = (choose: (i: number, left: number, free: number) => number): readonly number[] => {
    const counts: number[] = [];
    let [left, free] = [n, limit];
    for (let i = 0; i < k; i++) {
      const c = choose(i, left, free);
      counts.push(c);
      left -= c;
      if (c > 0) free--;
    }
    return counts;
  };

  return {
    n,
    lo,
    hi,
    count,
    has(counts) {
      let [sum, used] = [0, 0];
      for (let i = 0; i < k; i++) {
        const c = counts[i] ?? 0;
        if (c === 0 ? !mayMiss(i) : c < low(i) || c > high(i)) return false;
        sum += c;
        if (c > 0) used++;
      }
      return sum === n && used <= limit;
    },
    enumerate() {
      const recipes: number[][] = [];
      const counts: number[] = [];
      const fill = (i: number, left: number, free: number): void => {
        if (i === k) {
          recipes.push([...counts]);
          return;
        }
        const give = (c: number): void => {
          if (after(i, free, left, c) === 0) return;
          counts[i] = c;
          fill(i + 1, left - c, free - (c > 0 ? 1 : 0));
        };
        if (mayMiss(i)) give(0);
        for (let c = low(i); c <= min(high(i), left); c++) give(c);
      };
      fill(0, n, limit);
      return recipes;
    },
    draw: (uniforms) =>
      build((i, left, free) => {
        const none = absent(i, free, left);
        const target = (uniforms[i] ?? 0) * ways(i, free, left);
        if (target < none) return 0;
        let [from, to] = [low(i), min(high(i), left)];
        if (from > to) return 0;
        while (from < to) {
          const middle = floor((from + to) / 2);
          if (none + present(i, free, left, middle) > target) to = middle;
          else from = middle + 1;
        }
        return after(i, free, left, from) > 0 ? from : nearestPossible(i, free, left, from);
      }),
    nearest(fractions) {
      // The largest are kept and grow in proportion, so that what cannot stay is shared out among them.
      const order = fractions
        .map((_, i) => i)
        .sort((a, b) => (fractions[b] ?? 0) - (fractions[a] ?? 0) || a - b);
      const kept = new Set(
        [...order.filter((i) => !mayMiss(i)), ...order.filter(mayMiss)]
          .slice(0, limit)
          .filter((i) => !mayMiss(i) || 2 * n * (fractions[i] ?? 0) >= low(i)),
      );
      const total = [...kept].reduce((sum, i) => sum + (fractions[i] ?? 0), 0);
      const wanted = fractions.map((f, i) => (kept.has(i) && total > 0 ? (n * f) / total : 0));
      let owed = 0;
      return build((i, left, free) => {
        owed += wanted[i] ?? 0;
        const c = nearestPossible(i, free, left, owed);
        owed -= c;
        return c;
      });
    },
  };

  /** The count nearest to `wanted` from which the rest can still be filled. */
  function nearestPossible(i: number, free: number, left: number, wanted: number): number {
    let best = -1;
    const consider = (c: number): void => {
      if (after(i, free, left, c) > 0 && (best < 0 || abs(c - wanted) < abs(best - wanted))) best = c;
    };
    if (mayMiss(i)) consider(0);
    for (let c = low(i); c <= min(high(i), left); c++) consider(c);
    return best;
  }
}
