import { afterAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { Folder, ionloop, type Ran } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

const campaign = folder.file(
  'campaign.json',
  JSON.stringify({
    space: {
      parameters: [
        {
          kind: 'mixture',
          name: 'salt',
          step: 0.02,
          components: [{ name: 'A' }, { name: 'B' }, { name: 'C' }, { name: 'D' }],
        },
      ],
    },
    objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    strategy: 'gp-ucb',
  }),
);
const results = folder.file(
  'results.csv',
  [
    'A,B,C,D,ionic_conductivity',
    '0.2,0.3,0.4,0.1,1e-4',
    '0.3,0.3,0.4,0,3e-4',
    '0.5,0.3,0.2,0,8e-5',
    '0.2,0.6,0.2,0,2e-5',
    '0,0.3,0.4,0.3,1e-6',
    '0.1,0.1,0.1,0.7,4e-7',
    '0.4,0.2,0.3,0.1,2e-4',
  ].join('\n'),
);
const funnel = folder.file(
  'funnel.json',
  JSON.stringify([{ kind: 'range', name: 'little D', column: 'D', max: 0.2 }]),
);

const screen = (...more: readonly string[]): Promise<Ran> =>
  ionloop(['screen', '--campaign', campaign, '--results', results, ...more]);

interface Report {
  readonly stages: readonly { readonly name: string; readonly came: number; readonly passed: number }[];
  readonly student: { readonly rankAgreement: number } | null;
  readonly best: readonly {
    readonly index: string;
    readonly point: { readonly salt: Record<string, number> };
  }[];
}
const report = (file: string): Report => folder.json(file) as Report;

describe('screening from files', () => {
  it('tells the funnel, the rate and the best, the same with any number of threads', async () => {
    const one = await screen(
      '--top',
      '20',
      '--funnel',
      funnel,
      '--threads',
      '1',
      '--json',
      folder.at('1.json'),
    );
    const two = await screen(
      '--top',
      '20',
      '--funnel',
      funnel,
      '--threads',
      '2',
      '--json',
      folder.at('2.json'),
    );
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(one.out).toMatch(/little D +23 426 +\d/);
    expect(one.out).toMatch(/23 426 candidates in .* on 1 threads: .* a second/);
    const { stages, best } = report('1.json');
    expect(best).toHaveLength(20);
    expect(best.every(({ point }) => (point.salt['D'] ?? 1) <= 0.2)).toBe(true);
    expect(stages[1]?.came).toBe(stages[0]?.passed);
    expect(report('2.json').best).toEqual(best);
  });

  it('leaves its state behind, and finds everything done when it comes back', async () => {
    const state = folder.at('state.json');
    const rest = ['--top', '30', '--resume', state, '--json', folder.at('resumed.json')];
    await screen('--top', '30', '--json', folder.at('whole.json'));
    await screen(...rest);
    const written = readFileSync(state, 'utf8');
    expect((JSON.parse(written) as { done: number[] }).done).toEqual([1, 1]);
    expect((await screen(...rest)).code).toBe(0);
    expect(readFileSync(state, 'utf8')).toBe(written);
    expect(report('resumed.json').best).toEqual(report('whole.json').best);
  });

  it('refuses the state of another screen', async () => {
    const state = folder.at('other.json');
    await screen('--top', '5', '--resume', state);
    const { code, err } = await screen('--top', '6', '--resume', state);
    expect(code).toBe(1);
    expect(err).toContain('is the state of another screen');
    writeFileSync(state, '{}');
    expect((await screen('--top', '5', '--resume', state)).err).toContain('is not the state of a screen');
  });

  it('teaches a student and says how well it does', async () => {
    const { code, out } = await screen(
      ...['--top', '10', '--teacher-student', '--labels', '300', '--json', folder.at('student.json')],
    );
    expect(code).toBe(0);
    expect(out).toMatch(/On 90 others its ranks agree with the teacher's to 0\.\d+/);
    expect(report('student.json').stages.map(({ name }) => name)).toEqual(['student', 'teacher']);
    expect(report('student.json').student?.rankAgreement).toBeGreaterThan(0.8);
  });

  it('screens substitutions from formulas', async () => {
    const space = folder.file(
      'space.json',
      JSON.stringify({ template: 'Li6{A}{X}', sites: { A: ['P', 'As', 'Sb'], X: ['Cl', 'Br', 'I', 'F'] } }),
    );
    const known = folder.file(
      'known.csv',
      ['formula,sigma', 'Li6PCl,1e-3', 'Li6AsBr,1e-4', 'Li6SbI,2e-5', 'Li6PI,1e-5', 'Li6PF,1e-7'].join('\n'),
    );
    const { code, out } = await ionloop([
      ...['screen', '--space', space, '--results', known, '--target', 'sigma', '--goal', 'max', '--log'],
      ...['--top', '12'],
    ]);
    expect(code).toBe(0);
    expect(out).toContain('12 candidates');
    expect(out).toContain('Li6PCl');
  });

  it('names what is wrong', async () => {
    expect((await ionloop(['screen', '--results', results])).code).toBe(2);
    expect((await screen('--range', '5')).code).toBe(2);
    const beyond = await screen('--range', '0:99999999');
    expect([beyond.code, beyond.err]).toEqual([1, expect.stringContaining('must lie within 0:23426')]);
    const unknown = await screen('--model', 'oracle');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('oracle')]);
  });
});
