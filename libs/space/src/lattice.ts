/**
 * Recipes in whole steps: counts c₁ … c_k with lo_i ≤ c_i ≤ hi_i and Σc_i = n. How many there are, all of them, and a
 * uniform draw by inverting the exact distribution, one component after the other; neighbouring uniform numbers give
 * neighbouring recipes, so that a quasi-random sequence stays one.
 */
export interface Lattice {
  readonly n: number;
  readonly lo: readonly number[];
  readonly hi: readonly number[];
  readonly count: number;
  has(counts: readonly number[]): boolean;
  enumerate(): readonly (readonly number[])[];
  /** k − 1 numbers in [0, 1). */
  draw(uniforms: readonly number[]): readonly number[];
  /** The recipe nearest to fractions that need not lie on the lattice. */
  nearest(fractions: readonly number[]): readonly number[];
}

/** Null where the bounds leave no recipe. */
export function lattice(n: number, lo: readonly number[], hi: readonly number[]): Lattice | null {
  const k = lo.length;
  const at = (values: ArrayLike<number>, i: number): number => values[i] ?? 0;
  const restLo = suffixSums(lo);
  const restHi = suffixSums(hi);
  if (lo.some((low, i) => low > at(hi, i)) || at(restLo, 0) > n || at(restHi, 0) < n) return null;

  // below[i][r + 1] = Σ_{s ≤ r} ways(i, s), where ways(i, s) counts how components i … k−1 can sum to s.
  const below: Float64Array[] = Array.from({ length: k + 1 }, () => new Float64Array(n + 2));
  below[k]?.fill(1, 1);
  const upTo = (i: number, r: number): number => (r < 0 ? 0 : (below[i]?.[Math.min(r, n) + 1] ?? 0));
  const ways = (i: number, r: number): number => upTo(i + 1, r - at(lo, i)) - upTo(i + 1, r - at(hi, i) - 1);
  for (let i = k - 1; i >= 0; i--) {
    const sums = below[i];
    for (let r = 0; sums && r <= n; r++) sums[r + 1] = (sums[r] ?? 0) + ways(i, r);
  }

  /** The counts that component i may have when r are left to give away. */
  const range = (i: number, r: number): { from: number; to: number } => ({
    from: Math.max(at(lo, i), r - at(restHi, i + 1)),
    to: Math.min(at(hi, i), r - at(restLo, i + 1)),
  });

  return {
    n,
    lo,
    hi,
    count: ways(0, n),
    has: (counts) =>
      counts.length === k &&
      counts.every((c, i) => c >= at(lo, i) && c <= at(hi, i)) &&
      counts.reduce((sum, c) => sum + c, 0) === n,
    enumerate() {
      const recipes: number[][] = [];
      const counts: number[] = [];
      const fill = (i: number, left: number): void => {
        if (i === k) {
          recipes.push([...counts]);
          return;
        }
        const { from, to } = range(i, left);
        for (let c = from; c <= to; c++) {
          counts[i] = c;
          fill(i + 1, left - c);
        }
      };
      fill(0, n);
      return recipes;
    },
    draw(uniforms) {
      const counts: number[] = [];
      let left = n;
      for (let i = 0; i < k; i++) {
        let { from, to } = range(i, left);
        const total = upTo(i + 1, left - from);
        const target = at(uniforms, i) * (total - upTo(i + 1, left - to - 1));
        while (from < to) {
          const middle = Math.floor((from + to) / 2);
          if (total - upTo(i + 1, left - middle - 1) > target) to = middle;
          else from = middle + 1;
        }
        counts.push(from);
        left -= from;
      }
      return counts;
    },
    nearest(fractions) {
      const counts = lo.map((low, i) => Math.min(at(hi, i), Math.max(low, Math.round(at(fractions, i) * n))));
      let missing = n - counts.reduce((sum, c) => sum + c, 0);
      while (missing !== 0) {
        const sign = Math.sign(missing);
        let best = -1;
        let gain = -Infinity;
        counts.forEach((c, i) => {
          const room = sign > 0 ? at(hi, i) - c : c - at(lo, i);
          const value = sign * (at(fractions, i) * n - c);
          if (room > 0 && value > gain) [best, gain] = [i, value];
        });
        counts[best] = at(counts, best) + sign;
        missing -= sign;
      }
      return counts;
    },
  };
}

/** sums[i] = values[i] + values[i + 1] + …, with a zero behind the last. */
function suffixSums(values: readonly number[]): readonly number[] {
  const sums = [0];
  for (const value of values.toReversed()) sums.unshift(value + (sums[0] ?? 0));
  return sums;
}
