import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '@ionloop/domain';
import { parseAnalysis } from '../src/index.js';

const refusalOf = (request: unknown): unknown => {
  try {
    return parseAnalysis(request);
  } catch (error) {
    return error;
  }
};

/** A request that has `value` at `path`, such as `bench.folds`, beside what else it needs. */
function withSetting(path: string, value: Json, beside: JsonObject = {}): JsonObject {
  const [kind = '', ...names] = path.split('.');
  const inner = names.reduceRight<Json>((rest, name, i) => ({ ...(i === 0 && beside), [name]: rest }), value);
  return { [kind]: inner };
}

const slice = (count: number): JsonObject => ({ axes: Array.from({ length: count }, (_, i) => `m.${i}`) });

describe('a number of a request', () => {
  it.each<[string, number, number, JsonObject]>([
    ['candidates.drawn', 1, 100_000, {}],
    ['candidates.beta', 0, 100, {}],
    ['slice.cells', 2, 200, slice(3)],
    ['slice.cells', 2, 30, slice(4)],
    ['slice.worth.beta', 0, 100, slice(1)],
    ['importances.repeats', 1, 100, {}],
    ['importances.results', 0, 500, {}],
    ['dependence.values', 2, 50, { columns: ['a'] }],
    ['bench.folds', 2, 20, {}],
    ['relations.clusters', 2, 20, {}],
    ['relations.shown', 10, 2000, {}],
    ['advice.worth', 0, 1e300, {}],
    ['whatIf.count', 1, 96, {}],
    ['whatIf.strategy.beta', 0, 100, {}],
    ['whatIf.strategy.replicates', 1, 100, {}],
    ['rehearsal.experiments', 1, 300, {}],
    ['rehearsal.seeds', 2, 100, {}],
    ['rehearsal.target', -1e300, 1e300, {}],
  ])('%s lies between %d and %d', (path, min, max, beside) => {
    for (const end of [min, max]) {
      expect(parseAnalysis(withSetting(path, end, beside))).toHaveProperty(path.split('.').slice(1), end);
    }
    for (const beyond of [min - Math.max(1, Math.abs(min)), max + Math.max(1, Math.abs(max))]) {
      expect(refusalOf(withSetting(path, beyond, beside))).toMatchObject({
        ...{ code: 'INVALID_INPUT', field: `request.${path}` },
        message: `request.${path} is ${beyond}; it must lie between ${min} and ${max}`,
      });
    }
  });
});

describe('a list of a request', () => {
  const names = (count: number): Json => Array.from({ length: count }, (_, i) => `name ${i}`);
  const bounds = (count: number): Json => Array.from({ length: count }, (_, i) => ({ name: `p${i}` }));
  const goals = (count: number): Json => Array.from({ length: count }, (_, i) => ({ property: `p${i}` }));
  const expected = (count: number): Json =>
    Array.from({ length: count }, (_, i) => ({ property: `p${i}`, low: 0, high: 1 }));
  const strategies = (count: number): Json => Array.from({ length: count }, () => 'auto');

  it.each<[string, number, number, (count: number) => Json]>([
    ['slice.axes', 1, 4, names],
    ['front.objectives', 2, 4, goals],
    ['dependence.columns', 1, 2, names],
    ['bench.models', 0, 50, names],
    ['whatIf.bounds', 0, 100, bounds],
    ['rehearsal.expectOf', 0, 12, expected],
    ['rehearsal.strategies', 0, 4, strategies],
  ])('%s has between %d and %d entries', (path, min, max, entries) => {
    const [, name = ''] = path.split('.');
    for (const count of [min, max]) {
      const read = parseAnalysis(withSetting(path, entries(count))) as unknown as JsonObject;
      expect(read[name]).toHaveLength(count);
    }
    for (const count of [min - 1, max + 1].filter((many) => many >= 0)) {
      expect(refusalOf(withSetting(path, entries(count)))).toMatchObject({
        ...{ code: 'INVALID_INPUT', field: `request.${path}` },
        message: `request.${path} has ${count} entries; it must have between ${min} and ${max}`,
      });
    }
  });
});

