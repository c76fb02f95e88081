import { afterAll, describe, expect, it } from '@jest/globals';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

const space = {
  parameters: [
    { kind: 'mixture', name: 'composition', step: 0.05, components: [{ name: 'A' }, { name: 'B' }] },
    { kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' },
  ],
};
const objective = { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' };
const campaign = folder.file(
  'campaign.json',
  JSON.stringify({ space, objective, strategy: { name: 'gp-log-ei', initial: 4 } }),
);
const header = 'A,B,temperature,ionic_conductivity';
const results = [
  header,
  '0.2,0.8,800,1e-5',
  '0.5,0.5,900,8e-5',
  '0.5,0.5,900,9e-5',
  '0.8,0.2,1000,3e-5',
  '0.3,0.7,1100,2e-5',
  '0.6,0.4,850,6e-5',
];

const propose = (data: readonly string[] | null, ...more: readonly string[]): Promise<Ran> =>
  ionloop([
    'propose',
    '--campaign',
    campaign,
    ...(data === null ? [] : ['--data', folder.file('results.csv', data.join('\n'))]),
    ...more,
  ]);

interface Proposals {
  readonly proposals: readonly {
    readonly point: unknown;
    readonly reason: string;
    readonly origin: string;
  }[];
  readonly model: string | null;
}

describe('proposing from files', () => {
  it('begins with an initial design where there are no results', async () => {
    const { code, out } = await propose(null, '--count', '2', '--json', folder.at('first.json'));
    expect(code).toBe(0);
    expect(out).toContain('From 0 results');
    const { proposals } = folder.json('first.json') as Proposals;
    expect(proposals.map(({ origin }) => origin)).toEqual(['initial', 'initial']);
  });

  it('goes on from results, says why, and says the same again', async () => {
    const first = await propose(results, '--count', '3', '--json', folder.at('a.json'));
    const second = await propose(results, '--count', '3', '--json', folder.at('b.json'));
    expect(first.code).toBe(0);
    expect(second.out).toBe(first.out);
    const { proposals, model } = folder.json('a.json') as Proposals;
    expect(proposals).toHaveLength(3);
    expect(proposals.every(({ origin, reason }) => origin === 'model' && reason.length > 10)).toBe(true);
    expect(model).not.toBeNull();
    expect(first.out).toContain('From 5 results');
    expect(first.out).toMatch(/ionic_conductivity: \S+ S\/cm \(\S+ … \S+\)/);
  }, 60_000);

  it('learns from results from elsewhere, each file by itself, and says so', async () => {
    const papers = folder.file(
      'papers.csv',
      [
        'A,B,temperature [K],ionic_conductivity [mS/cm],doi',
        ...Array.from({ length: 12 }, (_, i) => {
          const share = 0.1 + 0.05 * i;
          const value = 0.1 / (1 + ((share - 0.5) / 0.2) ** 2);
          return `${share.toFixed(2)},${(1 - share).toFixed(2)},${1093.15 + 15 * i},${value.toPrecision(4)},10.1/${i}`;
        }),
      ].join('\n'),
    );
    const { code, out } = await propose(results, '--count', '1', '--knowledge', papers);
    expect(code).toBe(0);
    expect(out).toContain('From 5 results and 12 from elsewhere, by gp-log-ei:');
    expect(out).toMatch(/12 results from elsewhere/);
    const wrong = folder.file('wrong.csv', `${header}\n0.2,0.9,800,1e-5`);
    const refused = await propose(results, '--knowledge', wrong);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toMatch(/wrong\.csv.*line 2/);
  }, 120_000);

  it('says on request whether to stop and whether the model can be trusted', async () => {
    const advised = await propose(results, '--count', '1', '--advice', '--json', folder.at('advice.json'));
    expect(advised.code).toBe(0);
    expect(advised.out).toMatch(/^(Go on|Stop): the chance that anything left beats .* is \d.*%; .*\.$/m);
    expect(advised.out).toMatch(/^(To be trusted|To be taken with care|Not to be trusted): .*\.$/m);
    const { advice } = folder.json('advice.json') as { advice: Record<string, Record<string, unknown>> };
    expect(advice['stop']).toMatchObject({ budgetLeft: null, plateau: expect.any(Number) });
    expect(advice['diagnosis']!['metrics']).toMatchObject({ r2: expect.any(Number) });
    expect(advised.out).toContain(advice['stop']!['reason']);
    expect((await propose(results, '--count', '1')).out).not.toContain('the chance that anything');
  }, 60_000);

  it('advises on few results in so many words, and to stop when the budget of the campaign is spent', async () => {
    const few = await propose(results.slice(0, 3), '--count', '1', '--advice');
    expect(few.out).toContain('too few results to say whether the model can be trusted');
    expect(few.out).toContain('Go on: 2 of the initial design are still to come.');
    const short = folder.file(
      'short.json',
      JSON.stringify({ space, objective, strategy: { name: 'gp-log-ei', initial: 4 }, budget: 5 }),
    );
    const data = folder.file('five.csv', results.join('\n'));
    const spent = await ionloop(['propose', '--campaign', short, '--data', data, '--advice']);
    expect(spent.out).toContain('Stop: all 5 experiments of the budget are spent.');
  }, 60_000);

  it.each([
    [
      'a column that is missing',
      ['A,temperature,ionic_conductivity', '0.2,800,1e-5'],
      'line 1: there is no column "B"',
    ],
    [
      'a value that is none',
      [header, '0.2,0.8,hot,1e-5'],
      'line 2: "temperature" is "hot", which is not a number',
    ],
    ['a result that is missing', [...results, '0.2,0.8,810,'], 'line 8: "ionic_conductivity" is empty'],
    ['a result without logarithm', [header, '0.2,0.8,810,0'], 'line 2: 0 has no logarithm'],
    ['a point outside the space', [header, '0.2,0.8,1500,1e-5'], 'line 2: '],
  ])('refuses %s, by its line', async (_what, data, words) => {
    const { code, err } = await propose(data);
    expect(err).toContain(`results.csv, ${words}`);
    expect(code).toBe(1);
  });

  it.each([
    ['no JSON', '{"space": }', 'is not JSON'],
    ['no object', '[]', 'must hold an object'],
    ['no objective', JSON.stringify({ space }), 'objective'],
    ['a unit of something else', JSON.stringify({ space, objective: { ...objective, unit: 'K' } }), '"K"'],
  ])('refuses a campaign file that holds %s', async (_what, text, words) => {
    const file = folder.file('bad.json', text);
    const { code, err } = await ionloop(['propose', '--campaign', file]);
    expect(err).toContain('bad.json');
    expect(err).toContain(words);
    expect(code).toBe(1);
  });
});
