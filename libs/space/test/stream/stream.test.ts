import { describe, expect, it } from '@jest/globals';
import { IonloopError, type SpaceSpec } from '@ionloop/domain';
import fc from 'fast-check';
import { openSpace, openStream, parseStreamSpec, type Stream, type StreamSpec } from '../../src/index.js';

const mixture = {
  kind: 'mixture',
  name: 'salt',
  step: 0.125,
  components: [{ name: 'LiF', max: 0.75 }, { name: 'LiCl', min: 0.1 }, { name: 'LiBr' }, { name: 'LiI' }],
} as const;
const pool = {
  kind: 'pool',
  name: 'dopant',
  features: ['radius', 'charge'],
  candidates: [
    { id: 'Al', values: [53.5, 3] },
    { id: 'Ga', values: [62, 3] },
    { id: 'Ta', values: [64, 5] },
  ],
} as const;
const twoMixtures: SpaceSpec = {
  parameters: [
    { ...mixture, name: 'first', step: 0.25 },
    { ...mixture, name: 'second', step: 0.5 },
  ],
};
const heated: StreamSpec = {
  parameters: [
    mixture,
    { kind: 'continuous', name: 'temperature', min: 300, max: 900, unit: 'K' },
    { kind: 'continuous', name: 'time', min: 1, max: 100, scale: 'log' },
  ],
  levels: { temperature: 4, time: 3 },
};

/** Every row of a range as [number, …columns]. */
function rowsOf(stream: Stream, from: bigint, to: bigint, blockSize: number): readonly (readonly number[])[] {
  const rows: number[][] = [];
  for (const block of stream.blocks(from, to, blockSize)) {
    expect(block.X.rows).toBe(block.ids.length);
    for (let i = 0; i < block.X.rows; i++) {
      const own = block.X.data.subarray(i * stream.dimension, (i + 1) * stream.dimension);
      rows.push([Number(block.from) + block.ids[i]!, ...own]);
    }
  }
  return rows;
}

describe('a stream over a space', () => {
  it.each([
    ['a mixture', { parameters: [mixture] }],
    ['a pool', { parameters: [pool] }],
    ['two mixtures', twoMixtures],
  ])('has the points of %s as the space lists them, and their columns to the bit', (_, spec) => {
    const space = openSpace(spec);
    const stream = openStream(spec);
    const points = space.enumerate();
    expect(stream.size).toBe(BigInt(points.length));
    expect(points.map((_, i) => stream.pointAt(BigInt(i)))).toEqual(points);
    const { data } = space.encode(points);
    const rows = rowsOf(stream, 0n, stream.size, 7);
    expect(rows.map(([number]) => number)).toEqual(points.map((_, i) => i));
    expect(rows.flatMap(([, ...columns]) => columns)).toEqual([...data]);
  });

  it('looks at continua at the levels named, both ends included', () => {
    const stream = openStream(heated);
    const last = stream.pointAt(stream.size - 1n);
    expect(last).toMatchObject({ temperature: 900, time: 100 });
    expect(stream.pointAt(0n)).toMatchObject({ temperature: 300, time: 1 });
    expect(stream.pointAt(1n)['time']).toBeCloseTo(10, 12);
    expect(stream.pointAt(3n)).toMatchObject({ temperature: 500, time: 1 });
  });

  it('gives the same rows for any division of a range', () => {
    const stream = openStream(heated);
    const size = Number(stream.size);
    const whole = rowsOf(stream, 0n, stream.size, size);
    expect(whole).toHaveLength(size);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: size }),
        fc.integer({ min: 0, max: size }),
        fc.integer({ min: 1, max: size }),
        (a, b, blockSize) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          expect(rowsOf(stream, BigInt(from), BigInt(to), blockSize)).toEqual(whole.slice(from, to));
        },
      ),
    );
  });

  it('encodes the point of a number to the row of that number', () => {
    const stream = openStream(heated);
    const whole = rowsOf(stream, 0n, stream.size, 1000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (i) => {
        expect([i, ...stream.encode([stream.pointAt(BigInt(i))]).data]).toEqual(whole[i]);
      }),
    );
  });

  it('leaves out recipes of more components than may be there at once', () => {
    const stream = openStream({ parameters: [mixture], mostComponents: { salt: 2 } });
    const space = openSpace({ parameters: [mixture] });
    const few = space
      .enumerate()
      .filter(({ salt }) => Object.values(salt as object).filter((fraction) => fraction > 0).length <= 2);
    expect(few.length).toBeGreaterThan(5);
    expect(Array.from({ length: Number(stream.size) }, (_, i) => stream.pointAt(BigInt(i)))).toEqual(few);
    expect(rowsOf(stream, 0n, stream.size, 3).flatMap(([, ...columns]) => columns)).toEqual([
      ...space.encode(few).data,
    ]);
  });

  it('reaches any place of a space of 10¹⁸ at once', () => {
    const fine = { ...mixture, step: 0.0005 };
    const stream = openStream({ parameters: [fine, { ...fine, name: 'other' }] });
    expect(stream.size > 10n ** 17n).toBe(true);
    const [block] = stream.blocks(stream.size - 3n, stream.size, 10);
    expect(block?.X.data).toEqual(
      stream.encode([3n, 2n, 1n].map((back) => stream.pointAt(stream.size - back))).data,
    );
  });

  it.each([
    ['a continuum without levels', { parameters: heated.parameters }, 'levels.temperature'],
    [
      'levels of what is not there',
      { ...heated, levels: { ...heated.levels, pressure: 3 } },
      'levels.pressure',
    ],
    ['a single level', { ...heated, levels: { temperature: 1, time: 2 } }, 'levels.temperature'],
    ['no component', { parameters: [mixture], mostComponents: { salt: 0 } }, 'mostComponents.salt'],
    [
      'too many recipes to number',
      {
        parameters: [
          { kind: 'mixture', name: 'm', components: 'abcdef'.split('').map((name) => ({ name })) },
        ],
      },
      'space.parameters[0].step',
    ],
  ])('refuses %s', (_, spec, field) => {
    expect(() => openStream(parseStreamSpec(spec))).toThrow(expect.objectContaining({ field }));
    expect(() => openStream(parseStreamSpec(spec))).toThrow(IonloopError);
  });

  it('refuses a range that is not its own', () => {
    const stream = openStream(heated);
    expect(() => [...stream.blocks(0n, stream.size + 1n, 8)]).toThrow('must lie within');
    expect(() => [...stream.blocks(0n, 1n, 0)]).toThrow('blockSize');
    expect(() => stream.pointAt(stream.size)).toThrow('no candidate number');
  });
});
