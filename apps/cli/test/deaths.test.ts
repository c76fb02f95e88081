import { describe, expect, it } from '@jest/globals';
import { Deaths } from '../src/launch/deaths.js';

function deaths(): { dead: Deaths; pass: (ms: number) => void } {
  let now = 0;
  return { dead: new Deaths(() => now), pass: (ms) => void (now += ms) };
}

const own = { deliberate: false };

describe('a child that dies', () => {
  it('is started again, each time a little later', () => {
    const { dead } = deaths();
    expect([dead.next(own), dead.next(own), dead.next(own), dead.next(own)]).toEqual([100, 200, 400, 800]);
  });

  it('is given up the fifth time within a minute', () => {
    const { dead, pass } = deaths();
    for (let i = 0; i < 4; i += 1) {
      expect(dead.next(own)).not.toBe('too often');
      dead.forgive();
      pass(10_000);
    }
    expect(dead.next(own)).toBe('too often');
  });

  it('is not given up where its deaths are far between', () => {
    const { dead, pass } = deaths();
    for (let i = 0; i < 20; i += 1) {
      expect(dead.next(own)).toBe(100);
      dead.forgive();
      pass(16_000);
    }
  });

  it('is not blamed for being killed while it worked', () => {
    const { dead } = deaths();
    for (let i = 0; i < 20; i += 1) {
      expect(dead.next({ deliberate: true })).toBe(100);
      dead.forgive();
    }
  });
});
