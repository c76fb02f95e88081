import { describe, expect, it } from '@jest/globals';
import { IonloopError, type Point } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace, parseSpaceSpec, type Space } from '../src/index.js';

const open = (parameters: unknown[], ...constraints: unknown[]): Space =>
  openSpace(parseSpaceSpec({ parameters, constraints }));
const rng = (seed = 'constraints') => Philox.fromSeed(seed);
const x = { kind: 'continuous', name: 'x', min: 0, max: 10 };
const y = { kind: 'continuous', name: 'y', min: 0, max: 10 };
const n = { kind: 'integer', name: 'n', min: 0, max: 9 };
const gas = { kind: 'categorical', name: 'gas', choices: ['air', 'H2'] };
const mix = (step: number | null, ...names: string[]) => ({
  ...{ kind: 'mixture', name: 'm', step },
  components: names.map((name) => ({ name })),
});
const reader =
  (point: Point) =>
  (name: string): number => {
    const [parameter = '', component] = name.split('.');
    const value = point[parameter];
    return typeof value === 'object' ? value[component!]! : Number(value);
  };
const refusal = (act: () => unknown): IonloopError => {
  try {
    act();
  } catch (error) {
    if (error instanceof IonloopError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe.each<[string, unknown[], unknown[], (v: (name: string) => number, point: Point) => boolean]>([
  [
    'a sum of numbers',
    [x, y],
    [{ kind: 'sum', of: ['x', 'y'], relation: '<=', bound: 5 }],
    (v) => v('x') + v('y') <= 5 + 1e-6,
  ],
  [
    'a linear equality of numbers',
    [x, y],
    [
      {
        kind: 'linear',
        terms: [
          { of: 'x', times: 3 },
          { of: 'y', times: 7 },
        ],
        relation: '=',
        bound: 20,
      },
    ],
    (v) => Math.abs(3 * v('x') + 7 * v('y') - 20) < 1e-6,
  ],
  [
    'a ratio of components',
    [mix(0.01, 'A', 'B', 'C')],
    [{ kind: 'ratio', of: 'm.A', to: 'm.B', min: 0.5, max: 2 }],
    (v) => v('m.A') >= 0.5 * v('m.B') - 1e-9 && v('m.A') <= 2 * v('m.B') + 1e-9,
  ],
  [
    'a forbidden pair',
    [gas, x],
    [
      {
        kind: 'forbidden',
        when: [
          { of: 'gas', is: 'H2' },
          { of: 'x', above: 4 },
        ],
      },
    ],
    (v, point) => !(point['gas'] === 'H2' && v('x') > 4),
  ],
  [
    'charges that cancel, in steps',
    [mix(1 / 30, 'Li', 'Zr', 'O')],
    [{ kind: 'neutral', of: 'm' }],
    (v) => Math.abs(v('m.Li') + 4 * v('m.Zr') - 2 * v('m.O')) < 1e-9,
  ],
  [
    'charges that cancel, in a mixture too large to list',
    [mix(0.001, 'Li', 'La', 'Zr', 'Ta', 'O')],
    [{ kind: 'neutral', of: 'm', charges: { Li: 1, La: 3, Zr: 4, Ta: 5, O: -2 } }],
    (v) => Math.abs(v('m.Li') + 3 * v('m.La') + 4 * v('m.Zr') + 5 * v('m.Ta') - 2 * v('m.O')) < 1e-8,
  ],
  [
    'an equality of whole and continuous numbers',
    [x, n],
    [{ kind: 'sum', of: ['x', 'n'], relation: '=', bound: 8.5 }],
    (v) => Math.abs(v('x') + v('n') - 8.5) < 1e-9,
  ],
  [
    'a narrow expression with a choice beside it',
    [gas, x, y],
    [{ kind: 'expression', expression: "abs(x * y - 12) < 0.01 and not (gas = 'H2' and x > 5)" }],
    (v, point) => Math.abs(v('x') * v('y') - 12) < 0.01 && !(point['gas'] === 'H2' && v('x') > 5),
  ],
  [
    'few components and a bound',
    [{ ...mix(0.01, 'A', 'B', 'C', 'D', 'E', 'F'), mostComponents: 3, minimumDose: 0.05 }, x],
    [{ kind: 'sum', of: ['m.A', 'm.B'], relation: '=', bound: 0.5 }],
    (v, point) =>
      Math.abs(v('m.A') + v('m.B') - 0.5) < 1e-9 &&
      Object.values(point['m']!).filter((f) => f > 0).length <= 3,
  ],
])('a space with %s', (_, parameters, constraints, holds) => {
  const space = open(parameters, ...constraints);
  const ok = (points: readonly Point[]): void => {
    for (const point of points) {
      expect(holds(reader(point), point)).toBe(true);
      expect(space.check(point)).toEqual(point);
    }
    expect(new Set(points.map(space.key)).size).toBe(points.length);
  };

  it('draws points that satisfy it, the same for the same seed', () => {
    const points = space.sample(8, rng());
    expect(points).toHaveLength(8);
    ok(points);
    expect(space.sample(8, rng())).toEqual(points);
  });

  it('finds neighbours and designs that satisfy it', () => {
    const design = space.initialDesign(5, rng());
    expect(design).toHaveLength(5);
    ok(design);
    const near = space.neighbours(design[0]!, rng('near'), 4);
    expect(near.length).toBeGreaterThan(0);
    ok(near);
  }, 120_000);
});

describe('a point that breaks constraints', () => {
  const space = open(
    [x, y],
    { kind: 'sum', name: 'total', of: ['x', 'y'], relation: '<=', bound: 5 },
    { kind: 'expression', expression: 'x < y' },
  );
  it('is refused with the names of all that it breaks', () => {
    const error = refusal(() => space.check({ x: 4, y: 3 }));
    expect(error.field).toBe('point');
    expect(error.message).toContain('"total (x + y <= 5)" and "x < y"');
    expect(refusal(() => space.check({ x: 3, y: 1 })).message).not.toContain('total');
  });
});

describe('effects', () => {
  it('are counted over all points where they can be listed', () => {
    const space = open(
      [n, { ...n, name: 'k' }],
      { kind: 'sum', name: 'small', of: ['n', 'k'], relation: '<=', bound: 9 },
      { kind: 'forbidden', name: 'no zero', when: [{ of: 'n', is: 0 }] },
    );
    expect(space.effects()).toEqual({
      counted: 'all',
      points: 100,
      remaining: 45,
      share: { estimate: 0.45, low: 0.45, high: 0.45 },
      constraints: [
        { name: 'small', text: 'n + k <= 9', removes: 45, onlyThis: 45 },
        { name: 'no zero', text: 'not n = 0', removes: 10, onlyThis: 10 },
      ],
    });
    expect(space.size).toBe(45);
  });

  it('are counted over even draws elsewhere', () => {
    const { counted, points, remaining, share } = open([x, y], {
      ...{ kind: 'sum', of: ['x', 'y'], relation: '<=', bound: 10 },
    }).effects();
    expect(counted).toBe('drawn');
    expect(Math.abs(remaining / points - 0.5)).toBeLessThan(0.01);
    expect(share.low).toBeLessThan(share.estimate);
    expect(share.high - share.low).toBeCloseTo((2 * 1.96 * 0.5) / Math.sqrt(points), 3);
  });

  it('are none where nothing is asked', () => {
    expect(open([n]).effects()).toMatchObject({ counted: 'all', points: 10, remaining: 10, constraints: [] });
    expect(open([x]).effects()).toMatchObject({ counted: 'drawn', share: { low: 1 } });
  });

  it.each([
    [
      [n],
      [{ kind: 'sum', name: 'too much', of: ['n'], relation: '>=', bound: 10 }],
      'no point of the space',
      'too much',
    ],
    [
      [x, y],
      [{ kind: 'sum', name: 'far', of: ['x', 'y'], relation: '>=', bound: 21 }],
      'no point of the space',
      'far',
    ],
  ])(
    'of a space in which nothing is left name what is responsible: %#',
    (parameters, constraints, text, name) => {
      const error = refusal(() =>
        open(parameters, ...constraints, { kind: 'expression', name: 'harmless', expression: '1 < 2' }),
      );
      expect(error.field).toBe('space.constraints');
      expect(error.message).toContain(text);
      expect(error.message).toContain(`"${name}"`);
      expect(error.message).not.toContain('harmless');
    },
  );
});

describe('constraints that exclude each other', () => {
  const bound = (name: string, of: readonly string[], relation: string, to: number) => ({
    ...{ kind: 'sum', name, of, relation, bound: to },
  });

  it('are proved to, and only the fewest are named', () => {
    const error = refusal(() =>
      open(
        [x, y, n],
        bound('much', ['x', 'y'], '>=', 12),
        bound('whole', ['n'], '<=', 8),
        bound('little x', ['x'], '<=', 5),
        bound('little', ['x', 'y', 'n'], '<=', 20),
        bound('little y', ['y'], '<=', 6.5),
      ),
    );
    expect(error.field).toBe('space.constraints');
    expect(error.message).toContain('"much" (x + y >= 12) and "little x" (x <= 5) and "little y" (y <= 6.5)');
    expect(error.message).toContain('exclude each other');
    expect(error.message).not.toContain('whole');
  });

  it('in a mixture are held against its sum of one', () => {
    const act = () =>
      open(
        [{ ...mix(0.001, 'A', 'B', 'C', 'D', 'E') }],
        bound('more than all', ['m.A', 'm.B', 'm.C'], '>=', 1.01),
        bound('some', ['m.D'], '<=', 0.5),
      );
    expect(refusal(act).message).toContain('"more than all" (m.A + m.B + m.C >= 1.01) cannot hold');
  });

  it('in a list that no line excludes are the fewest too', () => {
    const error = refusal(() =>
      open(
        [n, gas],
        { kind: 'expression', name: 'even', expression: 'n = 2 or n = 4' },
        { kind: 'expression', name: 'small', expression: 'n < 9' },
        { kind: 'expression', name: 'odd', expression: 'n = 3 or n = 5' },
      ),
    );
    expect(error.message).toContain('"even" (removes 16 of 20), "odd" (removes 16 of 20)');
    expect(error.message).not.toContain('small');
  });

  it('do not include those that leave a single point', () => {
    const space = open([x, y], bound('all', ['x', 'y'], '>=', 20));
    expect(space.sample(3, rng())).toEqual([{ x: 10, y: 10 }]);
  });

  it('do not include those that leave a line between two walls', () => {
    const space = open([x, y], bound('up', ['x', 'y'], '>=', 7), bound('down', ['x', 'y'], '<=', 7));
    const points = space.sample(20, rng());
    expect(points).toHaveLength(20);
    for (const point of points) expect(Number(point['x']) + Number(point['y'])).toBeCloseTo(7, 7);
    expect(new Set(points.map((point) => Math.floor(Number(point['x'])))).size).toBeGreaterThan(4);
  });
});

describe('an expression', () => {
  const few = { kind: 'levels', name: 'x', levels: [2, 5] };
  const value = (expression: string): boolean => {
    try {
      open([few, gas], { kind: 'expression', expression }).check({ x: 2, gas: 'air' });
      return true;
    } catch (error) {
      if (error instanceof IonloopError) return false;
      throw error;
    }
  };
  it.each([
    ['x + 2 * 3 = 8', true],
    ['(x + 2) * 3 = 12', true],
    ['-x^2 = -4', true],
    ['2^x^2 = 16', true],
    ['x - 1 - 1 = 0', true],
    ['8 / x / 2 = 2', true],
    ['min(x, 1) = 1 and max(x, 1, 3) = 3', true],
    ['sqrt(abs(-4)) = 2 and abs(log(exp(x)) - 2) < 1e-12', true],
    ["gas = 'air' and not gas = 'H2'", true],
    ["gas != 'air' or x >= 2", true],
    ['x > 2', false],
    ['"x" <= 1.5e0', false],
  ])('%s is %s at x = 2', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  it.each([
    ['x +', 'at character 4: a number or a name is needed, not the end'],
    ['x < 3 < 4', 'at character 7: nothing may follow here'],
    ['x + 1', 'at character 1: a comparison is needed here'],
    ['x < $', 'at character 5: "$" is not understood'],
    ['(x < 3', 'at character 7: a ) is missing'],
    ['z < 3', 'there is no "z"'],
    ['constructor < 3', 'there is no "constructor"'],
    ['gas < 3', 'at character 1: a number is needed here'],
    ["x = 'air'", 'at character 3: only two numbers or two names'],
    ['log(x, 2) < 1', 'at character 1: log takes one number'],
    [`${'('.repeat(500)}x < 1${')'.repeat(500)}`, 'nested too deeply'],
  ])('%s is refused', (expression, text) => {
    expect(refusal(() => open([x, gas], { kind: 'expression', expression })).message).toContain(text);
  });
});

describe('constraints from untrusted JSON', () => {
  it.each<[unknown, string, string]>([
    ['x', 'space.constraints[0]', 'must be an object'],
    [{ kind: 'law' }, 'space.constraints[0].kind', '"law"'],
    [
      { kind: 'sum', of: ['x'], relation: '<', bound: 1 },
      'space.constraints[0].relation',
      'must be <=, >= or =',
    ],
    [{ kind: 'sum', of: [], relation: '<=', bound: 1 }, 'space.constraints[0].of', 'is empty'],
    [{ kind: 'sum', of: ['gas'], relation: '<=', bound: 1 }, 'space.constraints[0].of[0]', 'gas is a name'],
    [{ kind: 'sum', of: ['x'], relation: '<=', bound: 1, why: 2 }, 'space.constraints[0].why', 'unknown key'],
    [{ kind: 'ratio', of: 'x', to: 'x' }, 'space.constraints[0]', 'needs a min, a max'],
    [{ kind: 'forbidden', when: [{ of: 'x' }] }, 'space.constraints[0].when[0]', 'needs is, min'],
    [{ kind: 'forbidden', when: [{ of: 'gas', min: 3 }] }, 'space.constraints[0].when[0]', 'only "is"'],
    [{ kind: 'neutral', of: 'x' }, 'space.constraints[0].of', 'not a mixture'],
  ])('%j is refused', (constraint, field, text) => {
    const error = refusal(() => open([x, gas], constraint));
    expect(error.field).toBe(field);
    expect(error.message).toContain(text);
  });
});
