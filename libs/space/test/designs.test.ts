import { describe, expect, it } from '@jest/globals';
import {
  type ConstraintSpec,
  type DesignName,
  designNames,
  type ParameterSpec,
  type Point,
} from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { designs, openSpace, type Space } from '../src/index.js';

const rng = (seed: string) => Philox.fromSeed(seed);
const open = (parameters: readonly ParameterSpec[], ...constraints: readonly ConstraintSpec[]): Space =>
  openSpace({ parameters, constraints });
const range = (name: string): ParameterSpec => ({ kind: 'continuous', name, min: 0, max: 10 });
const mixture = (...names: string[]): ParameterSpec => ({
  ...{ kind: 'mixture', name: 'm', step: 0.01 },
  components: names.map((name) => ({ name })),
});
const room: ParameterSpec = { kind: 'context', name: 'room', min: 15, max: 35 };
const gas: ParameterSpec = { kind: 'categorical', name: 'gas', choices: ['air', 'argon', 'oxygen'] };
const count: ParameterSpec = { kind: 'integer', name: 'n', min: 1, max: 6 };

const square = open([range('x'), range('y')]);
const ternary = open([mixture('A', 'B', 'C')]);
const spaces: readonly (readonly [string, Space])[] = [
  ['two numbers', square],
  ['a ternary', ternary],
  ['a mixture beside a temperature', open([mixture('A', 'B', 'C', 'D'), range('T')])],
  ['choices, whole numbers and a context', open([gas, count, range('x'), room])],
  [
    'a constrained square',
    open([range('x'), range('y')], { kind: 'sum', of: ['x', 'y'], relation: '<=', bound: 6 }),
  ],
  [
    'a line of few components',
    open([{ ...mixture('A', 'B', 'C', 'D'), mostComponents: 3, minimumDose: 0.05 } as ParameterSpec], {
      ...{ kind: 'ratio', of: 'm.A', to: 'm.B', min: 1, max: 1 },
    }),
  ],
  [
    'a pool',
    open([
      {
        ...{ kind: 'pool', name: 'p', features: ['a', 'b'] },
        candidates: Array.from({ length: 40 }, (_, i) => ({
          id: `P${i}`,
          values: [i % 7, Math.floor(i / 7)],
        })),
      },
    ]),
  ],
];
const names = designNames;
const suits = (name: DesignName, space: Space): boolean =>
  name !== 'simplex-lattice' || space.spec.parameters.some(({ kind }) => kind === 'mixture');
const cases = names.flatMap((name) =>
  spaces.filter(([, space]) => suits(name, space)).map(([title, space]) => ({ name, title, space })),
);

const smallest = (space: Space, points: readonly Point[]): number => {
  const X = space.encode(points);
  let least = Infinity;
  for (let i = 0; i < X.rows; i++)
    for (let j = 0; j < i; j++) least = Math.min(least, space.distance.squared(X, i, X, j));
  return Math.sqrt(least);
};
const average = (of: (seed: string) => number): number =>
  ['1', '2', '3', '4', '5', '6'].reduce((sum, seed) => sum + of(seed) / 6, 0);
const numbers = (points: readonly Point[], name: string): readonly number[] =>
  points.map((point) => Number(point[name]));

describe.each(cases)('$name over $title', ({ name, space }) => {
  const avoid = space.sample(5, rng('avoid'));
  const points = space.initialDesign(12, rng('design'), avoid, name);

  it('has as many different points as are wanted, all allowed and none to avoid', () => {
    expect(points).toHaveLength(12);
    expect(new Set([...points, ...avoid].map(space.key)).size).toBe(17);
    for (const point of points) expect(space.check(point)).toEqual(point);
  });

  it('is the same for the same seed', () => {
    expect(space.initialDesign(12, rng('design'), avoid, name)).toEqual(points);
    expect(space.initialDesign(0, rng('design'), avoid, name)).toEqual([]);
  });
});

describe.each(names)('%s', (name) => {
  it('takes all that a small space has left', () => {
    const small = suits(name, square)
      ? open([gas, { ...count, max: 3 }])
      : open([{ ...mixture('A', 'B', 'C'), step: 0.25 } as ParameterSpec]);
    const [first, second] = small.enumerate() as [Point, Point];
    const points = small.initialDesign(100, rng('all'), [first, second], name);
    expect(points).toHaveLength(small.size! - 2);
    expect(new Set(points.map(small.key)).size).toBe(points.length);
  });
});

