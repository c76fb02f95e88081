import { waysOf, type Ways } from './ways.js';

/**
 * Recipes on a lattice in lexicographic order, the first component slowest: the order in which a space lists them.
 * Any of them is found by its rank, and the next one from the one before.
 */
export class Recipes {
  readonly size: number;
  readonly components: number;

  private constructor(
    readonly n: number,
    private readonly lo: readonly number[],
    private readonly hi: readonly number[],
    private readonly most: number,
    private readonly ways: Ways,
  ) {
    this.components = lo.length;
    this.size = ways(0, n, most);
  }

  /** Null where there are more than can be numbered. At most `most` components are above zero. */
  static of(n: number, lo: readonly number[], hi: readonly number[], most = lo.length): Recipes | null {
    const ways = waysOf(n, lo, hi, most);
    return ways && new Recipes(n, lo, hi, most, ways);
  }

  unrank(rank: number, counts: Int32Array): void {
    if (!(rank >= 0 && rank < this.size)) throw new RangeError(`there is no recipe number ${rank}`);
    let [left, r, z] = [rank, this.n, this.most];
    for (let i = 0; i < this.components; i++) {
      let c = this.lo[i] ?? 0;
      for (;;) {
        const here = this.ways(i + 1, r - c, c > 0 ? z - 1 : z);
        if (left < here) break;
        left -= here;
        c += 1;
      }
      counts[i] = c;
      r -= c;
      if (c > 0) z -= 1;
    }
  }

  rank(counts: ArrayLike<number>): number {
    let [rank, r, z] = [0, this.n, this.most];
    for (let i = 0; i < this.components; i++) {
      const own = counts[i] ?? 0;
      for (let c = this.lo[i] ?? 0; c < own; c++) rank += this.ways(i + 1, r - c, c > 0 ? z - 1 : z);
      r -= own;
      if (own > 0) z -= 1;
    }
    return rank;
  }

  /** Turns a recipe into the next one; false where it was the last. */
  advance(counts: Int32Array): boolean {
    let r = 0;
    let z = this.most;
    for (let i = 0; i < this.components; i++) if ((counts[i] ?? 0) > 0) z -= 1;
    for (let i = this.components - 1; i >= 0; i--) {
      const own = counts[i] ?? 0;
      r += own;
      if (own > 0) z += 1;
      const next = this.smallest(i, r, z, own + 1);
      if (next < 0) continue;
      counts[i] = next;
      this.fillFrom(i + 1, r - next, next > 0 ? z - 1 : z, counts);
      return true;
    }
    return false;
  }

  /** How many recipes follow, this one included, by steps of one from the last component to the one before it. */
  run(counts: Int32Array): number {
    const d = this.components;
    if (d < 2) return 1;
    const [second = 0, last = 0] = [counts[d - 2], counts[d - 1]];
    let used = 0;
    for (let i = 0; i < d - 2; i++) if ((counts[i] ?? 0) > 0) used += 1;
    // With room for one of the two only, the recipes between are left out.
    if (this.most - used < 2) return 1;
    return 1 + Math.min((this.hi[d - 2] ?? 0) - second, last - (this.lo[d - 1] ?? 0));
  }

  private fillFrom(from: number, sum: number, above: number, counts: Int32Array): void {
    let [r, z] = [sum, above];
    for (let i = from; i < this.components; i++) {
      const c = this.smallest(i, r, z, 0);
      counts[i] = c;
      r -= c;
      if (c > 0) z -= 1;
    }
  }

  /** The smallest count from `least` on that component i can have; −1 where there is none. */
  private smallest(i: number, r: number, z: number, least: number): number {
    const high = Math.min(this.hi[i] ?? 0, r);
    for (let c = Math.max(least, this.lo[i] ?? 0); c <= high; c++) {
      if (this.ways(i + 1, r - c, c > 0 ? z - 1 : z) > 0) return c;
    }
    return -1;
  }
}
