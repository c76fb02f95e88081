/**
 * How many recipes there are in whole steps: counts c₁ … c_d with lo_i ≤ c_i ≤ hi_i, of which at most `most` are above
 * zero. Whole numbers up to 2⁵³ are exact, and a table that would need larger ones is refused.
 */
export interface Ways {
  /** Of components i … d−1 that sum to r with at most z above zero. */
  (i: number, r: number, z: number): number;
}

const { isSafeInteger } = Number;

/** Null where there are more recipes than can be numbered exactly. */
export function waysOf(n: number, lo: readonly number[], hi: readonly number[], most: number): Ways | null {
  const d = lo.length;
  const width = n + 2;
  // below[(i·(most + 1) + z)·width + r + 1] = Σ_{s ≤ r} ways(i, s, z); the first of each row is the empty sum.
  const below = new Float64Array((d + 1) * (most + 1) * width);
  const rowOf = (i: number, z: number): number => (i * (most + 1) + z) * width;
  const upTo = (i: number, r: number, z: number): number =>
    r < 0 || z < 0 ? 0 : (below[rowOf(i, z) + (r < n ? r : n) + 1] ?? 0);
  const ways = (i: number, r: number, z: number): number => {
    if (i === d) return r === 0 && z >= 0 ? 1 : 0;
    const [low = 0, high = 0] = [lo[i], hi[i]];
    const first = low > 1 ? low : 1;
    const absent = low === 0 ? upTo(i + 1, r, z) - upTo(i + 1, r - 1, z) : 0;
    return high < first ? absent : absent + upTo(i + 1, r - first, z - 1) - upTo(i + 1, r - high - 1, z - 1);
  };
  for (let i = d; i >= 1; i--) {
    for (let z = 0; z <= most; z++) {
      const row = rowOf(i, z);
      for (let r = 0; r <= n; r++) {
        const sum = (below[row + r] ?? 0) + ways(i, r, z);
        if (!isSafeInteger(sum)) return null;
        below[row + r + 1] = sum;
      }
    }
  }
  // Sums over the first component are wanted by nobody, and would be too large too soon.
  return (i, r, z) => (i === 0 ? ways(i, r, z) : upTo(i, r, z) - upTo(i, r - 1, z));
}
