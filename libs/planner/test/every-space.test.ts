import { describe, expect, it } from '@jest/globals';
import type { MixtureSpec, PlanRequest, Point, SpaceSpec, StrategyName } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace, type Space } from '@ionloop/space';
import { plan } from '../src/index.js';
import { plain, request } from './support.js';

const x = { kind: 'continuous', name: 'x', min: 0, max: 10 } as const;
const stepped = { kind: 'continuous', name: 't', min: 800, max: 1100, step: 25 } as const;
const count = { kind: 'integer', name: 'n', min: 1, max: 12 } as const;
const gas = { kind: 'categorical', name: 'gas', choices: ['air', 'N2', 'Ar', 'H2'] } as const;
const levels = { kind: 'levels', name: 'level', levels: [1, 2, 5, 10, 20] } as const;
const humidity = { kind: 'context', name: 'humidity', min: 0, max: 100, usual: 40 } as const;
const pool = {
  kind: 'pool',
  name: 'material',
  features: ['radius', 'charge'],
  candidates: Array.from({ length: 20 }, (_, i) => ({ id: `M${i}`, values: [i % 5, Math.floor(i / 5)] })),
} as const;
const mixture = (step: number): MixtureSpec => ({
  kind: 'mixture',
  name: 'm',
  step,
  mostComponents: 3,
  minimumDose: 0.1,
  components: ['A', 'B', 'C', 'D'].map((name) => ({ name })),
});

const spaces: readonly (readonly [string, SpaceSpec])[] = [
  ['categories beside a number', { parameters: [gas, x] }],
  ['levels, whole numbers and steps', { parameters: [levels, count, stepped] }],
  ['a context beside numbers', { parameters: [x, humidity, { ...x, name: 'y' }] }],
  ['a pool beside a number', { parameters: [pool, x] }],
  ['a sparse mixture', { parameters: [mixture(0.05)] }],
  [
    'a constrained sparse mixture beside a number',
    {
      parameters: [mixture(0.05), x],
      constraints: [
        { kind: 'sum', of: ['m.A', 'm.B'], relation: '<=', bound: 0.6 },
        { kind: 'ratio', of: 'm.C', to: 'm.D', min: 0.2, max: 4 },
      ],
    },
  ],
  [
    'constrained numbers with a category',
    {
      parameters: [x, { ...x, name: 'y' }, gas],
      constraints: [
        {
          kind: 'linear',
          terms: [
            { of: 'x', times: 1 },
            { of: 'y', times: 2 },
          ],
          relation: '<=',
          bound: 15,
        },
        {
          kind: 'forbidden',
          when: [
            { of: 'gas', is: ['H2'] },
            { of: 'x', min: 6 },
          ],
        },
      ],
    },
  ],
];
const strategies: readonly StrategyName[] = ['auto', 'gp-log-ei', 'forest-ucb', 'gp-knowledge'];

/** An easy function of any space: a hill in its columns, beside the middle of what is allowed. */
function hillOn(space: Space): (point: Point) => number {
  const [top] = space.sample(1, Philox.fromSeed('the top of the hill'));
  const at = space.encode([top!]).data;
  const columns = space.encode([top!]).cols;
  return (point) => {
    const row = space.encode([point]).data;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const apart = space.categorical.includes(j) ? Number(row[j] !== at[j]) * 0.5 : row[j]! - at[j]!;
      sum += apart * apart;
    }
    return -sum;
  };
}

const rounds = 5;
const each = 3;

function campaign(spec: SpaceSpec, name: StrategyName, seed: string): readonly Point[] {
  const space = openSpace(spec);
  const value = hillOn(space);
  const points: Point[] = [];
  for (let round = 0; round < rounds; round++) {
    const asked: PlanRequest = request({
      space: spec,
      objective: plain,
      strategy: { name, initial: 4 },
      observations: points.map((point) => ({ point, values: [value(point)] })),
      count: each,
      seed: `${seed}/${round}`,
      experimentsSoFar: points.length,
    });
    points.push(...plan(asked).proposals.map(({ point }) => point));
  }
  return points;
}

describe.each(spaces)('in a space of %s', (_what, spec) => {
  const space = openSpace(spec);
  const value = hillOn(space);
  const bestOf = (points: readonly Point[]): number => Math.max(...points.map(value));
  const byChance = (): number => {
    const bests = Array.from({ length: 15 }, (_, s) =>
      bestOf(space.sample(rounds * each, Philox.fromSeed(`chance ${s}`))),
    );
    return bests.toSorted((a, b) => a - b)[7]!;
  };

  it.each(strategies)(
    '%s stays inside, repeats nothing, and is the same again',
    (name) => {
      const points = campaign(spec, name, 'inside');
      expect(points).toHaveLength(rounds * each);
      for (const point of points) expect(space.check(point)).toEqual(point);
      expect(new Set(points.map(space.key)).size).toBe(points.length);
      expect(points.some((point) => 'humidity' in point)).toBe(false);
      if (name === 'auto')
        expect(campaign(JSON.parse(JSON.stringify(spec)) as SpaceSpec, name, 'inside')).toEqual(points);
    },
    60_000,
  );

  it('auto finds more of an easy function than chance', () => {
    const bests = ['a', 'b', 'c']
      .map((seed) => bestOf(campaign(spec, 'auto', seed)))
      .toSorted((a, b) => a - b);
    expect(bests[1]).toBeGreaterThanOrEqual(byChance());
  }, 60_000);
});

describe('a line', () => {
  it.each([
    ['t', { parameters: [stepped] }],
    ['n', { parameters: [count] }],
    ['level', { parameters: [levels] }],
  ] as const)('moves along %s by whole steps', (name, spec) => {
    const space = openSpace(spec);
    const value = hillOn(space);
    const known = space.sample(2, Philox.fromSeed('line'));
    const { proposals } = plan(
      request({
        space: spec,
        objective: plain,
        strategy: { name: 'gp-log-ei', initial: 2, shape: 'line' },
        observations: known.map((point) => ({ point, values: [value(point)] })),
        count: 3,
      }),
    );
    expect(proposals).toHaveLength(3);
    expect(proposals.slice(1).every(({ reason }) => reason.includes('line'))).toBe(true);
    for (const { point } of proposals) expect(space.check(point)).toEqual(point);
    expect(new Set(proposals.map(({ point }) => point[name])).size).toBe(3);
  });

  it('is a plate of two axes with steps', () => {
    const spec: SpaceSpec = { parameters: [stepped, levels] };
    const space = openSpace(spec);
    const known = space.sample(3, Philox.fromSeed('plate'));
    const value = hillOn(space);
    const { proposals } = plan(
      request({
        space: spec,
        objective: plain,
        strategy: { name: 'gp-log-ei', initial: 2, shape: 'plate' },
        observations: known.map((point) => ({ point, values: [value(point)] })),
        count: 6,
      }),
    );
    expect(proposals).toHaveLength(6);
    expect(new Set(proposals.map(({ point }) => point['t'])).size).toBeGreaterThan(1);
    expect(new Set(proposals.map(({ point }) => point['level'])).size).toBeGreaterThan(1);
  });
});
