import { Philox } from '@ionloop/linalg';

/** What one request is drawn from. */
export class Chance {
  private constructor(private readonly rng: Philox) {}

  /** Of one request of a run: the same whatever the others did. */
  static of(seed: string, request: number): Chance {
    return new Chance(Philox.fromSeed(seed).split(`request ${request}`));
  }

  below(n: number): number {
    return this.rng.integer(n);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  often(share: number): boolean {
    return this.rng.uniform() < share;
  }

  one<T>(of: readonly T[]): T {
    const value = of[this.below(of.length)];
    if (of.length === 0) throw new Error('nothing to choose from');
    return value as T;
  }

  some<T>(of: readonly T[], share: number): readonly T[] {
    return of.filter(() => this.often(share));
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}
