import { InvalidArgumentError } from '../errors.js';
import { requireCount } from '../dense/checks.js';

const { min } = Math;

/** The largest scores first; among equal ones the lower index first. */
export interface Best {
  readonly indices: Float64Array;
  readonly scores: Float64Array;
}

/**
 * The k largest of scores that arrive in blocks, in any order and division: among equal scores the lower index wins, and 0 and −0 are
 * equal. −∞ is a score like any other, NaN is refused. Each index must be offered once.
 */
export class TopK {
  readonly k: number;
  // A heap with the worst on top: parent i, children 2i + 1 and 2i + 2. Indices may pass 2³², so they are doubles.
  readonly #scores: Float64Array;
  readonly #indices: Float64Array;
  #size = 0;

  constructor(k: number) {
    requireCount('k', k);
    this.k = k;
    this.#scores = new Float64Array(k);
    this.#indices = new Float64Array(k);
  }

  /** How many are held: k, or fewer while fewer have been offered. */
  get size(): number {
    return this.#size;
  }

  /** Takes scores[i] as the score of index first + i. O(m) where few of them enter, at most O(m log k). */
  offer(scores: Float64Array, first = 0): void {
    requireCount('first', first);
    requireCount('first plus the count of scores', first + scores.length);
    requireNumbers(scores, first);
    let i = 0;
    for (const room = min(this.k - this.#size, scores.length); i < room; i++)
      this.#push(scores[i]!, first + i);
    if (this.k === 0) return;
    let threshold = this.#scores[0]!;
    for (; i < scores.length; i++) {
      const score = scores[i]!;
      // At the threshold itself the index decides.
      if (score < threshold || !worse(threshold, this.#indices[0]!, score, first + i)) continue;
      this.#sink(0, score, first + i);
      threshold = this.#scores[0]!;
    }
  }

  /** Takes what another holds, as if its scores had been offered here. */
  merge(other: TopK): void {
    for (let i = 0; i < other.#size; i++) {
      const score = other.#scores[i]!;
      const index = other.#indices[i]!;
      if (this.#size < this.k) this.#push(score, index);
      else if (this.k > 0 && worse(this.#scores[0]!, this.#indices[0]!, score, index))
        this.#sink(0, score, index);
    }
  }

  /** What is held, best first, as a copy. */
  best(): Best {
    const order = Uint32Array.from({ length: this.#size }, (_, i) => i);
    order.sort((a, b) => (this.#worseAt(a, b) ? 1 : -1));
    return {
      indices: Float64Array.from(order, (i) => this.#indices[i]!),
      scores: Float64Array.from(order, (i) => this.#scores[i]!),
    };
  }

  #worseAt(a: number, b: number): boolean {
    return worse(this.#scores[a]!, this.#indices[a]!, this.#scores[b]!, this.#indices[b]!);
  }

  #push(score: number, index: number): void {
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!worse(score, index, this.#scores[parent]!, this.#indices[parent]!)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, score, index);
  }

  /** Puts an element at a place that is free, or below it, so that every parent is worse than its children. */
  #sink(at: number, score: number, index: number): void {
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#worseAt(child + 1, child)) child += 1;
      if (!worse(this.#scores[child]!, this.#indices[child]!, score, index)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, score, index);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#scores[from]!, this.#indices[from]!);
  }

  #put(at: number, score: number, index: number): void {
    this.#scores[at] = score;
    this.#indices[at] = index;
  }
}

/** The k largest of one array of scores. */
export function topK(scores: Float64Array, k: number): Best {
  const top = new TopK(k);
  top.offer(scores);
  return top.best();
}

function worse(score: number, index: number, than: number, thanIndex: number): boolean {
  return score < than || (score === than && index > thanIndex);
}

function requireNumbers(scores: Float64Array, first: number): void {
  for (let i = 0; i < scores.length; i++)
    if (scores[i]! !== scores[i]!)
      throw new InvalidArgumentError('scores', `must be numbers; the score of index ${first + i} is NaN`);
}
