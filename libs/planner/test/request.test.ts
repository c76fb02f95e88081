import { describe, expect, it } from '@jest/globals';
import type { PlanObjective, PlanRequest, Point } from '@ionloop/domain';
import { fromRows, Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { gaussianProcess } from '@ionloop/surrogates';
import { plan } from '../src/index.js';
import { fromFittedModel } from '../src/models/fitted-model.js';
import { learningElsewhere } from '../src/models/transfer.js';
import {
  conductivity,
  material,
  measured,
  noisyMaterials,
  plain,
  pool,
  request,
  sintering,
  ternary,
  twoPeaks,
  window,
} from './support.js';

const strategy = { name: 'gp-log-ei', initial: 4 } as const;
const wide = openSpace(sintering);
const points = wide.sample(14, Philox.fromSeed('start'));
const temperature = (point: Point): number => point['temperature'] as number;
const sintered = (over: Partial<PlanRequest> = {}): PlanRequest =>
  request({ space: sintering, objective: plain, strategy, observations: measured(points, window), ...over });

describe('a window', () => {
  it('draws proposals to where the property lies inside', () => {
    const goal: PlanObjective = { ...plain, goal: 'window', low: 0.45, high: 0.55 };
    const observations = measured(points, window);
    const tried = [...observations];
    for (let i = 0; i < 6; i++) {
      const { proposals } = plan(
        sintered({ objectives: [goal], observations: tried, experimentsSoFar: tried.length, seed: `w${i}` }),
      );
      expect(proposals[0]!.acquisition!.name).toBe('target window: expected improvement');
      expect(proposals[0]!.grounds!.improvement).toBeNull();
      tried.push(...measured([proposals[0]!.point], window));
    }
    const off = ({ values }: (typeof tried)[number]): number =>
      Math.max(0.45 - values[0]!, values[0]! - 0.55, 0);
    expect(tried.slice(observations.length).filter((each) => off(each) < 0.05).length).toBeGreaterThanOrEqual(
      3,
    );
  });
});

describe('limits', () => {
  const constraints = [{ property: 'cracks', transform: 'none', unit: '1', low: null, high: 900 }] as const;
  const limited = (at: readonly Point[]): PlanRequest['observations'] =>
    at.map((point) => ({ point, values: [window(point)], limited: [temperature(point)] }));

  it('keep proposals where they are likely to be kept', () => {
    const observations = limited(points);
    const { proposals } = plan(sintered({ constraints, observations, count: 3 }));
    for (const { point, grounds, reason } of proposals) {
      expect(temperature(point)).toBeLessThan(905);
      expect(grounds!.withinLimits).toBeGreaterThan(0.4);
      expect(reason).toContain('% chance that all limits are kept');
    }
    expect(plan(sintered({ count: 3 })).proposals.some(({ point }) => temperature(point) > 905)).toBe(true);
  });

  it('are all that counts while no result keeps them', () => {
    const observations = limited(points.filter((point) => temperature(point) > 950));
    const { proposals } = plan(sintered({ constraints, observations, experimentsSoFar: 14 }));
    expect(proposals[0]!.acquisition!.name).toBe('chance to keep the limits');
    expect(temperature(proposals[0]!.point)).toBeLessThan(900);
  });
});

describe('costs', () => {
  const all = openSpace(pool).enumerate();
  const dear = Object.fromEntries(
    all.filter((_, i) => i % 9 >= 4).map(({ material: id }) => [id as string, 1000]),
  );
  const cost = { base: 1, per: [{ parameter: 'material', of: dear }] };
  const asked = request({
    space: pool,
    objective: plain,
    strategy,
    observations: measured(
      all.filter((_, i) => i % 7 === 0),
      material,
    ),
  });

  it('make what is cheap come first', () => {
    const { grounds } = plan({ ...asked, cost }).proposals[0]!;
    expect(grounds!.cost).toBe(1);
    expect(plan({ ...asked, cost: { base: 1, per: [] } }).proposals[0]!.point).toEqual(
      plan(asked).proposals[0]!.point,
    );
  });

  it('rule out what the rest of the budget does not pay for', () => {
    const proposals = plan({ ...asked, count: 60, cost: { ...cost, budget: 1100, spent: 200 } }).proposals;
    expect(proposals.length).toBeGreaterThan(0);
    for (const { grounds } of proposals) expect(grounds!.cost).toBe(1);
  });
});

describe('a batch', () => {
  const asked = sintered({ count: 5 });

  it('may share a variable', () => {
    for (const experimentsSoFar of [0, 14]) {
      const { proposals } = plan({
        ...asked,
        experimentsSoFar,
        strategy: { ...strategy, shared: 'temperature' },
      });
      expect(proposals).toHaveLength(5);
      expect(new Set(proposals.map(({ point }) => point['temperature'])).size).toBe(1);
      expect(new Set(proposals.map(({ point }) => point['time'])).size).toBe(5);
    }
  });

  it('may be a line', () => {
    const { proposals } = plan({ ...asked, strategy: { ...strategy, shape: 'line' } });
    expect(proposals).toHaveLength(5);
    const distinct = (name: string): number => new Set(proposals.map(({ point }) => point[name])).size;
    expect([distinct('temperature'), distinct('time')].toSorted()).toEqual([1, 5]);
    expect(proposals[3]!.reason).toContain('part of a line');
  });

  it('may be a plate of compositions', () => {
    const space = openSpace(ternary);
    const observations = measured(space.sample(12, Philox.fromSeed('plate')), twoPeaks);
    const { proposals } = plan(
      request({
        space: ternary,
        objective: conductivity,
        strategy: { ...strategy, shape: 'plate' },
        observations,
        count: 9,
      }),
    );
    expect(proposals).toHaveLength(9);
    const X = space.encode(proposals.map(({ point }) => point));
    for (let i = 1; i < 9; i++)
      for (let c = 0; c < X.cols; c++)
        expect(Math.abs(X.data[i * X.cols + c]! - X.data[c]!)).toBeLessThanOrEqual(0.45);
    expect(proposals.slice(1).every(({ reason }) => reason.includes('part of a plate'))).toBe(true);
  });
});

describe('repeats', () => {
  const { known, noisy } = noisyMaterials();
  const repeats = (replicates: number, observations = noisy): number =>
    plan(
      request({
        space: pool,
        objective: plain,
        observations,
        count: 2,
        strategy: { ...strategy, replicates },
      }),
    ).proposals.filter(({ grounds, reason }) => grounds!.repeat && reason.includes('a repeat')).length;

  it('are proposed where noise makes them teach more, and only where they are allowed', () => {
    expect(repeats(1)).toBe(0);
    expect(repeats(4)).toBeGreaterThan(0);
    expect(repeats(4, measured(known, material) as typeof noisy)).toBe(0);
  });
});

describe('results from elsewhere', () => {
  const elsewhere = wide
    .sample(40, Philox.fromSeed('elsewhere'))
    .map((point) => ({ point, values: [20 + 5 * window(point)], source: 1 }));
  const few = measured(points.slice(0, 4), window);
  const probe = measured(wide.sample(60, Philox.fromSeed('probe')), window);
  const errorOf = (
    observations: PlanRequest['observations'],
    transfer: 'auto' | 'none' | 'mean' | 'sources',
  ): number => {
    const { model } = plan(
      sintered({ observations, experimentsSoFar: 4, strategy: { ...strategy, transfer } }),
    );
    const map = fromFittedModel(model!).model.predict(wide.encode(probe.map(({ point }) => point))).mean;
    return Math.sqrt(
      probe.reduce((sum, { values }, i) => sum + (values[0]! - map[i]!) ** 2, 0) / probe.length,
    );
  };

  it.each(['auto', 'mean', 'sources'] as const)('make the model better by %s', (transfer) => {
    expect(errorOf([...few, ...elsewhere], transfer)).toBeLessThan(
      0.6 * errorOf([...few, ...elsewhere], 'none'),
    );
  });

  it.each(['sources', 'mean', 'auto'] as const)('that no model can take fail no plan by %s', (transfer) => {
    const X = fromRows([
      [0.1, 0.2],
      [0.4, 0.3],
      [0.7, 0.6],
      [0.9, 0.1],
    ]);
    const own = { X, y: Float64Array.of(1, 2, 4, 3) };
    const elsewhere = {
      X: fromRows([
        [0.5, Number.NaN],
        [0.2, 0.8],
      ]),
      y: Float64Array.of(2, 3),
      source: Int32Array.of(1, 1),
    };
    const reasons: string[] = [];
    const [rng, alone] = [Philox.fromSeed('refused'), gaussianProcess()];
    const factory = learningElsewhere(alone, elsewhere, transfer, rng, (reason) => reasons.push(reason));
    const fitted = factory.fit(own, Philox.fromSeed('fit'));
    expect(fitted.predict(X)).toEqual(alone.fit(own, Philox.fromSeed('fit')).predict(X));
    expect(reasons).toHaveLength(transfer === 'mean' ? 1 : 2);
    reasons.forEach((reason) => expect(reason).toContain('data.X'));
  });

  it('go with categories, and where nothing was refused nothing is said', () => {
    const space: PlanRequest['space'] = {
      parameters: [
        { kind: 'categorical', name: 'solvent', choices: ['water', 'ethanol', 'hexane'] },
        { kind: 'continuous', name: 'share', min: 0, max: 1, unit: '1' },
      ],
    };
    const observations = openSpace(space)
      .sample(18, Philox.fromSeed('solvents'))
      .map((point, i) => ({ point, values: [point['share'] as number], ...(i < 6 ? {} : { source: 1 }) }));
    for (const name of ['auto', 'gp-log-ei', 'forest-ucb', 'stack-ei'] as const) {
      for (const transfer of ['auto', 'sources', 'mean'] as const) {
        const { proposals } = plan(
          request({ space, strategy: { name, initial: 5, transfer }, observations, experimentsSoFar: 6 }),
        );
        expect(proposals[0]!.origin).toBe('model');
        expect(proposals[0]!.grounds).not.toHaveProperty('elsewhereRefused');
      }
    }
  });

  it('are no experiments of this campaign: their points may be proposed', () => {
    const all = openSpace(pool).enumerate();
    const observations = [
      ...measured(all.slice(0, 6), material),
      ...all.slice(6).map((point) => ({ point, values: [material(point)], source: 2 })),
    ];
    const { proposals } = plan(
      request({ space: pool, objective: plain, strategy, observations, experimentsSoFar: 6 }),
    );
    expect(proposals).toHaveLength(1);
    expect(material(proposals[0]!.point)).toBeGreaterThanOrEqual(-2);
  });
});

describe('a request that makes no sense is refused', () => {
  it.each<[string, Partial<PlanRequest>, string]>([
    [
      'a window without ends',
      { objectives: [{ ...plain, goal: 'window', low: null, high: null }] },
      'neither low nor high',
    ],
    ['a window turned over', { objectives: [{ ...plain, goal: 'window', low: 2, high: 1 }] }, 'from 2 to 1'],
    [
      'a limit without a logarithm',
      { constraints: [{ property: 'p', transform: 'log10', unit: '', low: 0, high: null }] },
      'must be above 0',
    ],
    [
      'a shared parameter that is not there',
      { strategy: { ...strategy, shared: 'pressure' } },
      'no parameter "pressure"',
    ],
    [
      'a shape that is not known',
      { strategy: { ...strategy, shape: 'ring' as 'line' } },
      'one of free, line, plate',
    ],
    ['no measurement at all', { strategy: { ...strategy, replicates: 0 } }, 'replicates is 0'],
    ['optimism below 0', { strategy: { ...strategy, beta: -1 } }, 'beta is -1'],
    [
      'a cost of nothing known',
      { cost: { base: 1, per: [{ parameter: 'x', perUnit: 1 }] } },
      'no parameter "x"',
    ],
    ['a cost by nothing', { cost: { base: 1, per: [{ parameter: 'time' }] } }, 'either perUnit or of'],
    [
      'hypervolume of one objective',
      { strategy: { name: 'hypervolume', initial: 4 } },
      'for several objectives',
    ],
    [
      'a window strategy without one',
      { strategy: { name: 'target-window', initial: 4 } },
      'whose goal is a window',
    ],
    [
      'too many values',
      { observations: [{ point: points[0]!, values: [1, 2] }] },
      'has 2 values; there are 1',
    ],
    [
      'a source below 0',
      { observations: [{ point: points[0]!, values: [1], source: -1 }] },
      'source of observation 0 is -1',
    ],
  ])('%s', (_, over, text) => {
    expect(() => plan(sintered(over))).toThrow(text);
  });
});
