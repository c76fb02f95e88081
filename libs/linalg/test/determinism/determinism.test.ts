import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashOf } from '../../src/determinism/hash.js';
import { hashOfSection, sectionNames, together, type Hashes } from '../../src/determinism/sections.js';
import type { tasks } from '../../src/determinism/tasks.js';
import { onCore, openPool } from '../../src/index.js';

const committed = JSON.parse(readFileSync(resolve(__dirname, 'hashes.json'), 'utf8')) as Hashes;

/** Names the sections that differ. A change that is meant to change bits renews the file: npm run determinism -- --write */
function expectCommitted(hashes: readonly string[]): void {
  const found = together(hashes);
  expect(sectionNames.filter((name) => found.sections[name] !== committed.sections[name])).toEqual([]);
  expect(Object.keys(committed.sections)).toEqual(sectionNames);
  expect(found.all).toBe(committed.all);
}

const onMainThread = () => sectionNames.map(hashOfSection);

async function inThreads(threads: number, rounds: number): Promise<readonly string[][]> {
  const pool = openPool<typeof tasks>({
    threads,
    tasks: pathToFileURL(resolve(__dirname, '../../dist/determinism/tasks.js')),
  });
  const found: string[][] = [];
  try {
    for (let round = 0; round < rounds; round++) found.push(await pool.map('hashOfSection', sectionNames));
  } finally {
    await pool.close();
  }
  return found;
}

describe('the committed hashes are those of', () => {
  it('the main thread with SIMD', () => expectCommitted(onCore('simd', onMainThread)));

  it('the main thread without', () => expectCommitted(onCore('portable', onMainThread)));

  it.each([1, 2])('a pool of threads, %i of them, and again in the same threads', async (threads) => {
    for (const hashes of await inThreads(threads, 2)) expectCommitted(hashes);
  });
});

describe('a hash', () => {
  const next = 1.0000000000000002;

  it.each<[string, unknown, unknown]>([
    ['the last bit of a number', 1, next],
    ['the last bit within an array', Float64Array.of(3, 1), Float64Array.of(3, next)],
    ['the sign of zero', 0, -0],
    ['the order', [1, 2], [2, 1]],
    [
      'how numbers are divided',
      [Float64Array.of(1, 2), new Float64Array(0)],
      [Float64Array.of(1), Float64Array.of(2)],
    ],
    ['names', { a: 1, b: 2 }, { a: 1, c: 2 }],
    ['words', 'value', 'gradient'],
    ['true and false', true, false],
    ['a number and its digits', 1, '1'],
  ])('tells %s', (_what, one, other) => expect(hashOf(one)).not.toBe(hashOf(other)));

  it('takes every NaN for one, and leaves its argument alone', () => {
    const odd = new Float64Array(1);
    new Uint32Array(odd.buffer).set([5, 0xfff80000]);
    expect(hashOf(odd)).toBe(hashOf(Float64Array.of(NaN)));
    expect(Array.from(new Uint32Array(odd.buffer))).toEqual([5, 0xfff80000]);
  });

  it('refuses what has no bits', () => expect(() => hashOf([() => 0])).toThrow('function'));
});