describe('what a request sets', () => {
  const space = { parameters: [{ kind: 'continuous', name: 'a', min: 0, max: 1 }] };
  const point = { a: 0.5, salt: 'LiCl' };

  it.each<[JsonObject, JsonObject]>([
    [
      {
        front: {
          objectives: [
            { property: 'x', goal: 'window', low: 1, high: 2 },
            { property: 'y', low: 3 },
          ],
        },
      },
      {
        kind: 'front',
        objectives: [
          { property: 'x', goal: 'window', low: 1, high: 2 },
          { property: 'y', goal: 'maximise', low: 3 },
        ],
      },
    ],
    [
      { importances: { point, repeats: 3, results: 7 } },
      { kind: 'importances', point, repeats: 3, results: 7 },
    ],
    [{ dependence: { columns: ['a', 'b'] } }, { kind: 'dependence', columns: ['a', 'b'], values: 20 }],
    [{ bench: {} }, { kind: 'bench', models: [], folds: 5, tuned: false }],
    [{ bench: { models: ['gp'], folds: 7 } }, { kind: 'bench', models: ['gp'], folds: 7, tuned: false }],
    [{ relations: {} }, { kind: 'relations', clusters: null, shown: 400 }],
    [{ relations: { clusters: 4, shown: 20 } }, { kind: 'relations', clusters: 4, shown: 20 }],
    [
      { advice: true, front: null },
      { kind: 'advice', worth: null },
    ],
    [{ whatIf: {} }, { kind: 'whatIf', count: 4, seed: 'what-if', strategy: {}, bounds: [] }],
    [
      {
        whatIf: {
          ...{ count: 2, seed: ' mine ', space, goal: 'minimise' },
          strategy: {
            ...{ name: 'gp-ucb', beta: 3, design: 'spread', shape: 'free' },
            shared: 'a',
            replicates: 2,
          },
          bounds: [
            { name: 'a', min: 0.25, max: 0.5 },
            { name: 'b', max: 7 },
            { name: 'c', min: -1 },
          ],
          ...{ objectives: [{ property: 'x' }], limits: [], cost: null },
        },
      },
      {
        ...{ kind: 'whatIf', count: 2, seed: 'mine', goal: 'minimise' },
        space: {
          parameters: [expect.objectContaining({ kind: 'continuous', name: 'a', min: 0, max: 1 }) as never],
        },
        strategy: {
          ...{ name: 'gp-ucb', beta: 3, design: 'spread', shape: 'free' },
          shared: 'a',
          replicates: 2,
        },
        bounds: [
          { name: 'a', min: 0.25, max: 0.5 },
          { name: 'b', min: null, max: 7 },
          { name: 'c', min: -1, max: null },
        ],
        ...{ objectives: [{ property: 'x' }], limits: [], cost: null },
      },
    ],
    [
      { rehearsal: {} },
      {
        ...{ kind: 'rehearsal', experiments: 30, seeds: 20, target: null, expect: null, strategies: [] },
      },
    ],
    [
      {
        rehearsal: {
          ...{ experiments: 9, seeds: 3, target: -4, expect: { low: -7, high: -3 } },
          expectOf: [{ property: 'density', low: 2, high: 3 }],
          strategies: ['random', 'auto'],
        },
      },
      {
        ...{ kind: 'rehearsal', experiments: 9, seeds: 3, target: -4, expect: { low: -7, high: -3 } },
        expectOf: [{ property: 'density', low: 2, high: 3 }],
        strategies: ['random', 'auto'],
      },
    ],
    [
      { slice: { axes: [' a '], at: point, worth: { score: 'ucb', beta: 4 } } },
      { kind: 'slice', axes: ['a'], cells: 40, at: point, worth: { score: 'ucb', beta: 4 } },
    ],
  ])('is read, and nothing else: %j', (given, read) => {
    expect(parseAnalysis(given)).toEqual(read);
  });
});

