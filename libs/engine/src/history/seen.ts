/** What was seen, by the hash of its text: room for millions in a few bytes each, and a number with each. */
export class Seen {
  private high = new Uint32Array(1024);
  private low = new Uint32Array(1024);
  private values = new Int32Array(1024);
  private count = 0;

  /** The number that was kept with the text; null where it was not seen. */
  get(text: string): number | null {
    const at = this.placeOf(hashOf(text));
    return this.isFree(at) ? null : (this.values[at] ?? 0);
  }

  has(text: string): boolean {
    return !this.isFree(this.placeOf(hashOf(text)));
  }

  set(text: string, value: number): void {
    if (2 * (this.count + 1) > this.high.length) this.grow();
    const hash = hashOf(text);
    const at = this.placeOf(hash);
    if (this.isFree(at)) this.count += 1;
    this.high[at] = hash.high;
    this.low[at] = hash.low;
    this.values[at] = value;
  }

  get size(): number {
    return this.count;
  }

  private isFree(at: number): boolean {
    return this.high[at] === 0 && this.low[at] === 0;
  }

  private placeOf({ high, low }: Hash): number {
    const last = this.high.length - 1;
    let at = low & last;
    while (!this.isFree(at) && (this.high[at] !== high || this.low[at] !== low)) at = (at + 1) & last;
    return at;
  }

  private grow(): void {
    const { high, low, values } = this;
    const size = 2 * high.length;
    this.high = new Uint32Array(size);
    this.low = new Uint32Array(size);
    this.values = new Int32Array(size);
    for (let from = 0; from < high.length; from += 1) {
      const hash = { high: high[from] ?? 0, low: low[from] ?? 0 };
      if (hash.high === 0 && hash.low === 0) continue;
      const at = this.placeOf(hash);
      this.high[at] = hash.high;
      this.low[at] = hash.low;
      this.values[at] = values[from] ?? 0;
    }
  }
}

interface Hash {
  readonly high: number;
  readonly low: number;
}

/** 64 bits, which two of a million texts share by one chance in 10⁷. Never zero, which marks a free place. */
function hashOf(text: string): Hash {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return { high: high >>> 0, low: (low | 1) >>> 0 };
}
