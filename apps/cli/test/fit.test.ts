import { afterAll, describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

interface Report {
  readonly model: string;
  readonly rows: number;
  readonly inputs: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly perRow: readonly { row: number; actual: number; mean: number; sd: number }[];
  readonly predictions?: readonly { row: number; mean: number; sd: number; interval95: [number, number] }[];
  readonly timing: { readonly foldMs: readonly number[] };
}

let files = 0;
const csv = (lines: readonly string[]): string => folder.file(`table-${++files}.csv`, lines.join('\n'));

/** y = 2a − b and a step for each salt, with a little noise. */
function table(n = 40, cell = (_row: number, _column: string, value: string): string => value): string[] {
  const rng = Philox.fromSeed('a table to fit');
  const salts = ['LiPF6', 'LiTFSI', 'LiBOB'];
  return [
    'id,a,b,salt,paper,part,y',
    ...Array.from({ length: n }, (_, i) => {
      const a = rng.uniform();
      const b = 10 * rng.uniform();
      const y = 20 + 2 * a - b + 5 * (i % 3) + 0.05 * rng.normal();
      const cells = {
        id: `sample-${i}`,
        a: a.toFixed(4),
        b: b.toFixed(4),
        salt: salts[i % 3]!,
        paper: `doi-${i % 7}`,
        part: i % 4 === 3 ? 'test' : 'train',
        y: y.toFixed(4),
      };
      return Object.entries(cells)
        .map(([column, value]) => cell(i, column, value))
        .join(',');
    }),
  ];
}

function fit(file: string, ...more: string[]): Promise<Ran> {
  return ionloop(['fit', '--data', file, '--target', 'y', ...more]);
}

async function reportOf(file: string, ...more: string[]): Promise<Report> {
  const { code, err } = await fit(file, '--model', 'ridge', '--json', folder.at('report.json'), ...more);
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('ionloop:') as unknown });
  return folder.json('report.json') as Report;
}

const inputs = ['--inputs', 'a,b,salt'];

