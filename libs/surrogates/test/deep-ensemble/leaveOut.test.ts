import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Philox } from '@ionloop/linalg';
import { seatings } from '../../src/deep-ensemble/leaveOut.js';

const timesLeftOut = (seated: ReturnType<typeof seatings>, row: number) =>
  seated.filter(({ rows }) => !rows.includes(row)).length;

describe('the rows that a net learns from', () => {
  it('are never none, and every row is left out of some net', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 30 }), (members, n) => {
        const rows = Array.from({ length: n }, (_, i) => 3 * i + 1);
        const seated = seatings(members, rows, Philox.fromSeed(1));
        expect(seated.filter(({ isMember }) => isMember)).toHaveLength(members);
        for (const { rows: kept } of seated) {
          expect(kept.length).toBeGreaterThan(0);
          expect(kept.every((row) => rows.includes(row))).toBe(true);
        }
        for (const row of rows) expect(timesLeftOut(seated, row)).toBeGreaterThan(0);
      }),
    );
  });

  it('are three fifths for five members, each row left out of two', () => {
    const rows = Array.from({ length: 20 }, (_, i) => i);
    const seated = seatings(5, rows, Philox.fromSeed(1));
    for (const { rows: kept } of seated) expect(kept).toHaveLength(12);
    for (const row of rows) expect(timesLeftOut(seated, row)).toBe(2);
  });

  it('are all rows for a lone net, with five judges beside it', () => {
    const rows = Array.from({ length: 20 }, (_, i) => i);
    const [lone, ...judges] = seatings(1, rows, Philox.fromSeed(1));
    expect(lone).toEqual({ rows, isMember: true });
    expect(judges).toHaveLength(5);
    for (const { rows: kept, isMember } of judges) {
      expect(kept).toHaveLength(16);
      expect(isMember).toBe(false);
    }
  });
});
