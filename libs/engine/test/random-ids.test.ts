import { describe, expect, it } from '@jest/globals';
import { randomIds } from '../src/index.js';

describe('the ids of rows', () => {
  it('are versions 7 that sort by the order in which they were made, within a millisecond too', () => {
    const before = performance.timeOrigin + performance.now();
    const made = Array.from({ length: 20_000 }, () => randomIds.next());
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(made.filter((id) => !pattern.test(id))).toEqual([]);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    const stamp = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(Math.abs(stamp(made[0]!) - before)).toBeLessThan(1000);
  });
});
