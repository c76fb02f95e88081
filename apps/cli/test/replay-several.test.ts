import { afterAll, describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { limitIn } from '../src/replay/wishes.js';
import { Folder, ionloop } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

interface Row {
  readonly a: number;
  readonly b: number;
  readonly sigma: number;
  readonly density: number;
  readonly leak: number;
  readonly euros: number;
}

/** Two results that pull against each other, one that must stay small, and a price: 50 rows. */
function rowsOf(): readonly Row[] {
  const draw = Philox.fromSeed('several pool');
  return Array.from({ length: 50 }, () => {
    const [a, b] = [draw.uniform(), draw.uniform()].map((value) => Number(value.toFixed(3))) as [
      number,
      number,
    ];
    return {
      ...{ a, b, sigma: Number((1 - (a - 0.8) ** 2 - (b - 0.3) ** 2).toFixed(5)) },
      density: Number((1 - (a - 0.2) ** 2 - (b - 0.4) ** 2).toFixed(5)),
      leak: Number((10 ** (-10 + 4 * b)).toPrecision(4)),
      euros: Number((1 + 9 * a).toFixed(2)),
    };
  });
}

const rows = rowsOf();
const columns = ['a', 'b', 'sigma', 'density', 'leak', 'euros'] as const;
const pool = folder.file(
  'several.csv',
  [columns.join(','), ...rows.map((row) => columns.map((column) => row[column]).join(','))].join('\n'),
);
const keeps = ({ leak }: Row): boolean => leak <= 1e-7;

interface Report {
  readonly strategy: string;
  readonly targets?: readonly unknown[];
  readonly limits?: readonly unknown[];
  readonly runs: readonly {
    readonly order: readonly number[];
    readonly values: readonly (number | readonly number[])[];
    readonly keeps?: readonly boolean[];
    readonly spent?: readonly number[];
  }[];
  readonly summary: {
    readonly firstOfFront?: { readonly median: number };
    readonly frontFound?: { readonly median: number };
    readonly front?: number;
    readonly volume?: Readonly<Record<string, number>>;
    readonly firstTop5?: { readonly median: number };
    readonly top5?: number;
    readonly best?: Readonly<Record<string, number | null>>;
    readonly bestBySpent?: Readonly<Record<string, number | null>>;
    readonly kept?: { readonly median: number };
    readonly spent?: { readonly median: number };
    readonly af: Readonly<Record<string, number | null>>;
    readonly ef: Readonly<Record<string, number>>;
  };
}

const replay = (...args: readonly string[]) => ionloop(['replay', '--pool', pool, ...args]);
const inputs = ['--inputs', 'a,b', '--seeds', '2', '--budget', '14'];
const both = ['--target', 'sigma', '--goal', 'max', '--target', 'density', '--goal', 'max'];

async function replayed(out: string, ...args: readonly string[]): Promise<readonly [Report, string]> {
  const { code, err, out: printed } = await replay(...args, ...inputs, '--json', folder.at(out));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [report] = folder.json(out) as readonly Report[];
  return [report!, printed];
}

describe('a replay of several targets', () => {
  it('finds the front of the rows that keep all limits, and its volume', async () => {
    const [{ runs, summary, limits }, printed] = await replayed(
      'front.json',
      ...both,
      '--limit',
      'leak::1e-7:log10',
    );
    const kept = rows.filter(keeps);
    const front = kept.filter(
      (one) =>
        !kept.some(
          (other) =>
            other.sigma >= one.sigma &&
            other.density >= one.density &&
            (other.sigma > one.sigma || other.density > one.density),
        ),
    );
    expect(summary.front).toBe(front.length);
    expect(limits).toEqual([{ column: 'leak', low: null, high: 1e-7, transform: 'log10' }]);
    for (const { order, values, keeps: own } of runs) {
      expect(new Set(order).size).toBe(14);
      expect(values).toEqual(order.map((i) => [rows[i]?.sigma, rows[i]?.density]));
      expect(own).toEqual(order.map((i) => keeps(rows[i]!)));
    }
    const shares = runs.map(
      ({ order }) => order.filter((i) => front.includes(rows[i]!)).length / front.length,
    );
    expect(summary.frontFound?.median).toBeCloseTo((shares[0]! + shares[1]!) / 2, 12);
    expect(Object.keys(summary.volume ?? {})).toEqual(['10']);
    expect(summary.volume?.['10']).toBeGreaterThan(0);
    expect(summary.volume?.['10']).toBeLessThanOrEqual(1);
    expect(printed).toContain(
      'sigma as large as can be; density as large as can be; leak at most 1e-7 in any case',
    );
    expect(printed).toMatch(/strategy +first of the front +front found .* keep limits +volume@10/);
  }, 60_000);

  it('plays windows among them, the same again', async () => {
    const windows = ['--target', 'sigma', '--goal', 'window:0.7:0.8', '--target', 'density', '--goal', 'min'];
    const [first] = await replayed('window.json', ...windows);
    const [second] = await replayed('window-again.json', ...windows);
    expect(second.runs).toEqual(first.runs);
    expect(second.summary).toEqual(first.summary);
    // Inside the window all are equal by the first: only the least dense of them is of the front.
    const inside = rows.filter(({ sigma }) => sigma >= 0.7 && sigma <= 0.8);
    expect(inside.length).toBeGreaterThan(1);
    expect(first.summary.front).toBeLessThan(rows.length - inside.length + 2);
  }, 60_000);
});

describe('a replay with limits and costs', () => {
  it('of one target reports by the usual names, of rows that keep the limits', async () => {
    const [{ runs, summary }, printed] = await replayed(
      'limited.json',
      ...['--target', 'sigma', '--goal', 'max', '--limit', 'leak::1e-7', '--strategy', 'random'],
    );
    const kept = rows.filter(keeps);
    expect(summary.top5).toBe(Math.ceil(0.05 * kept.length));
    const bests = runs.map(({ order }) =>
      Math.max(...order.slice(0, 10).flatMap((i) => (keeps(rows[i]!) ? [rows[i]!.sigma] : []))),
    );
    expect(summary.best?.['10']).toBeCloseTo((bests[0]! + bests[1]!) / 2, 12);
    expect(summary.kept?.median).toBeLessThan(1);
    expect(Object.keys(summary)).toEqual(
      expect.arrayContaining(['firstTop5', 'top5Found', 'best', 'af', 'ef']),
    );
    expect(printed).toMatch(/first top-5 % hit/);
  }, 60_000);

  it('stops where the money ends, and tells what was reached for how much', async () => {
    const budget = 40;
    const [{ runs, summary }, printed] = await replayed(
      'paid.json',
      ...['--target', 'sigma', '--goal', 'max', '--cost', 'euros', '--cost-budget', String(budget)],
    );
    for (const { order, spent = [] } of runs) {
      const sums = order.map((_, i) =>
        order.slice(0, i + 1).reduce((sum, row) => sum + (rows[row]?.euros ?? NaN), 0),
      );
      spent.forEach((sum, i) => expect(sum).toBeCloseTo(sums[i]!, 9));
      expect(spent.at(-1)).toBeLessThanOrEqual(budget);
    }
    expect(Object.keys(summary.bestBySpent ?? {})).toEqual(['10.00', '20.00', '30.00', '40.00']);
    const reached = Object.values(summary.bestBySpent ?? {}).map((value) => value ?? 0);
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    expect(printed).toContain('best@40.00 spent');
    expect(printed).toContain('Best so far over what was spent, up to 40.00');
  }, 60_000);

  it.each([
    [['--target', 'sigma', '--target', 'density', '--goal', 'max'], 'say --goal once for each --target'],
    [[...both, '--transform', 'none'], 'say --transform once for each --target'],
    [
      ['--target', 'sigma', '--target', 'sigma', '--goal', 'max', '--goal', 'max'],
      '--target is given twice for "sigma"',
    ],
    [[...both, '--limit', 'leak:1'], 'column:low:high'],
    [[...both, '--limit', 'leak:5:1'], 'column:low:high'],
    [[...both, '--limit', 'nothing::1'], 'nothing'],
    [[...both, '--limit', 'leak:5:'], 'no row'],
    [[...both, '--cost-budget', '5'], '--cost-budget goes with --cost'],
    [[...both, '--cost', 'density'], 'cannot be both a cost and a result'],
    [[...both, '--transform', 'ln', '--transform', 'none'], 'Allowed choices are none, log10'],
  ])('refuses %j', async (args, words) => {
    const { code, err } = await replay(...args, ...inputs);
    expect(err).toContain(words);
    expect(code).not.toBe(0);
  });

  it('reads limits with colons in the names of columns', () => {
    expect(limitIn('x:y::2')).toEqual([{ column: 'x:y', low: null, high: 2, transform: 'none' }]);
    expect(limitIn('y:1:2:log10', limitIn('x:1:'))).toHaveLength(2);
  });
});
