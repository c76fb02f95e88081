import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidArgumentError, Philox, TopK, topK } from '../src/index.js';

/** The same by sorting everything. */
function sorted(scores: ArrayLike<number>, k: number) {
  const order = Array.from(scores, (_, i) => i);
  order.sort((a, b) => (scores[a]! === scores[b]! ? a - b : scores[a]! > scores[b]! ? -1 : 1));
  const indices = order.slice(0, k);
  return { indices: Float64Array.from(indices), scores: Float64Array.from(indices, (i) => scores[i]!) };
}

// Few different values, so that ties are common; infinities and both zeros among them.
const score = fc.oneof(
  fc.constantFrom(-Infinity, -1, -0, 0, 1, 2, Infinity),
  fc.double({ noNaN: true, min: -3, max: 3 }),
);
const scoresOf = fc.array(score, { maxLength: 200 }).map((values) => Float64Array.from(values));

/** Blocks that together are the scores, in random order. */
function blocks(scores: Float64Array, rng: Philox): { first: number; values: Float64Array }[] {
  const parts: { first: number; values: Float64Array }[] = [];
  for (let first = 0; first < scores.length;) {
    const length = rng.integer(Math.min(20, scores.length - first) + 1);
    parts.push({ first, values: scores.subarray(first, first + length) });
    first += length;
  }
  return rng.shuffle(parts);
}

describe('TopK', () => {
  it('is the head of a full sort, whatever the blocks and their order', () => {
    fc.assert(
      fc.property(scoresOf, fc.integer({ min: 0, max: 30 }), fc.nat(), (scores, k, seed) => {
        const top = new TopK(k);
        for (const { first, values } of blocks(scores, Philox.fromSeed(seed))) top.offer(values, first);
        expect(top.best()).toEqual(sorted(scores, k));
        expect(top.size).toBe(Math.min(k, scores.length));
        expect(topK(scores, k)).toEqual(sorted(scores, k));
      }),
    );
  });

  it('merges partial results into the same answer, however they were divided', () => {
    fc.assert(
      fc.property(
        scoresOf,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (scores, k, workers, seed) => {
          const rng = Philox.fromSeed(seed);
          const parts = Array.from({ length: workers }, () => new TopK(k));
          for (const { first, values } of blocks(scores, rng))
            parts[rng.integer(workers)]!.offer(values, first);
          const whole = new TopK(k);
          for (const part of rng.shuffle(parts)) whole.merge(part);
          expect(whole.best()).toEqual(sorted(scores, k));
        },
      ),
    );
  });

  it('takes indices beyond 2³²', () => {
    const top = new TopK(2);
    top.offer(Float64Array.of(1, 3), 2 ** 40);
    top.offer(Float64Array.of(3), 7);
    expect(top.best()).toEqual({ indices: Float64Array.of(7, 2 ** 40 + 1), scores: Float64Array.of(3, 3) });
  });

  it('refuses NaN with its index and takes nothing of that block', () => {
    const top = new TopK(3);
    expect(() => top.offer(Float64Array.of(1, 2, NaN), 100)).toThrow(
      new InvalidArgumentError('scores', 'must be numbers; the score of index 102 is NaN'),
    );
    expect(top.size).toBe(0);
  });

  it('refuses counts that are not whole, naming them', () => {
    expect(() => new TopK(-1)).toThrow('k must be a whole number');
    expect(() => new TopK(1).offer(Float64Array.of(1), 0.5)).toThrow('first must be a whole number');
  });

  it('goes through a million scores in a moment, rising ones too', () => {
    const scores = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
    const { indices } = topK(scores, 100);
    expect(indices[0]).toBe(999_999);
    expect(indices[99]).toBe(999_900);
  });
});
