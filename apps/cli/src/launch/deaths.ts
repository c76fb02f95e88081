const windowMs = 60_000;
const tooMany = 5;
const firstDelayMs = 100;
const longestDelayMs = 5_000;

/** Decides whether and when a child that died is started again. */
export class Deaths {
  #times: number[] = [];
  #inARow = 0;
  #count = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get count(): number {
    return this.#count;
  }

  /** A child that has become ready is no longer one that cannot start. */
  forgive(): void {
    this.#inARow = 0;
  }

  /**
   * Milliseconds to wait before the next start. Somebody's kill -9 of a child that was at work says nothing
   * against the child, and does not count towards a crash loop.
   */
  next({ deliberate }: { readonly deliberate: boolean }): number | 'too often' {
    const now = this.now();
    this.#count += 1;
    if (!deliberate) this.#times.push(now);
    this.#times = this.#times.filter((time) => now - time < windowMs);
    if (this.#times.length >= tooMany) return 'too often';
    this.#inARow += 1;
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#inARow - 1));
  }
}
