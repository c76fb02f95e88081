import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seed, seedOf } from './seed.js';

it('properties draw the same cases at each run, and a failure tells the seed', () => {
  const drawn: number[][] = [[], []];
  for (const run of drawn)
    expect(() => {
      fc.assert(
        fc.property(fc.nat(), (n) => {
          run.push(n);
          return run.length < 20;
        }),
        { endOnFailure: true },
      );
    }).toThrow(`seed: ${seed}`);
  expect(drawn[0]).toHaveLength(20);
  expect(drawn[1]).toEqual(drawn[0]);
  expect(fc.sample(fc.nat(), { numRuns: 20, seed: seed + 1 })).not.toEqual(drawn[0]);
});

it('takes another seed by its number, and nothing else for one', () => {
  expect(seedOf('7')).toBe(7);
  expect(seedOf('')).toBe(seedOf(undefined));
  for (const text of ['-1', '1.5', 'x', '1e3', '2147483648'])
    expect(() => seedOf(text)).toThrow(
      `IONLOOP_SEED is to be a whole number below 2147483648, and is ${text}`,
    );
});
