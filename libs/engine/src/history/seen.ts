const { imul } = Math;

/**
 * What was seen, by its hash: room for millions in a few bytes each, and a number with each if need be. It is kept in
 * many small tables, so that making room never takes long at once.
 */
export class Seen {
  private readonly tables: readonly Table[];

  /** Where no number is asked for none is kept, and takes no room. */
  constructor({ numbered }: { readonly numbered: boolean }) {
    this.tables = Array.from({ length: 256 }, () => new Table(numbered));
  }

  /** The number that was kept with it; null where it was not seen. */
  get(mark: Mark): number | null {
    return this.tableOf(mark).get(hash.high, hash.low);
  }

  has(mark: Mark): boolean {
    return this.get(mark) !== null;
  }

  /** Tells whether it was seen before. */
  add(mark: Mark): boolean {
    const table = this.tableOf(mark);
    const { count } = table;
    table.set(hash.high, hash.low, 0);
    return table.count === count;
  }

  set(mark: Mark, value: number): void {
    this.tableOf(mark).set(hash.high, hash.low, value);
  }

  get size(): number {
    return this.tables.reduce((sum, { count }) => sum + count, 0);
  }

  private tableOf(mark: Mark): Table {
    takeHash(mark);
    // A table looks by other bits for the place.
    return this.tables[hash.high >>> 24] as Table;
  }
}

/** What a text comes to, and what may follow it: of many that begin alike the beginning is gone through once. */
export interface Mark {
  readonly high: number;
  readonly low: number;
}

interface MarkInHand {
  high: number;
  low: number;
}

/** For a mark that is used at once: no object for each of millions. */
export const markInHand = (): MarkInHand => ({ high: 0, low: 0 });

const nothing: Mark = { high: 0xdeadbeef | 0, low: 0x41c6ce57 | 0 };

export function markOf(text: string, before: Mark = nothing, into: MarkInHand = markInHand()): Mark {
  let { high, low } = before;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = imul(high ^ code, 2654435761);
    low = imul(low ^ code, 1597334677);
  }
  into.high = high;
  into.low = low;
  return into;
}

const number = new Float64Array(1);
const quarters = new Uint16Array(number.buffer);

/** A number behind a text, by its bits; −0 is 0. */
export function withNumber(before: Mark, value: number, into: MarkInHand = markInHand()): Mark {
  let { high, low } = before;
  number[0] = value + 0;
  for (let at = 0; at < 4; at += 1) {
    const code = quarters[at] ?? 0;
    high = imul(high ^ code, 2654435761);
    low = imul(low ^ code, 1597334677);
  }
  into.high = high;
  into.low = low;
  return into;
}

/** Open addressing, at most three quarters full; a pair of zeros marks a free place. */
class Table {
  count = 0;
  private high = new Uint32Array(16);
  private low = new Uint32Array(16);
  private values: Int32Array | null;

  constructor(numbered: boolean) {
    this.values = numbered ? new Int32Array(16) : null;
  }

  get(high: number, low: number): number | null {
    const at = this.placeOf(high, low);
    return this.isFree(at) ? null : (this.values?.[at] ?? 0);
  }

  set(high: number, low: number, value: number): void {
    if (4 * (this.count + 1) > 3 * this.high.length) this.grow();
    const at = this.placeOf(high, low);
    if (this.isFree(at)) this.count += 1;
    this.high[at] = high;
    this.low[at] = low;
    if (this.values) this.values[at] = value;
  }

  private isFree(at: number): boolean {
    return this.high[at] === 0 && this.low[at] === 0;
  }

  private placeOf(high: number, low: number): number {
    const last = this.high.length - 1;
    // The lowest bit is always one.
    let at = (low >>> 1) & last;
    while (!this.isFree(at) && (this.high[at] !== high || this.low[at] !== low)) at = (at + 1) & last;
    return at;
  }

  private grow(): void {
    const { high, low, values } = this;
    const size = 2 * high.length;
    this.high = new Uint32Array(size);
    this.low = new Uint32Array(size);
    this.values = values && new Int32Array(size);
    for (let from = 0; from < high.length; from += 1) {
      const [h, l] = [high[from] ?? 0, low[from] ?? 0];
      if (h === 0 && l === 0) continue;
      const at = this.placeOf(h, l);
      this.high[at] = h;
      this.low[at] = l;
      if (values && this.values) this.values[at] = values[from] ?? 0;
    }
  }
}

/** The hash that was taken last: no object for each of millions. */
const hash = { high: 0, low: 0 };

/** 64 bits, which two of a million texts share by one chance in 10⁷. Never zero, which marks a free place. */
function takeHash(mark: Mark): void {
  let { high, low } = mark;
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  hash.high = high >>> 0;
  hash.low = (low | 1) >>> 0;
}
