import { afterAll, describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { estimate } from '../src/report/statistics.js';
import { readCsv } from '../src/input/csv.js';
import { readPool } from '../src/replay/pool.js';
import { withComponents } from '../src/replay/principal.js';
import { acceleration, enhancement } from '../src/replay/gain.js';
import { goalIn, shortfall } from '../src/replay/goal.js';
import { medianCurve, topRows } from '../src/replay/summary.js';
import { Folder, ionloop } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

/** A smooth hill over two inputs: 60 rows, the best near a = 0.7, b = 0.3. */
function hill(): string {
  const draw = Philox.fromSeed('hill');
  const rows = Array.from({ length: 60 }, () => {
    const a = draw.uniform();
    const b = draw.uniform();
    return `${a.toFixed(4)},${b.toFixed(4)},${(1 - (a - 0.7) ** 2 - (b - 0.3) ** 2).toFixed(6)}`;
  });
  return ['a,b,y', ...rows].join('\n');
}

const pool = folder.file('hill.csv', hill());

interface Report {
  readonly pool: string;
  readonly strategy: string;
  readonly runs: readonly {
    seed: number;
    order: readonly number[];
    values: readonly number[];
    proposedBy: readonly (string | null)[];
  }[];
  readonly summary: {
    readonly firstTop5: { readonly median: number; readonly ci: readonly number[] };
    readonly top5Found: { readonly median: number; readonly ci: readonly number[] };
    readonly best: Readonly<Record<string, number>>;
  };
  readonly timing: { readonly suggestionMs: { readonly p50: number; readonly p95: number } };
}

async function replayed(
  strategies: string,
  out: string,
  more: readonly string[] = [],
): Promise<readonly Report[]> {
  const base = ['replay', '--pool', pool, '--target', 'y', '--goal', 'max'];
  const args = [...base, '--strategy', strategies, '--seeds', '3', '--budget', '12', ...more];
  const { code, err } = await ionloop([...args, '--json', folder.at(out)]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return folder.json(out) as readonly Report[];
}

describe('a replay', () => {
  it('writes the report of each strategy: runs, summary, times', async () => {
    const [random, gp] = await replayed('random,gp-log-ei', 'shape.json');
    for (const report of [random!, gp!]) {
      expect(report.pool).toBe(pool);
      expect(report.runs.map(({ seed }) => seed)).toEqual([0, 1, 2]);
      for (const { order, values } of report.runs) {
        expect(new Set(order).size).toBe(12);
        expect(values).toHaveLength(12);
      }
      expect(Object.keys(report.summary.best)).toEqual(['10']);
      expect(report.summary.firstTop5.ci[0]).toBeLessThanOrEqual(report.summary.firstTop5.median);
      expect(report.timing.suggestionMs.p95).toBeGreaterThanOrEqual(report.timing.suggestionMs.p50);
    }
    expect([random?.strategy, gp?.strategy]).toEqual(['random', 'gp-log-ei']);
  }, 60_000);

  it('begins with the same rows whatever the strategy, and other ones for another seed', async () => {
    const [random, ucb] = await replayed('random,gp-ucb', 'shared.json', ['--initial', '4']);
    const beginnings = (report: Report | undefined): number[][] =>
      report?.runs.map(({ order }) => order.slice(0, 4)) ?? [];
    expect(beginnings(random)).toEqual(beginnings(ucb));
    expect(new Set(beginnings(random).map(String)).size).toBe(3);
  }, 60_000);

  it('gives the same runs again', async () => {
    const [first] = await replayed('auto', 'once.json');
    const [second] = await replayed('auto', 'again.json');
    expect(second?.runs).toEqual(first?.runs);
    expect(second?.summary).toEqual(first?.summary);
  }, 60_000);

  it('reveals of replicates what the seed says, whoever asks', async () => {
    const lines = Array.from({ length: 90 }, (_, i) => `${i % 15},${i}`);
    const file = folder.file('draw.csv', ['a,y', ...lines].join('\n'));
    const base = [
      'replay',
      '--pool',
      file,
      '--target',
      'y',
      '--goal',
      'max',
      '--seeds',
      '2',
      '--budget',
      '15',
    ];
    const args = [
      ...base,
      '--strategy',
      'random,gp-ucb',
      '--replicates',
      'draw',
      '--json',
      folder.at('draw.json'),
    ];
    expect((await ionloop(args)).code).toBe(0);
    const [random, ucb] = folder.json('draw.json') as readonly Report[];
    const revealed = (report: Report | undefined, run: number): Map<number, number> =>
      new Map(report?.runs[run]?.order.map((row, i) => [row, report.runs[run]?.values[i] ?? NaN]));
    const known = revealed(random, 0);
    expect(known.size).toBe(15);
    for (const [row, value] of known) {
      expect(value % 15).toBe(row);
      expect(revealed(ucb, 0).get(row)).toBe(value);
    }
    expect([...revealed(random, 1)].some(([row, value]) => known.get(row) !== value)).toBe(true);
  }, 60_000);

  it('tells a portfolio which of its acquisitions asked for what', async () => {
    const [portfolio, random] = await replayed('portfolio,random', 'portfolio.json', ['--initial', '4']);
    for (const { proposedBy } of portfolio!.runs) {
      expect(proposedBy.slice(0, 4)).toEqual([null, null, null, null]);
      expect(proposedBy.slice(4)).toEqual(Array(8).fill(expect.any(String)));
    }
    expect(new Set(portfolio!.runs.flatMap(({ proposedBy }) => proposedBy)).size).toBeGreaterThan(2);
    expect(new Set(random!.runs.flatMap(({ proposedBy }) => proposedBy))).toEqual(new Set([null]));
  });

  it('takes batches', async () => {
    const [report] = await replayed('gp-log-ei', 'batch.json', ['--batch', '3', '--budget', '11']);
    expect(report?.runs[0]?.order).toHaveLength(11);
  }, 60_000);

  it('prints a table and a curve', async () => {
    const args = ['replay', '--pool', pool, '--target', 'y', '--goal', 'min', '--strategy', 'random'];
    const { out } = await ionloop([...args, '--seeds', '2', '--budget', '10']);
    expect(out).toMatch(
      /strategy +first top-5 % hit +top-5 % found +AF 50 % +EF max +best@10 +ms p50 +ms p95/,
    );
    expect(out).toMatch(/\nrandom {2}[▁▂▃▄▅▆▇█]{10}$/);
  });
});

describe('a pool', () => {
  const write = (name: string, lines: readonly string[]): string => folder.file(name, lines.join('\n'));
  const clean = ['a,name,y', '1,x,1', '2,x,2', '3,x,3', '4,x,4', '5,x,5', '6,x,6'];
  const columns = { target: 'y', transform: 'none' } as const;

  it('skips rows it cannot use and names their lines', () => {
    const table = readCsv(write('skips.csv', [...clean, ',x,7', '8,x,n/a', '9,x,"1,5"']));
    const { candidates, skipped } = readPool(table, columns);
    expect(candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(skipped).toEqual([
      'line 8: "a" is empty',
      'line 9: "y" is "n/a", which is not a number',
      'line 10: "y" is "1,5", which is not a number (write it with a decimal point)',
    ]);
  });

  it('keeps the numbers of the rows as the file has them', () => {
    const table = readCsv(write('kept.csv', [...clean.slice(0, 2), 'oops,x,2', ...clean.slice(2)]));
    expect(readPool(table, columns).candidates.map(({ index }) => index)).toEqual([0, 2, 3, 4, 5, 6]);
  });

  it('leaves out text columns that were not asked for, and takes those that were as categories', () => {
    const table = readCsv(write('text.csv', clean));
    expect(readPool(table, columns)).toMatchObject({ inputs: ['a'], textColumns: ['name'] });
    const { features, candidates } = readPool(table, { ...columns, inputs: ['a', 'name'] });
    expect(features).toEqual([
      { name: 'a', kind: 'number' },
      { name: 'name', kind: 'category' },
    ]);
    expect(candidates[0]).toMatchObject({ index: 0, inputs: [1, 'x'], value: 1 });
  });

  it('takes columns as what they are said to be', () => {
    const lines = [
      'f,x,p,q,y',
      'Li2O,10,1,0,1',
      'Li3N,20,0,2,2',
      'LiF,0,1,1,3',
      'LiCl,1,3,4,4',
      'LiI,2,5,6,5',
      'KF,5,1,1,9',
    ];
    const table = readCsv(write('kinds.csv', [...lines, 'LiQ,3,7,8,6', 'NaCl,4,-,9,7']));
    const choice = { ...columns, composition: ['p', 'q'], formula: 'f', inputs: ['x'], logInputs: ['x'] };
    const { features, skipped } = readPool(table, { ...choice, categories: [] });
    expect(features).toEqual([
      { name: 'x', kind: 'number', scale: 'log' },
      { name: 'p', kind: 'amount' },
      { name: 'q', kind: 'amount' },
      { name: 'f', kind: 'formula' },
    ]);
    expect(skipped).toEqual([
      'line 4: "x" is 0, which has no logarithm',
      'line 8: "f": "LiQ" is not a formula: there is no element "Q" at position 3',
      'line 9: "p" is "-", which is not a number',
    ]);
    const numbered = readPool(table, { ...columns, categories: ['x'] });
    expect(numbered.features).toEqual([{ name: 'x', kind: 'category' }]);
    expect(() => readPool(table, { ...columns, inputs: ['x'], logInputs: ['q'] })).toThrow(
      '"q" is no numeric',
    );
    expect(() => readPool(table, { ...columns, inputs: ['x'], formula: 'x' })).toThrow('two purposes');
  });

  it('has principal components in the place of its numbers, if so wanted', () => {
    const draw = Philox.fromSeed('components');
    const rows = Array.from({ length: 30 }, () => {
      const [u, v] = [draw.normal(), draw.normal()];
      return `${3 * u + v},${u - v},${2 * u},${u < 0 ? 'cubic' : 'tetragonal'},${v}`;
    });
    const file = folder.file('components.csv', ['a,b,c,phase,y', ...rows].join('\n'));
    const read = readPool(readCsv(file), {
      target: 'y',
      transform: 'none',
      inputs: ['a', 'b', 'c', 'phase'],
    });
    const { features, candidates } = withComponents(read, 5);
    // Three columns of two causes have two components.
    expect(features.map(({ name, kind }) => [name, kind])).toEqual([
      ['component 1', 'number'],
      ['component 2', 'number'],
      ['phase', 'category'],
    ]);
    const column = (k: number) => candidates.map(({ inputs }) => inputs[k] as number);
    const product = column(0).reduce((sum, value, i) => sum + value * column(1)[i]!, 0);
    expect(product).toBeCloseTo(0, 9);
    expect(candidates.map(({ inputs }) => inputs[2])).toEqual(read.candidates.map(({ inputs }) => inputs[3]));
    expect(() => withComponents({ ...read, features: read.features.slice(3) }, 2)).toThrow('numeric inputs');
  });

  it('makes one candidate of rows with the same inputs, if so wanted', () => {
    const lines = ['a,y', '1,1', '1,4', '2,2', '3,3', '4,4', '5,5', '1,1'];
    const table = readCsv(write('replicates.csv', lines));
    const [mean] = readPool(table, columns).candidates;
    expect(mean).toEqual({ index: 0, inputs: [1], value: 2, replicates: [2] });
    const [drawn, ...others] = readPool(table, { ...columns, replicates: 'draw' }).candidates;
    expect(drawn).toEqual({ index: 0, inputs: [1], value: 2, replicates: [1, 4, 1] });
    expect(others.map(({ index }) => index)).toEqual([2, 3, 4, 5]);
    expect(readPool(table, { ...columns, replicates: 'each' }).candidates).toHaveLength(7);
  });

  it('has no logarithm of what is not positive', () => {
    const table = readCsv(write('log.csv', [...clean, '7,x,0']));
    expect(readPool(table, { ...columns, transform: 'log10' }).skipped).toEqual([
      'line 8: "y" is 0, which has no logarithm',
    ]);
  });

  it.each([
    [
      'a column that is not there',
      ['--target', 'z'],
      'line 1: there is no column "z"; the columns are a, name, y',
    ],
    ['an input that is not there', ['--target', 'y', '--inputs', 'a,q'], 'line 1: there is no column "q"'],
    ['a target that is also an input', ['--target', 'y', '--inputs', 'a,y'], 'both an input and the target'],
    ['a target of text', ['--target', 'name'], 'line 2: the column "name" holds text'],
    ['amounts of text', ['--target', 'y', '--composition', 'name'], 'holds text and cannot be an amount'],
  ])('refuses %s', async (_what, args, words) => {
    const ran = await ionloop(['replay', '--pool', write('r.csv', clean), '--goal', 'max', ...args]);
    expect(ran.err).toContain(words);
    expect(ran.code).toBe(1);
  });

  it('refuses unusable rows where that was asked for', async () => {
    const file = write('strict.csv', [...clean, '7,x,']);
    const ran = await ionloop(['replay', '--pool', file, '--target', 'y', '--goal', 'max', '--strict']);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.err).toContain('line 8: "y" is empty');
  });

  it('refuses a report that cannot be written before it works for it', async () => {
    const json = folder.at('nowhere/out.json');
    const ran = await ionloop(['replay', '--pool', pool, '--target', 'y', '--goal', 'max', '--json', json]);
    expect(ran.err).toContain('out.json cannot be written: its folder does not exist');
    expect(ran.code).toBe(1);
  });
});

describe('a goal', () => {
  it('is an end or a window', () => {
    expect(goalIn('max')).toBe('max');
    expect(goalIn('window:-1.5:2')).toEqual({ from: -1.5, to: 2 });
    for (const wrong of ['most', 'window', 'window:1', 'window:2:1', 'window:1:2:3', 'window:a:b', 'max:1:2'])
      expect(() => goalIn(wrong)).toThrow('max, min, or window:a:b');
  });

  it('of a window is met anywhere in it', async () => {
    const goal = goalIn('window:0.5:0.6');
    expect([0.4, 0.5, 0.55, 0.6, 0.9].map((value) => shortfall(goal, value))).toEqual([
      expect.closeTo(0.1),
      0,
      0,
      0,
      expect.closeTo(0.3),
    ]);
    const [report] = await replayed('gp-log-ei', 'window.json', ['--goal', 'window:0.6:0.65']);
    expect(report?.summary.best['10']).toBeGreaterThanOrEqual(0);
    for (const { values } of report?.runs ?? [])
      expect(Math.min(...values.map((value) => shortfall(goal, value)))).toBeLessThan(0.2);
  }, 60_000);
});

describe('the gain over random draws', () => {
  const size = { top: 2, pool: 8 };
  const hits = [
    [false, true, false, true],
    [true, false, true, false],
  ];

  it('is in experiments those that random draws need by those needed', () => {
    // Random draws find one of two among eight after 9/3 experiments, both after 18/3.
    expect(acceleration(hits, size)).toEqual({ 0.1: 2, 0.25: 2, 0.5: 2, 0.8: 6 / 3.5 });
    expect(acceleration([[false, true]], size)['0.8']).toBeNull();
  });

  it('is in finds those of so many experiments by those of random draws', () => {
    expect(enhancement(hits, size, [1, 4, 10])).toEqual({ 1: 2, 4: 2, max: 2 });
  });
});

describe('the figures of a replay', () => {
  const candidates = Array.from({ length: 40 }, (_, index) => ({
    index,
    inputs: [index],
    value: Math.min(index, 37),
  }));
  const some = { file: '', target: 'y', inputs: ['a'], candidates, skipped: [], textColumns: [] };

  it('count rows as good as the last of the best 5 % among them', () => {
    expect([...topRows(some, 'max')]).toEqual([37, 38, 39]);
    expect([...topRows(some, 'min')]).toEqual([0, 1]);
  });

  it('have the median over the runs of the best so far', () => {
    const runs = [
      { seed: 0, order: [], values: [3, 1, 5] },
      { seed: 1, order: [], values: [1, 4, 2] },
      { seed: 2, order: [], values: [2, 2, 9] },
    ];
    expect(medianCurve(runs, 'max')).toEqual([2, 3, 5]);
    expect(medianCurve(runs, 'min')).toEqual([2, 1, 1]);
  });

  it('have intervals that hold the median and are the same each time', () => {
    const values = [3, 8, 5, 9, 12, 4, 7];
    const { median, ci } = estimate(values);
    expect(median).toBe(7);
    expect(ci[0]).toBeLessThan(7);
    expect(ci[1]).toBeGreaterThan(7);
    expect(estimate(values)).toEqual({ median, ci });
    expect(estimate([4, 4, 4])).toEqual({ median: 4, ci: [4, 4] });
  });
});
