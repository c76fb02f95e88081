import { describe, expect, it } from '@jest/globals';
import { IonloopError, type Point, type SpaceSpec } from '@ionloop/domain';
import { Philox, toRows } from '@ionloop/linalg';
import fc from 'fast-check';
import { openSpace, type Space } from '../src/index.js';

const ternary: SpaceSpec = {
  parameters: [
    {
      kind: 'mixture',
      name: 'composition',
      step: 0.01,
      components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
    },
  ],
};
const sintering: SpaceSpec = {
  parameters: [
    { kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' },
    { kind: 'continuous', name: 'time', min: 10, max: 540, scale: 'log', unit: 'min' },
  ],
};
const liquid: SpaceSpec = {
  parameters: [
    {
      kind: 'mixture',
      name: 'solvent',
      step: 0.05,
      components: [{ name: 'EC', max: 0.6 }, { name: 'DMC', min: 0.1 }, { name: 'EMC' }],
    },
    { kind: 'continuous', name: 'LiPF6', min: 0.4, max: 2, unit: 'mol/kg' },
  ],
};
const free: SpaceSpec = {
  parameters: [
    {
      kind: 'mixture',
      name: 'mix',
      components: [{ name: 'A', min: 0.1, max: 0.35 }, { name: 'B' }, { name: 'C' }],
    },
  ],
};
const pool: SpaceSpec = {
  parameters: [
    {
      kind: 'pool',
      name: 'material',
      features: ['radius', 'charge', 'constant'],
      candidates: Array.from({ length: 30 }, (_, i) => ({ id: `M${i}`, values: [i * i, 30 - i, 7] })),
    },
  ],
};
const furnace: SpaceSpec = {
  parameters: [
    { kind: 'continuous', name: 'temperature', min: 600, max: 1250, step: 25, unit: '°C' },
    { kind: 'integer', name: 'pressings', min: 1, max: 4 },
    { kind: 'levels', name: 'milling', levels: [1, 5, 24], scale: 'log', unit: 'h' },
    { kind: 'categorical', name: 'gas', choices: ['air', 'argon', 'oxygen'] },
    { kind: 'context', name: 'humidity', min: 10, max: 60, unit: '%' },
  ],
};
const salts: SpaceSpec = {
  parameters: [
    {
      kind: 'mixture',
      name: 'salts',
      step: 0.05,
      mostComponents: 2,
      minimumDose: 0.1,
      components: ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name })),
    },
  ],
};
const spaces: readonly [string, SpaceSpec][] = [
  ['parameters of every kind of number, and choices', furnace],
  ['a mixture of few components', salts],
  ['a pool and a temperature', { parameters: [...pool.parameters, furnace.parameters[0]!] }],
  ['a ternary in steps', ternary],
  ['two continuous parameters', sintering],
  ['a mixture and a continuous parameter', liquid],
  ['a mixture without steps', free],
  ['a pool', pool],
];
const refusal = (space: Space, point: unknown): IonloopError => {
  try {
    space.check(point);
  } catch (error) {
    if (error instanceof IonloopError) return error;
  }
  throw new Error('nothing was refused');
};
const rng = (seed: string) => Philox.fromSeed(seed);
const mix = (a: number, b: number, c: number): Point => ({
  composition: { Li3PO4: a, Li3BO3: b, Li2SO4: c },
});

describe.each(spaces)('%s', (_, spec) => {
  const space = openSpace(spec);

  it('draws different points that pass its own check unchanged', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const points = space.sample(20, rng(seed));
        expect(new Set(points.map(space.key)).size).toBe(20);
        for (const point of points) expect(space.check(point)).toEqual(point);
      }),
      { numRuns: 25 },
    );
  });

  it('encodes into the unit cube, a row a point and a column a name', () => {
    const points = space.sample(25, rng('encode'));
    const X = space.encode(points);
    expect([X.rows, X.cols]).toEqual([25, space.dimension]);
    expect(space.names).toHaveLength(space.dimension);
    X.data.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      if (space.categorical.includes(i % X.cols)) expect(Number.isInteger(value)).toBe(true);
      else expect(value).toBeLessThanOrEqual(1);
    });
  });

  it('gives different points different keys and encodings', () => {
    const points = space.sample(25, rng('distinct'));
    expect(new Set(toRows(space.encode(points)).map(String)).size).toBe(25);
  });

  it('designs a start that avoids what has been tried', () => {
    const tried = space.sample(5, rng('tried'));
    const design = space.initialDesign(8, rng('design'), tried);
    const keys = [...design, ...tried].map(space.key);
    expect(new Set(keys).size).toBe(13);
    for (const point of design) space.check(point);
  });

  it('finds neighbours that can be made, differ and are not the point itself', () => {
    const [point] = space.sample(1, rng('centre')) as [Point];
    const near = space.neighbours(point, rng('near'), 6);
    expect(near.length).toBeGreaterThan(0);
    expect(new Set([point, ...near].map(space.key)).size).toBe(near.length + 1);
    for (const neighbour of near) expect(space.check(neighbour)).toEqual(neighbour);
  });

  it('answers the same for the same seed', () => {
    const again = openSpace(spec);
    expect(again.sample(9, rng('a'))).toEqual(space.sample(9, rng('a')));
    expect(again.initialDesign(4, rng('b'))).toEqual(space.initialDesign(4, rng('b')));
  });

  it('keeps its points through JSON', () => {
    for (const point of space.sample(10, rng('json'))) {
      const back = space.check(JSON.parse(JSON.stringify(point)));
      expect(space.key(back)).toBe(space.key(point));
    }
  });

  it.each([null, 7, 'M1', [], {}])('refuses %j as a point', (point) => {
    expect(refusal(space, point).code).toBe('INVALID_INPUT');
  });
});

