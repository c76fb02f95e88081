import { describe, expect, test } from '@jest/globals';
import { renewed } from '../src/api/use-growing-list.js';
import { chunksOf } from '../src/components/chunks.js';
import { OneByOne } from '../src/components/one-by-one.js';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: `r${from + i}`, value: from + i }));

describe('chunks of a long list', () => {
  test('hold all of it, in order', () => {
    const all = rows(0, 21);
    const chunks = chunksOf(all, 8);
    expect(chunks.map(({ length }) => length)).toEqual([8, 8, 5]);
    expect(chunks.flat()).toEqual(all);
    expect(chunksOf([], 8)).toEqual([]);
  });

  test('stay the same where their rows do, as the list grows', () => {
    const all = rows(0, 20);
    const before = chunksOf(all, 8);
    const grown = chunksOf([...all, ...rows(20, 40)], 8, before);
    expect(grown).toHaveLength(5);
    expect([0, 1].map((i) => grown[i] === before[i])).toEqual([true, true]);
    expect(grown[2]).not.toBe(before[2]);
    const changed = chunksOf([...all.slice(0, 10), { id: 'r10', value: -1 }, ...all.slice(11)], 8, before);
    expect(changed.map((chunk, i) => chunk === before[i])).toEqual([true, false, true]);
  });
});

describe('a list that is asked for again', () => {
  test('keeps the rows that say what they said, and takes the others', () => {
    const before = { rows: rows(0, 4), total: 4, next: null };
    const answer = JSON.parse(JSON.stringify(before)) as typeof before;
    const now = renewed(before, {
      ...answer,
      rows: [{ id: 'new', value: 9 }, ...answer.rows.slice(0, 3), { id: 'r3', value: 7 }],
    });
    expect(now.rows.map(({ id, value }) => [id, value])).toEqual([
      ['new', 9],
      ['r0', 0],
      ['r1', 1],
      ['r2', 2],
      ['r3', 7],
    ]);
    expect(now.rows.slice(1, 4).map((row, i) => row === before.rows[i])).toEqual([true, true, true]);
  });
});

describe('one piece of work a frame', () => {
  const table = () => {
    const frames: (() => void)[] = [];
    const done: string[] = [];
    const queue = new OneByOne((run) => frames.push(run));
    const piece = (name: string) => () => {
      done.push(name);
    };
    const frame = (): void => frames.shift()?.();
    return { frames, done, queue, piece, frame };
  };

  test('is done in order, the urgent first, and no frame is asked for when all is done', () => {
    const { frames, done, queue, piece, frame } = table();
    queue.put(piece('goes 1'));
    queue.put(piece('comes 1'), true);
    queue.put(piece('comes 2'), true);
    expect(frames).toHaveLength(1);
    for (const expected of [['comes 1'], ['comes 1', 'comes 2'], ['comes 1', 'comes 2', 'goes 1']]) {
      frame();
      expect(done).toEqual(expected);
    }
    expect(frames).toEqual([]);
    queue.put(piece('comes 3'), true);
    expect(frames).toHaveLength(1);
  });

  test('is not done when it was taken back, and once when it was put in twice', () => {
    const { frames, done, queue, piece, frame } = table();
    const [back, twice] = [piece('back'), piece('twice')];
    queue.put(back, true);
    queue.put(twice);
    queue.put(twice);
    queue.takeBack(back);
    frame();
    frame();
    expect(done).toEqual(['twice']);
    expect(frames).toEqual([]);
  });

  test('may put in more while it is done', () => {
    const { done, queue, piece, frame } = table();
    queue.put(() => queue.put(piece('second'), true), true);
    frame();
    expect(done).toEqual([]);
    frame();
    expect(done).toEqual(['second']);
  });
});
