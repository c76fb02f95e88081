import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestLoop } from '@ionloop/engine/testing';
import { openPersistence } from '@ionloop/persistence';
import { plan, plannerVersion } from '@ionloop/planner';
import { quietEngine } from '@ionloop/engine';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import type { RehearsalReport } from '../src/rehearse/report.js';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

const space = { parameters: [{ kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' }] };
const objective = { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' };
const campaign = folder.file(
  'campaign.json',
  JSON.stringify({ space, objective, strategy: { name: 'gp-log-ei', initial: 3 }, budget: 30, parallel: 2 }),
);
const results = folder.file(
  'results.csv',
  ['temperature,ionic_conductivity', '820,1e-5', '900,8e-5', '960,9e-5', '1080,6e-6'].join('\n'),
);
const rehearse = (...args: readonly string[]): Promise<Ran> => ionloop(['rehearse', ...args]);
const report = (name: string): RehearsalReport => folder.json(name) as RehearsalReport;

describe('rehearsing from files', () => {
  it('says what to expect of strategies, and the same again', async () => {
    const args = ['--campaign', campaign, '--data', results, '--seeds', '6', '--budget', '8', '--at', '2,4'];
    const more = ['--strategy', 'gp-log-ei,random', '--target', '1e-4', '--json', folder.at('r.json')];
    const first = await rehearse(...args, ...more);
    expect(first.err).toBe('');
    expect(first.code).toBe(0);
    const told = report('r.json');
    expect(told).toMatchObject({
      learnedFrom: 'results',
      results: 4,
      batch: 2,
      budget: 8,
      seeds: 6,
      target: 1e-4,
    });
    expect(told.bestSoFar).toBeCloseTo(9e-5, 12);
    for (const { expected } of told.strategies) {
      expect(expected.map(({ experiments }) => experiments)).toEqual([2, 4, 8]);
      expected.forEach(({ median, interval90, reachesTarget }, i) => {
        expect(median.median).toBeGreaterThanOrEqual(expected[i - 1]?.median.median ?? told.bestSoFar!);
        expect(interval90[0]).toBeLessThanOrEqual(median.median);
        expect(interval90[1]).toBeGreaterThanOrEqual(median.median);
        expect(reachesTarget).toBeGreaterThanOrEqual(expected[i - 1]?.reachesTarget ?? 0);
      });
    }
    expect(told.comparison).toMatchObject([{ strategy: 'random', than: 'gp-log-ei', experiments: 8 }]);
    expect(first.out).toMatch(/^gp-log-ei +8 .* \d+ %$/m);
    expect(first.out).toMatch(/^random is .* gp-log-ei after 8 experiments/m);
    expect((await rehearse(...args, ...more)).out).toBe(first.out);
  }, 60_000);

  it('has a model search better than chance, by its own model', async () => {
    const args = [
      '--campaign',
      campaign,
      '--expect',
      '1e-7:1e-4',
      '--seeds',
      '12',
      '--budget',
      '12',
      '--batch',
      '1',
    ];
    const { code, out } = await rehearse(
      ...args,
      '--strategy',
      'random,gp-log-ei',
      '--json',
      folder.at('p.json'),
    );
    expect(code).toBe(0);
    expect(out).toContain('as models expect them before there are results');
    const { strategies, learnedFrom, bestSoFar } = report('p.json');
    expect([learnedFrom, bestSoFar]).toEqual(['expectations', null]);
    const atTop = strategies.map(({ expected }) => expected.at(-1)!.atTop);
    expect(atTop[1]).toBeGreaterThan(atTop[0]!);
    const medians = strategies.flatMap(({ expected }) => expected.map(({ median }) => median.median));
    expect(medians.every((value) => value > 1e-7 && value < 1e-2)).toBe(true);
  }, 120_000);

  it('plays no more than the budget of the campaign has left', async () => {
    await rehearse(
      '--campaign',
      campaign,
      '--data',
      results,
      '--seeds',
      '1',
      '--strategy',
      'random',
      '--json',
      folder.at('b.json'),
    );
    expect(report('b.json').budget).toBe(26);
  }, 60_000);

  it.each([
    ['no results and nothing expected', [], 2, 'say with --expect low:high'],
    ['a target without logarithm', ['--data', results, '--target', '0'], 2, '--target 0 has no logarithm'],
    ['a range without logarithm', ['--expect', '0:1'], 2, '--expect 0 has no logarithm'],
    ['a strategy that is none', ['--data', results, '--strategy', 'luck'], 2, 'There is no "luck"'],
  ])('refuses %s', async (_what, more, wanted, words) => {
    const { code, err } = await rehearse('--campaign', campaign, ...more);
    expect(err).toContain(words);
    expect(code).toBe(wanted);
  });
});

describe('rehearsing several goals', () => {
  const density = { property: 'relative_density', goal: 'maximise', unit: '%' };
  const wanted = {
    space,
    objectives: [objective, density],
    limits: [{ property: 'electronic_conductivity', transform: 'log10', unit: 'S/cm', high: 1e-8 }],
    cost: { base: 20, per: [{ parameter: 'temperature', perUnit: 0.1 }], budget: 900 },
    strategy: { name: 'gp-log-ei', initial: 3 },
    parallel: 2,
  };
  const several = folder.file('several.json', JSON.stringify(wanted));
  const data = folder.file(
    'several.csv',
    [
      'temperature,ionic_conductivity,relative_density,electronic_conductivity',
      '820,1e-5,70,1e-10',
      '900,8e-5,82,1e-9',
      '960,9e-5,90,5e-9',
      '1080,6e-6,97,1e-7',
    ].join('\n'),
  );

  it('counts the share of what is possible, what is kept and what is spent', async () => {
    const args = ['--campaign', several, '--data', data, '--seeds', '2', '--budget', '6', '--at', '2,4'];
    const { code, out, err } = await rehearse(
      ...args,
      ...['--strategy', 'gp-log-ei,random', '--json', folder.at('several-out.json')],
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const told = report('several-out.json');
    expect(told).toMatchObject({ measure: 'share', learnedFrom: 'results', results: 4, budget: 6 });
    expect(told.wants).toEqual([
      'ionic_conductivity as large as can be',
      'relative_density as large as can be',
      'electronic_conductivity at most 1e-8 S/cm in any case',
    ]);
    for (const { expected } of told.strategies) {
      expected.forEach(({ median, kept, spent = NaN }, i) => {
        expect(median.median).toBeGreaterThanOrEqual(expected[i - 1]?.median.median ?? told.bestSoFar!);
        expect(median.median).toBeLessThanOrEqual(1);
        expect(kept).toBe(1);
        expect(spent).toBeGreaterThanOrEqual(expected[i - 1]?.spent ?? 200);
        // 456 of 900 are spent, and a batch may go beyond by its second member.
        expect(spent).toBeLessThan(900 - 456 + 130);
      });
    }
    expect(out).toMatch(/strategy +experiments +spent +of what is possible \(median\).* keep all\n/);
    expect(out).toMatch(/^random is .* gp-log-ei after 6 experiments/m);
  }, 120_000);

  it('is told of each property what to expect', async () => {
    const args = ['--campaign', several, '--seeds', '2', '--budget', '4', '--strategy', 'random'];
    const missing = await rehearse(...args, '--expect', '1e-7:1e-4');
    expect(missing.err).toContain('0 results of relative_density');
    expect(missing.err).toContain('--expect relative_density:low:high');
    const more = ['--expect', 'relative_density:60:98', '--expect', 'electronic_conductivity:1e-11:1e-6'];
    const stranger = await rehearse(...args, ...more, '--expect', 'colour:1:2');
    expect(stranger.err).toContain('--expect is for colour, which the campaign does not measure');
    const { code, err } = await rehearse(...args, '--expect', '1e-7:1e-4', ...more);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }, 60_000);
});

describe('rehearsing a campaign of the record', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('plays it as it stands and changes nothing', async () => {
    const env = { DATABASE_URL: database.url, IONLOOP_HOME: folder.at('home') };
    expect((await ionloop(['migrate'], env)).code).toBe(0);
    const persistence = await openPersistence({ url: database.url, poolSize: 2 });
    const { store } = persistence;
    try {
      const loop = new TestLoop(quietEngine(store), {
        version: plannerVersion,
        plan: (request) => Promise.resolve(plan(request)),
      });
      const { id, name } = await loop.campaign({
        approval: 'automatic',
        budget: 12,
        parallel: 5,
        initial: 4,
      });
      const voice = await loop.station();
      for (const value of [1e-5, 3e-5, 2e-5]) {
        await loop.runOne(voice, value);
      }
      const before = await store.read.lastSeq(id);
      const args = ['rehearse', '--running', name, '--seeds', '2', '--json', folder.at('running.json')];
      const { code, err } = await ionloop(args, env);
      expect(err).toBe('');
      expect(code).toBe(0);
      expect(report('running.json')).toMatchObject({
        results: 3,
        learnedFrom: 'results',
        bestSoFar: expect.closeTo(3e-5, 12),
      });
      expect(await store.read.lastSeq(id)).toBe(before);
      const unknown = await ionloop(['rehearse', '--running', 'nobody'], env);
      expect(unknown.err).toContain('there is no campaign "nobody"');
    } finally {
      await persistence.close();
    }
  }, 120_000);
});