describe('what each design is for', () => {
  it('the table has all that a strategy can name', () => {
    expect(Object.keys(designs)).toEqual([...designNames]);
  });

  it('spread is the default', () => {
    expect(square.initialDesign(6, rng('a'))).toEqual(square.initialDesign(6, rng('a'), [], 'spread'));
  });

  it('maximin keeps its points at least twice as far apart as chance does', () => {
    for (const space of [square, ternary]) {
      const mean = (name: DesignName) =>
        average((seed) => smallest(space, space.initialDesign(10, rng(seed), [], name)));
      expect(mean('maximin')).toBeGreaterThan(2 * mean('random'));
      expect(mean('maximin')).toBeGreaterThan(mean('spread'));
    }
  });

  it('maximin of four points in a square is near its corners', () => {
    for (const point of square.initialDesign(4, rng('corners'), [], 'maximin'))
      for (const axis of ['x', 'y']) expect(Math.abs(Number(point[axis]) - 5)).toBeGreaterThan(3);
  });

  it('sobol has one of sixteen points in each of sixteen equal cells of any shape', () => {
    const points = square.initialDesign(16, rng('net'), [], 'sobol');
    for (const [across, up] of [
      [16, 1],
      [4, 4],
      [2, 8],
    ] as const) {
      const cell = (value: number, of: number) => Math.min(of - 1, Math.floor((value / 10) * of));
      const cells = points.map(({ x, y }) => cell(Number(x), across) * up + cell(Number(y), up));
      expect(new Set(cells).size).toBe(16);
    }
  });

  it('a latin hypercube has one point in each part of each number', () => {
    const points = square.initialDesign(20, rng('strata'), [], 'latin-hypercube');
    for (const name of ['x', 'y'])
      numbers(points, name)
        .toSorted((a, b) => a - b)
        .forEach((value, part) => {
          expect(value).toBeGreaterThanOrEqual(part / 2 - 0.005);
          expect(value).toBeLessThanOrEqual((part + 1) / 2 + 0.005);
        });
  });

  it.each([
    [3, 1],
    [6, 2],
    [10, 3],
    [15, 4],
  ])('a simplex lattice of %i points has the multiples of 1/%i', (wanted, degree) => {
    const space = open([{ ...mixture('A', 'B', 'C'), step: 1 / 120 } as ParameterSpec]);
    for (const { m } of space.initialDesign(wanted, rng('lattice'), [], 'simplex-lattice'))
      for (const fraction of Object.values(m as object) as number[])
        expect(Math.abs(fraction * degree - Math.round(fraction * degree))).toBeLessThan(1e-9);
  });

  it('a simplex lattice asked for in parts is the same lattice', () => {
    const key = (points: readonly Point[]) => points.map(ternary.key).toSorted();
    const first = ternary.initialDesign(6, rng('one'), [], 'simplex-lattice');
    const rest = ternary.initialDesign(9, rng('two'), first, 'simplex-lattice');
    expect(key([...first, ...rest])).toEqual(
      key(ternary.initialDesign(15, rng('three'), [], 'simplex-lattice')),
    );
  });

  it('a simplex lattice begins at the minima', () => {
    const space = open([
      { kind: 'mixture', name: 'm', step: 0.1, components: [{ name: 'A', min: 0.2 }, { name: 'B' }] },
    ]);
    const points = space.initialDesign(2, rng('minima'), [], 'simplex-lattice');
    expect(points.map(({ m }) => (m as { A: number }).A).toSorted()).toEqual([0.2, 1]);
  });

  it('a simplex lattice of what is no mixture is refused', () => {
    expect(() => square.initialDesign(3, rng('none'), [], 'simplex-lattice')).toThrow(
      'simplex-lattice is a design of mixtures',
    );
  });

  it('k-means has points that are nearer to the rest of the space than those of chance', () => {
    const everywhere = square.encode(square.grid(20)!);
    const error = (points: readonly Point[]): number => {
      const X = square.encode(points);
      let sum = 0;
      for (let i = 0; i < everywhere.rows; i++) {
        let least = Infinity;
        for (let j = 0; j < X.rows; j++)
          least = Math.min(least, square.distance.squared(everywhere, i, X, j));
        sum += least / everywhere.rows;
      }
      return sum;
    };
    const mean = (name: DesignName) =>
      average((seed) => error(square.initialDesign(10, rng(seed), [], name)));
    for (const other of ['random', 'maximin', 'spread', 'sobol'] as const)
      expect(mean('k-means')).toBeLessThan(mean(other));
  });

  it('k-means leaves to what is known what is near it', () => {
    const known = Array.from({ length: 30 }, (_, i) => ({ x: (i % 6) * 0.8, y: Math.floor(i / 6) * 2.5 }));
    const points = square.initialDesign(4, rng('known'), known, 'k-means');
    for (const x of numbers(points, 'x')) expect(x).toBeGreaterThan(4.5);
  });

  it('random differs from seed to seed', () => {
    const two = ['a', 'b'].map((seed) => square.initialDesign(5, rng(seed), [], 'random').map(square.key));
    expect(two[0]).not.toEqual(two[1]);
  });

  it('a stranger is refused with the names of those that there are', () => {
    expect(() => square.initialDesign(3, rng('x'), [], 'cluster' as DesignName)).toThrow(
      'there is no design "cluster"; there are spread, maximin, sobol',
    );
  });
});