describe('a request is refused', () => {
  const long = 'x'.repeat(201);

  it.each<[unknown, string, string | RegExp]>([
    [null, 'request', /^request must be an object/],
    [
      {},
      'request',
      'request must have exactly one of candidates, slice, front, importances, dependence, calibration, bench, ' +
        'relations, advice, whatIf, rehearsal, verification; it has none',
    ],
    [{ bench: 7 }, 'request.bench', 'request.bench must be an object'],
    [{ bench: 'all' }, 'request.bench', 'request.bench must be an object'],
    [{ bench: { tuned: 1 } }, 'request.bench.tuned', /must be one of true, false$/],
    [{ bench: { models: [''] } }, 'request.bench.models[0]', 'request.bench.models[0] must not be empty'],
    [{ bench: { models: ['a', long] } }, 'request.bench.models[1]', /201 characters; at most 200/],
    [{ whatIf: { seed: '' } }, 'request.whatIf.seed', 'request.whatIf.seed must not be empty'],
    [{ whatIf: { seed: long } }, 'request.whatIf.seed', /201 characters; at most 200/],
    [{ whatIf: { strategy: { shape: 'round' } } }, 'request.whatIf.strategy.shape', /must be one of free/],
    [{ whatIf: { strategy: { name: 'luck' } } }, 'request.whatIf.strategy.name', /must be one of auto/],
    [{ whatIf: { strategy: [] } }, 'request.whatIf.strategy', 'request.whatIf.strategy must be an object'],
    [{ whatIf: { goal: 'window' } }, 'request.whatIf.goal', /must be one of maximise, minimise$/],
    [{ whatIf: { space: 7 } }, 'space', /^space must be an object/],
    [{ whatIf: { bounds: [{}] } }, 'request.whatIf.bounds[0].name', /must be text/],
    [{ whatIf: { bounds: [7] } }, 'request.whatIf.bounds[0]', 'request.whatIf.bounds[0] must be an object'],
    [{ whatIf: { bounds: [{ name: 'a', min: 'low' }] } }, 'request.whatIf.bounds[0].min', /finite number/],
    [{ whatIf: { bounds: [{ name: 'a', max: 'high' }] } }, 'request.whatIf.bounds[0].max', /finite number/],
    [
      { importances: { point: [1] } },
      'request.importances.point',
      'request.importances.point must be an object with a value for each parameter',
    ],
    [{ importances: { point: 'a' } }, 'request.importances.point', /a value for each parameter$/],
    [
      { front: { objectives: [{ property: 'x', goal: 'luck' }, { property: 'y' }] } },
      'request.front.objectives[0].goal',
      /maximise/,
    ],
    [
      { front: { objectives: [{ property: 'x', low: 'a' }, { property: 'y' }] } },
      'request.front.objectives[0].low',
      /finite number/,
    ],
    [
      { front: { objectives: [{ property: 'x', high: 'a' }, { property: 'y' }] } },
      'request.front.objectives[0].high',
      /finite number/,
    ],
    [{ rehearsal: { expect: 7 } }, 'request.rehearsal.expect', 'request.rehearsal.expect must be an object'],
    [
      { rehearsal: { expect: { low: 2, high: 1 } } },
      'request.rehearsal.expect.high',
      'high is 1; it must be above low, which is 2',
    ],
    [
      { rehearsal: { expectOf: [{ low: 1, high: 2 }] } },
      'request.rehearsal.expectOf[0].property',
      /must be text/,
    ],
    [
      { rehearsal: { expectOf: [{ property: 'x', high: 2 }] } },
      'request.rehearsal.expectOf[0].low',
      /finite number/,
    ],
    [{ slice: { axes: ['a'], worth: { score: 'luck' } } }, 'request.slice.worth.score', /log-ei/],
    [
      { slice: { axes: ['a'], worth: 'mean' } },
      'request.slice.worth',
      'request.slice.worth must be an object',
    ],
  ])('by name: %j', (given, field, says) => {
    expect(refusalOf(given)).toMatchObject({
      ...{ code: 'INVALID_INPUT', field },
      message: typeof says === 'string' ? says : (expect.stringMatching(says) as unknown),
    });
  });
});