describe('the size of a space', () => {
  it('is exact where it is finite and at most a million', () => {
    expect(openSpace(ternary).size).toBe(5151);
    expect(openSpace(ternary).enumerate()).toHaveLength(5151);
    const heated: SpaceSpec = {
      parameters: [...pool.parameters, { kind: 'levels', name: 'hours', levels: [1, 5], unit: 'h' }],
    };
    for (const listed of [ternary, pool, heated].map(openSpace)) {
      const points = listed.enumerate();
      for (const [from, to] of [
        [0, points.length],
        [3, 17],
        [points.length - 2, points.length + 9],
      ] as const)
        expect(listed.encodeListed(from, to)).toEqual(listed.encode(points.slice(from, to)));
    }
    expect(openSpace(pool).size).toBe(30);
    expect(openSpace(sintering).size).toBeNull();
    expect(openSpace(free).size).toBeNull();
    expect(openSpace(liquid).size).toBeNull();
  });

  it('is null beyond a million points', () => {
    const components = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name }));
    const space = openSpace({ parameters: [{ kind: 'mixture', name: 'mix', step: 0.01, components }] });
    expect(space.size).toBeNull();
    expect(() => space.enumerate()).toThrow('too many points');
  });

  it('is the product over two mixtures, whose columns carry their names', () => {
    const two = (name: string) => ({
      kind: 'mixture' as const,
      name,
      step: 0.25,
      components: [{ name: 'A' }, { name: 'B' }],
    });
    const space = openSpace({ parameters: [two('salt'), two('solvent')] });
    expect(space.size).toBe(25);
    expect(new Set(space.enumerate().map(space.key)).size).toBe(25);
    expect(space.names).toEqual(['salt: A', 'salt: B', 'solvent: A', 'solvent: B']);
  });
});

describe('a mixture', () => {
  const space = openSpace(ternary);

  it('is drawn so that it sums to exactly one in steps of the dispenser', () => {
    for (const point of space.sample(200, rng('steps'))) {
      const counts = Object.values(point['composition'] as Record<string, number>).map((f) => f * 100);
      for (const count of counts) expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-12);
      expect(counts.reduce((sum, count) => sum + Math.round(count), 0)).toBe(100);
    }
  });

  it('is drawn uniformly: each component is a third on average', () => {
    const X = space.encode(space.sample(1000, rng('uniform')));
    const means = [0, 1, 2].map((j) => toRows(X).reduce((sum, row) => sum + row[j]!, 0) / X.rows);
    for (const mean of means) expect(mean).toBeCloseTo(1 / 3, 1);
  });

  it.each<[Point, string, string]>([
    [mix(0.25, 0.14, 0.6), 'point.composition', 'sum to 0.99'],
    [mix(NaN, 0.5, 0.5), 'point.composition.Li3PO4', 'not NaN'],
    [mix(-0.1, 0.6, 0.5), 'point.composition.Li3PO4', 'is -0.1'],
    [mix(0.125, 0.375, 0.5), 'point.composition.Li3PO4', 'steps of 0.01'],
    [{ composition: { Li3PO4: 0.5, Li3BO3: 0.5 } }, 'point.composition.Li2SO4', 'missing'],
    [{ composition: { Li3PO4: 1, Li3BO3: 0, Li2SO4: 0, NaCl: 0 } }, 'point.composition.NaCl', 'unknown'],
    [{ ...mix(1, 0, 0), temperature: 3 }, 'point.temperature', 'unknown'],
    [{ composition: 'Li3PO4' }, 'point.composition', 'must be an object'],
  ])('is refused: %j', (point, field, text) => {
    const error = refusal(space, point);
    expect(error.field).toBe(field);
    expect(error.message).toContain(text);
  });

  it('takes a sum that misses one by rounding alone', () => {
    expect(space.check(mix(0.1 + 0.2, 0.3, 0.4))).toEqual(mix(0.3, 0.3, 0.4));
  });

  it('is scaled by how far each fraction can really go', () => {
    const X = openSpace(free).encode([
      { mix: { A: 0.1, B: 0.9, C: 0 } },
      { mix: { A: 0.35, B: 0, C: 0.65 } },
    ]);
    expect(toRows(X)[0]).toEqual([0, 1, 0]);
    expect(toRows(X)[1]![0]).toBe(1);
  });

  it('is described by what is in it', () => {
    expect(space.describe(mix(0.25, 0.14, 0.61))).toBe('Li3PO4 25 % · Li3BO3 14 % · Li2SO4 61 %');
    expect(space.describe(mix(0, 0.005, 0.995))).toBe('Li3BO3 0.5 % · Li2SO4 99.5 %');
  });
});

