import { describe, expect, it } from '@jest/globals';
import type { ParameterSpec, Point } from '@ionloop/domain';
import { Philox, toRows } from '@ionloop/linalg';
import { openSpace, parseSpaceSpec } from '../src/index.js';

const open = (...parameters: ParameterSpec[]) => openSpace(parseSpaceSpec({ parameters }));
const oven: ParameterSpec = { kind: 'continuous', name: 'T', min: 600, max: 1240, step: 25, unit: '°C' };
const gas: ParameterSpec = { kind: 'categorical', name: 'gas', choices: ['air', 'argon', 'oxygen'] };
const room: ParameterSpec = { kind: 'context', name: 'room', min: 15, max: 35, unit: '°C', usual: 20 };
const rng = () => Philox.fromSeed('kinds');

describe('a continuous parameter in steps', () => {
  it('has the settings that the instrument has', () => {
    const space = open(oven);
    expect(space.size).toBe(26);
    expect(space.enumerate().map(({ T }) => T)).toEqual(Array.from({ length: 26 }, (_, k) => 600 + 25 * k));
    expect(() => space.check({ T: 610 })).toThrow('T is 610; it is set in steps of 25 from 600');
    expect(space.check({ T: 625.0000000001 })).toEqual({ T: 625 });
  });

  it('has settings without noise where the step is no binary fraction', () => {
    const space = open({ kind: 'continuous', name: 'x', min: 0, max: 1, step: 0.1 });
    expect(space.enumerate().map(({ x }) => x)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });
});

describe('an integer', () => {
  it('takes whole numbers, each drawn as often as any other', () => {
    const space = open({ kind: 'integer', name: 'n', min: -2, max: 3 });
    expect(space.enumerate().map(({ n }) => n)).toEqual([-2, -1, 0, 1, 2, 3]);
    expect(() => space.check({ n: 1.5 })).toThrow('n is 1.5; it must be a whole number');
    expect(toRows(space.encode([{ n: -2 }, { n: 3 }]))).toEqual([[0], [1]]);
  });

  it('is evenly spread over its decades on a logarithmic scale', () => {
    const space = open({ kind: 'integer', name: 'n', min: 1000, max: 1_000_000_000, scale: 'log' });
    const values = space.sample(600, rng()).map(({ n }) => Number(n));
    const above = values.filter((n) => n > 1_000_000).length;
    expect(above / values.length).toBeGreaterThan(0.45);
    expect(above / values.length).toBeLessThan(0.55);
  });
});

describe('levels', () => {
  it('are seen by models as far apart as they are', () => {
    const space = open({ kind: 'levels', name: 'h', levels: [1, 10, 100], scale: 'log', unit: 'h' });
    expect(toRows(space.encode(space.enumerate())).map(([x]) => x)).toEqual([0, expect.closeTo(0.5, 12), 1]);
    expect(() => space.check({ h: 2 })).toThrow('h is 2; its levels are 1, 10, 100');
    expect(space.describe({ h: 10 })).toBe('h 10 h');
  });
});

describe('a categorical parameter', () => {
  const space = open(gas, { kind: 'continuous', name: 'x', min: 0, max: 1 });

  it('is one column of category numbers, told to models as such', () => {
    expect(space.blocks).toEqual([
      { kind: 'categorical', parameter: 'gas', columns: [0] },
      { kind: 'numbers', parameter: 'x', columns: [1] },
    ]);
    expect(space.categorical).toEqual([0]);
    expect(toRows(space.encode([{ gas: 'oxygen', x: 0.5 }]))).toEqual([[2, 0.5]]);
  });

  it('has any two choices equally far apart', () => {
    const X = space.encode(['air', 'argon', 'oxygen'].map((name) => ({ gas: name, x: 0.25 })));
    expect([space.distance.squared(X, 0, X, 1), space.distance.squared(X, 0, X, 2)]).toEqual([1, 1]);
    expect([space.distance.largest(X, 1, X, 1), space.distance.largest(X, 1, X, 2)]).toEqual([0, 1]);
    let sum = 0;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) sum += space.distance.squared(X, i, X, j);
    expect(space.distance.meanSquared(X)).toBeCloseTo(sum / 9, 12);
  });

  it('refuses what it does not offer', () => {
    expect(() => space.check({ gas: 'helium', x: 0 })).toThrow(
      'gas is "helium"; it must be one of air, argon',
    );
  });
});

describe('a context', () => {
  const space = open(gas, room);

  it('is in no draw, list, neighbour or design, but may be told of a point', () => {
    const proposed: readonly Point[] = [
      ...space.sample(2, rng()),
      ...space.enumerate(),
      ...space.neighbours({ gas: 'air', room: 22 }, rng(), 2),
      ...space.initialDesign(2, rng()),
    ];
    for (const point of proposed) expect(Object.keys(point)).toEqual(['gas']);
    expect(space.size).toBe(3);
    expect(space.check({ gas: 'air' })).toEqual({ gas: 'air' });
    expect(space.check({ gas: 'air', room: 41 })).toEqual({ gas: 'air', room: 41 });
    expect(() => space.check({ gas: 'air', room: 'warm' })).toThrow('room must be a finite number');
  });

  it('is what models see where it is known, else the usual', () => {
    const rows = toRows(space.encode([{ gas: 'air' }, { gas: 'air', room: 30 }, { gas: 'air', room: 41 }]));
    expect(rows).toEqual([
      [0, 0.25],
      [0, 0.75],
      [0, 1],
    ]);
  });

  it('does not tell two experiments apart', () => {
    expect(space.key({ gas: 'air', room: 30 })).toBe(space.key({ gas: 'air' }));
    expect(space.describe({ gas: 'air', room: 30 })).toBe('gas air · room 30 °C');
    expect(space.describe({ gas: 'air' })).toBe('gas air');
  });
});

describe('a mixture of few components', () => {
  const space = open({
    ...{ kind: 'mixture', name: 'm', step: 0.05, mostComponents: 2, minimumDose: 0.1 },
    components: ['A', 'B', 'C', 'D'].map((name) => ({ name })),
  });
  const m = (A: number, B: number, C: number, D: number) => ({ m: { A, B, C, D } });

  it('says what is wrong with a recipe', () => {
    expect(() => space.check(m(0.4, 0.3, 0.3, 0))).toThrow('m has 3 components; at most 2 may be in it');
    expect(() => space.check(m(0.95, 0.05, 0, 0))).toThrow('B is 0.05; it must be 0 or at least 0.1');
    expect(space.check(m(0.9, 0.1, 0, 0))).toEqual(m(0.9, 0.1, 0, 0));
  });

  it('has the recipes that there are: 4 alone, and 17 of each of 6 pairs', () => {
    expect(space.size).toBe(4 + 6 * 17);
  });
});