describe('a fit', () => {
  it('says in JSON how good the model is, row by row', async () => {
    const report = await reportOf(csv(table()), ...inputs);
    expect(report).toMatchObject({ model: 'ridge', rows: 40, inputs: ['a', 'b', 'salt'] });
    expect(Object.keys(report.metrics).sort()).toEqual(
      ['coverage50', 'coverage80', 'coverage95', 'crps', 'mae', 'nlpd', 'r2', 'rmse', 'spearman'].sort(),
    );
    expect(report.metrics['r2']).toBeGreaterThan(0.99);
    expect(report.perRow.map(({ row }) => row)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    const mae = report.perRow.reduce((sum, { actual, mean }) => sum + Math.abs(actual - mean), 0) / 40;
    expect(report.metrics['mae']).toBeCloseTo(mae, 12);
    expect(report.perRow.every(({ sd }) => sd > 0)).toBe(true);
    expect(report.timing.foldMs).toHaveLength(5);
  });

  it('tells it to people', async () => {
    const { out } = await fit(csv(table()), '--model', 'linear', ...inputs, '--folds', '4');
    expect(out).toContain('40 rows, 3 inputs → y\nlinear, 4 folds\n');
    expect(out).toMatch(/MAE +RMSE +R² +Spearman +NLPD +CRPS\n/);
    expect(out).toMatch(/intervals of +50 % +80 % +95 %\n/);
  });

  it('is the same for the same seed, and another for another', async () => {
    const file = csv(table());
    const once = await reportOf(file, ...inputs);
    expect((await reportOf(file, ...inputs)).perRow).toEqual(once.perRow);
    expect((await reportOf(file, ...inputs, '--seed', '1')).perRow).not.toEqual(once.perRow);
  });

  it('takes every model of the catalogue, with text and gaps in the table', async () => {
    const holed = csv(table(24, (row, column, value) => (row % 5 === 2 && column === 'a' ? '' : value)));
    for (const model of [
      'gp',
      'forest',
      'boosting',
      'xgb',
      'tree',
      'linear',
      'bayesian-linear',
      'svr-rbf',
      'knn',
    ]) {
      const report = await reportOf(holed, ...inputs, '--folds', '2', '--model', model);
      expect({ model, finite: Object.values(report.metrics).every(Number.isFinite) }).toEqual({
        model,
        finite: true,
      });
    }
  }, 60_000);

  it('chooses and weighs models by itself', async () => {
    const { out } = await fit(csv(table(30)), ...inputs, '--folds', '2', '--groups', 'paper');
    expect(out).toContain('auto, 2 folds that keep');
    expect(out).toMatch(/\nWeights: .*linear \d+ %/);
    const { metrics, ...rest } = await reportOf(csv(table(30)), ...inputs, '--folds', '2', '--model', 'auto');
    expect(metrics['r2']).toBeGreaterThan(0.98);
    expect(rest).toMatchObject({ weights: [expect.any(Array), expect.any(Array)] });
  }, 60_000);

  it('keeps groups together, and predicts the rows of a given split', async () => {
    const file = csv(table());
    expect((await fit(file, '--model', 'ridge', ...inputs, '--groups', 'paper')).out).toContain(
      '5 folds that keep the 7 groups of paper together',
    );
    const split = await reportOf(file, ...inputs, '--split', 'part');
    expect(split.perRow.map(({ row }) => row)).toEqual(Array.from({ length: 10 }, (_, i) => 4 * i + 3));
  });

  it('learns from all other columns unless they are named, but not from what each row has to itself', async () => {
    const { out, err } = await fit(csv(table(40)), '--model', 'ridge', '--groups', 'paper', '--folds', '3');
    expect(out).toContain('40 rows, 4 inputs');
    expect(err).toBe('"id" is left out: 40 different texts in 40 rows');
  });

  it('learns from formulas', async () => {
    const file = csv([
      'formula,y',
      ...['Li3PO4', 'Li2S', 'LiCl', 'Li2O', 'Li7La3Zr2O12', 'LiTi2(PO4)3', 'Li3N', 'LiF'].map(
        (f, i) => `${f},${i}`,
      ),
    ]);
    const report = await reportOf(file, '--formula', 'formula', '--folds', '2');
    expect(report.inputs).toHaveLength(90 + 94 + 1 + 10);
    expect((await fit(csv(['formula,y', 'Li2S,1', 'Lx2,2']), '--formula', 'formula')).err).toMatch(
      /line 3, "formula": "Lx2" is not a formula: there is no element "Lx" at position 1/,
    );
  });

  it('learns the logarithm where that is asked for', async () => {
    const file = csv(['x,y', ...Array.from({ length: 12 }, (_, i) => `${i},${10 ** (i / 4)}`)]);
    const { perRow } = await reportOf(file, '--log');
    perRow.forEach(({ row, actual }) => expect(actual).toBeCloseTo(row / 4, 9));
    expect((await fit(csv(['x,y', '1,2', '2,0']), '--log')).err).toMatch(
      /line 3: "y" is 0, which has no logarithm/,
    );
  });
});

describe('predictions of another table', () => {
  const other = ['salt,b,a', 'LiBOB,5,0.5', 'LiPF6,5,0.5', 'NaPF6,5,0.5'];

  it('go to standard output, to CSV and to JSON', async () => {
    const args = [...inputs, '--model', 'ridge', '--predict', csv(other)];
    const { out, err } = await fit(csv(table()), ...args);
    expect(out).toMatch(/\nrow,mean,sd,low80,high80,low95,high95\n0,25\.98\d+,/);
    expect(err).toBe('line 4: training knows no salt "NaPF6"');
    const report = await reportOf(
      csv(table()),
      ...inputs,
      '--predict',
      csv(other),
      '--out',
      folder.at('p.json'),
    );
    const predictions = report.predictions!;
    expect(predictions.map(({ mean }) => Math.round(mean))).toEqual([26, 16, expect.any(Number)]);
    for (const { mean, sd, interval95 } of predictions) {
      expect(interval95[1] - mean).toBeCloseTo(1.959964 * sd, 5);
    }
    expect(folder.json('p.json')).toEqual(predictions);
    const { out: rest } = await fit(csv(table()), ...args, '--out', folder.at('p.csv'));
    expect(rest).not.toContain('low95');
  });

  it('need the columns that the model learned from', async () => {
    const { code, err } = await fit(
      csv(table()),
      ...inputs,
      '--model',
      'ridge',
      '--predict',
      csv(['a,b', '1,2']),
    );
    expect([code, err]).toEqual([1, expect.stringMatching(/line 1: there is no column "salt"/)]);
  });
});

describe('an unusual table', () => {
  const column = (values: readonly (number | string)[]): string =>
    csv(['x,y', ...values.map((value, i) => `${i % 5},${value}`)]);

  it('may have a target that does not vary', async () => {
    const { metrics } = await reportOf(column(Array<number>(12).fill(3)));
    expect(metrics).toMatchObject({ mae: expect.closeTo(0, 9) as unknown, r2: 1, coverage80: 1 });
  });

  it('may have more columns than rows', async () => {
    const names = Array.from({ length: 30 }, (_, j) => `x${j}`);
    const row = (i: number): string => [...names.map((_, j) => ((i * 7 + j * 3) % 11) / 11), i].join(',');
    const file = csv([[...names, 'y'].join(','), ...Array.from({ length: 10 }, (_, i) => row(i))]);
    expect((await reportOf(file)).inputs).toHaveLength(30);
  });

  it('may hold the same row many times', async () => {
    const file = csv(['x,y', ...Array.from({ length: 20 }, (_, i) => (i % 2 ? '1,2' : '3,4'))]);
    expect((await reportOf(file)).metrics['mae']).toBeLessThan(0.2);
  });

  it('may have half of its values missing, or rows without a target', async () => {
    const half = csv(table(40, (row, name, value) => (name !== 'y' && (row + name.length) % 2 ? '' : value)));
    expect((await reportOf(half, ...inputs)).rows).toBe(40);
    const { err } = await fit(column([1, '', 3, 4, 5, 6]), '--model', 'ridge');
    expect(err).toBe('skipped line 3: "y" is empty');
  });

  it('may have a category in a fold that the others do not have', async () => {
    const file = csv([
      'kind,y',
      ...Array.from({ length: 12 }, (_, i) => `${i === 0 ? 'alone' : i % 2 ? 'p' : 'q'},${i}`),
    ]);
    for (const model of ['ridge', 'gp', 'forest']) {
      expect((await reportOf(file, '--model', model, '--inputs', 'kind')).rows).toBe(12);
    }
  });

  it.each([
    ['one row', ['x,y', '1,2'], [], /has 1 row with a target; there must be 2 at least/],
    ['no row', ['x,y'], [], /has 0 rows with a target; there must be 2/],
    ['an infinite value', ['x,y', '1,2', 'inf,3', '4,5'], [], /line 3: "x" is "inf", which is not finite/],
    [
      'a value too large to be one',
      ['x,y', '1,2', '1e999,3', '4,5'],
      [],
      /line 3: "x" is "1e999", which is not finite/,
    ],
    [
      'an infinite target',
      ['x,y', '1,2', '1,-Infinity'],
      [],
      /line 3: "y" is "-Infinity", which is not finite/,
    ],
    [
      'a slip among numbers',
      ['x,y', '1,2', '2,3', 'oops,3', '4,5'],
      [],
      /line 4: "x" is "oops", which is not a number/,
    ],
    ['a decimal comma', ['x;y', '1;2', '2;3', '2,5;3'], [], /line 4: "x" is "2,5", .*decimal point/],
    ['a text for a target', ['x,y', '1,2', '2,low'], [], /line 3: "y" is "low", which is not a number/],
    ['an input that is not there', ['x,y', '1,2', '2,3'], ['--inputs', 'z'], /there is no column "z"/],
    [
      'the target as an input',
      ['x,y', '1,2', '2,3'],
      ['--inputs', 'y'],
      /"y" cannot be an input and something else/,
    ],
    ['nothing to learn from', ['y', '1', '2'], [], /has no column to learn from/],
    [
      'too few rows for the folds',
      ['x,y', '1,2', '2,3'],
      ['--folds', '3'],
      /has 2 rows with a target, too few for 3 folds/,
    ],
    ['one group', ['x,g,y', '1,p,2', '2,p,3'], ['--groups', 'g'], /has 1 group in "g"/],
    [
      'a split of other words',
      ['x,s,y', '1,train,2', '2,later,3'],
      ['--split', 's'],
      /line 3: "s" is "later", neither/,
    ],
    [
      'a split without a test',
      ['x,s,y', '1,train,2', '2,train,3'],
      ['--split', 's'],
      /"s" marks no row test/,
    ],
  ])('is refused with a reason: %s', async (_, lines, more, message) => {
    const { code, err } = await fit(csv(lines), '--model', 'ridge', ...more);
    expect([code, err]).toEqual([1, expect.stringMatching(message)]);
  });

  it.each([
    [['--model', 'oracle'], /there is no model "oracle"; choose of .*gp, forest/],
    [['--out', 'p.csv'], /--out needs --predict/],
    [['--split', 'a', '--folds', '3'], /--split says what is predicted from what/],
    [['--folds', '1'], /whole number of at least 2/],
  ])('is asked for in the wrong way: %j', async (more, message) => {
    const { code, err } = await fit(csv(table()), ...more);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});