describe('a continuous parameter', () => {
  const space = openSpace(sintering);

  it('is drawn in values that can be dialled in', () => {
    for (const { temperature, time } of space.sample(50, rng('dial')) as Record<string, number>[]) {
      expect(Number(temperature!.toFixed(1))).toBe(temperature);
      expect(Number(time!.toPrecision(4))).toBe(time);
    }
  });

  it('is encoded by its scale', () => {
    const middle = Math.sqrt(10 * 540);
    expect(toRows(space.encode([{ temperature: 950, time: middle }]))[0]).toEqual([
      0.5,
      expect.closeTo(0.5, 12),
    ]);
  });

  it.each<[unknown, string]>([
    [{ temperature: 799, time: 20 }, 'is 799; it must lie between 800 and 1100'],
    [{ temperature: NaN, time: 20 }, 'not NaN'],
    [{ temperature: '900', time: 20 }, 'not "900"'],
    [{ temperature: 900 }, 'missing'],
  ])('is refused: %j', (point, text) => {
    expect(refusal(space, point).message).toContain(text);
  });

  it('is described with its unit', () => {
    expect(space.describe({ temperature: 950, time: 60 })).toBe('temperature 950 °C · time 60 min');
  });
});

describe('a pool', () => {
  const space = openSpace(pool);

  it('is scaled over its candidates, and a feature that never varies sits in the middle', () => {
    expect(toRows(space.encode([{ material: 'M0' }, { material: 'M29' }]))).toEqual([
      [0, 1, 0.5],
      [1, 0, 0.5],
    ]);
  });

  it('gives out all of it where more is asked for', () => {
    expect(space.sample(100, rng('all'))).toHaveLength(30);
    expect(space.initialDesign(100, rng('all'), [{ material: 'M3' }])).toHaveLength(29);
  });

  it('refuses a stranger', () => {
    expect(refusal(space, { material: 'M77' }).message).toContain(
      '"M77"; that is not one of its 30 candidates',
    );
  });
});

describe('a map', () => {
  it('of a ternary is a triangular lattice', () => {
    const space = openSpace(ternary);
    const points = space.grid(20)!;
    expect(points).toHaveLength((21 * 22) / 2);
    for (const point of points) space.check(point);
  });

  it('of a bounded mixture leaves out what cannot be made', () => {
    const space = openSpace(free);
    const points = space.grid(30)!;
    expect(points.length).toBeGreaterThan(50);
    expect(points.length).toBeLessThan((31 * 32) / 2);
    for (const point of points) space.check(point);
  });

  it('of one or two continuous parameters is a grid from bound to bound', () => {
    const points = openSpace(sintering).grid(10)!;
    expect(points).toHaveLength(121);
    expect(points[0]).toEqual({ temperature: 800, time: 10 });
    expect(points[120]).toEqual({ temperature: 1100, time: 540 });
    expect(openSpace({ parameters: [sintering.parameters[0]!] }).grid(4)).toHaveLength(5);
  });

  it('of anything else does not exist', () => {
    expect(openSpace(pool).grid(10)).toBeNull();
    expect(openSpace(liquid).grid(10)).toBeNull();
  });

  it.each([0, 1.5, NaN, 1000])('with a resolution of %f is refused', (resolution) => {
    expect(() => openSpace(ternary).grid(resolution)).toThrow('resolution');
  });
});

describe('an initial design', () => {
  it('leaves no part of a ternary far away, unlike chance', () => {
    const space = openSpace(ternary);
    const worst = (points: readonly Point[]): number => {
      const near = toRows(space.encode(points));
      return Math.max(
        ...toRows(space.encode(space.grid(15)!)).map((row) =>
          Math.min(...near.map((other) => Math.hypot(...row.map((x, j) => x - other[j]!)))),
        ),
      );
    };
    const seeds = ['1', '2', '3', '4', '5'];
    const mean = (points: (seed: string) => readonly Point[]) =>
      seeds.reduce((sum, seed) => sum + worst(points(seed)), 0) / seeds.length;
    expect(mean((seed) => space.initialDesign(8, rng(seed)))).toBeLessThan(
      mean((seed) =>
        rng(seed)
          .choose(5151, 8)
          .map((i) => space.enumerate()[i]!),
      ),
    );
  });
});
