import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latinHypercube, Philox, philox4x32 } from '../src/index.js';

const draws = (rng: Philox, count: number) => Array.from({ length: count }, () => rng.uniform());

describe('Philox4x32-10', () => {
  it.each([
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('turns %s under the key %s into %s, as Random123 does', (counter, key, expected) => {
    const words = (text: string) => text.split(' ').map((word) => Number.parseInt(word, 16));
    const answer = philox4x32(
      words(counter) as [number, number, number, number],
      words(key) as [number, number],
    );
    expect(answer).toEqual(words(expected));
  });
});

describe('a stream', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(draws(Philox.fromSeed(7), 20)).toEqual(draws(Philox.fromSeed(7n), 20));
    expect(draws(Philox.fromSeed('lab'), 20)).toEqual(draws(Philox.fromSeed('lab'), 20));
    const firsts = [7, 8, 0, '7', '8', '', 'lab', 2n ** 64n - 1n].map((seed) =>
      Philox.fromSeed(seed).uniform(),
    );
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('splits into streams that do not depend on what was drawn before', () => {
    const fresh = Philox.fromSeed(1);
    const used = Philox.fromSeed(1);
    draws(used, 13);
    expect(draws(used.split('fit'), 5)).toEqual(draws(fresh.split('fit'), 5));
    const labels = ['fit', 'fit ', 'tif', '', 'a'.repeat(8), 'a'.repeat(9), 'a'.repeat(16)];
    const firsts = labels.map((label) => fresh.split(label).uniform());
    expect(new Set([...firsts, Philox.fromSeed(1).uniform()]).size).toBe(labels.length + 1);
  });

  it('keeps its numbers from version to version', () => {
    const rng = Philox.fromSeed('ionloop');
    expect([rng.uniform(), rng.normal(), rng.integer(1000), rng.permutation(5)]).toMatchInlineSnapshot(`
     [
       0.10841652260343193,
       1.0673354565503397,
       378,
       [
         3,
         1,
         4,
         2,
         0,
       ],
     ]
    `);
  });

  it('refuses seeds that are not whole or too large', () => {
    expect(() => Philox.fromSeed(1.5)).toThrow('seed must be a whole number');
    expect(() => Philox.fromSeed(-1)).toThrow('seed must lie in');
    expect(() => Philox.fromSeed(2n ** 64n)).toThrow('seed must lie in');
  });

  it('draws uniforms with the right mean, variance and spread over bins', () => {
    const values = draws(Philox.fromSeed(3), 20_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    const bins = new Array<number>(20).fill(0);
    for (const value of values) bins[Math.floor(value * 20)]! += 1;
    const chi2 = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi2).toBeLessThan(45);
  });

  it('draws normals with the right moments', () => {
    const rng = Philox.fromSeed(4);
    const values = Array.from({ length: 20_000 }, () => rng.normal());
    const moment = (k: number) => values.reduce((sum, value) => sum + value ** k, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.03);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.05);
    expect(Math.abs(moment(3))).toBeLessThan(0.15);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.3);
  });

  it('draws whole numbers without leaving any out', () => {
    const rng = Philox.fromSeed(5);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 7000; i++) counts[rng.integer(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(() => rng.integer(0)).toThrow('n must be a whole number of at least 1');
  });

  it('permutes and chooses without repeating', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.nat(),
        (a, b, seed) => {
          const n = Math.max(a, b);
          const k = Math.min(a, b);
          const rng = Philox.fromSeed(seed);
          const permuted = rng.permutation(n);
          expect([...permuted].sort((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, i) => i));
          const chosen = rng.choose(n, k);
          expect(new Set(chosen).size).toBe(k);
          expect(chosen.every((value) => value >= 0 && value < n)).toBe(true);
        },
      ),
    );
    expect(() => Philox.fromSeed(1).choose(3, 4)).toThrow('k must be at most n = 3');
  });

  it('permutes evenly', () => {
    const rng = Philox.fromSeed(6);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = rng.permutation(3).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('latinHypercube', () => {
  it('has one point in each stratum of each dimension', () => {
    const points = latinHypercube(4, 25, Philox.fromSeed(1));
    for (let j = 0; j < 4; j++) {
      const strata = Array.from({ length: 25 }, (_, i) => Math.floor(points.data[i * 4 + j]! * 25));
      expect(new Set(strata).size).toBe(25);
    }
  });
});
