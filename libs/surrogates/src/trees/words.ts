/**
 * Random words for choosing features and thresholds, a tenth of a Philox stream's cost: xoshiro128++ (Blackman and Vigna 2019), seeded by four
 * words of the stream, so that a tree's draws depend on its stream alone.
 */
import type { Philox } from '@ionloop/linalg';

const { floor } = Math;
const twoTo32 = 4294967296;

export class Words {
  private constructor(readonly state: Int32Array) {}

  static from(rng: Philox): Words {
    const state = Int32Array.from({ length: 4 }, () => rng.integer(twoTo32) | 0);
    // All zeros is the one state that does not move.
    state[0] = state[0]! | 1;
    return new Words(state);
  }

  /** Words whose state lies in the given array. */
  on(state: Int32Array): Words {
    return new Words(state);
  }

  private next(): number {
    const { state } = this;
    const a = state[0]!;
    const b = state[1]!;
    const sum = (a + state[3]!) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + a) >>> 0;
    const c = state[2]! ^ a;
    const d = state[3]! ^ b;
    state[1] = b ^ c;
    state[0] = a ^ d;
    state[2] = c ^ (b << 9);
    state[3] = (d << 11) | (d >>> 21);
    return result;
  }

  /** 0 … n − 1; the odds differ by less than n/2³². */
  below(n: number): number {
    return floor((this.next() * n) / twoTo32);
  }

  /** Uniform on [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.next() / twoTo32;
  }

  /** The first k of `items` become a random choice of k of them, in random order. */
  shuffleFirst(items: Int32Array, k: number): void {
    for (let i = 0; i < k; i++) this.swapIn(items, i, items.length);
  }

  /** Puts one of items[i … end) in place i. */
  swapIn(items: Int32Array, i: number, end: number): void {
    const j = i + this.below(end - i);
    const chosen = items[j]!;
    items[j] = items[i]!;
    items[i] = chosen;
  }
}
