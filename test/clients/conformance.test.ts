import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cases } from '@ionloop/lab-client/conformance';
import { describePython, python, pythonClient, pythonEnvironment } from '../support/python.js';

const cli = resolve(__dirname, '../../apps/cli/dist/main.js');
const instrument = resolve(__dirname, 'fixtures/instrument.mjs');

interface Finding {
  readonly name: string;
  readonly passed: boolean;
  readonly seen: string;
  readonly output: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ionloop-conformance-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `ionloop conform` as a user runs it. */
function conform(
  command: readonly string[],
  only?: readonly string[],
): { code: number | null; findings: readonly Finding[]; printed: string } {
  const report = join(folder, 'findings.json');
  const chosen = only === undefined ? [] : ['--cases', only.join(',')];
  const run = spawnSync(process.execPath, [cli, 'conform', '--json', report, ...chosen, '--', ...command], {
    env: pythonEnvironment(),
    encoding: 'utf8',
    timeout: 280_000,
  });
  const findings = JSON.parse(readFileSync(report, 'utf8')) as readonly Finding[];
  return { code: run.status, findings, printed: run.stdout };
}

/** What a station does wrong that keeps nothing, draws a new key for each try and never beats. */
const careless = [
  'lost-reply-claim',
  'lost-reply-start',
  'lost-reply-submit',
  'no-answer-submit',
  'stranger-claim',
  'same-claim-twice',
  'lease-lost-while-running',
  'cancel-while-running',
  'another-boot',
  'heartbeats',
  'killed-with-a-result',
  'killed-while-running',
  'new-boot-id',
  'upload',
];

/** The first Python of a page, as a file. */
function exampleOf(page: string): string {
  const text = readFileSync(resolve(__dirname, '../..', page), 'utf8');
  const source = /^ *```python\n([\s\S]*?)^ *```/m.exec(text)?.[1] ?? '';
  const indent = /^ */.exec(source)?.[0] ?? '';
  const file = join(folder, 'example.py');
  writeFileSync(file, source.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  return file;
}

const failures = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ passed }) => !passed).map(({ name, seen, output }) => `${name}: ${seen}\n${output}`);

describe('ionloop station', () => {
  it('passes every case of the conformance kit', () => {
    const { code, findings } = conform([process.execPath, cli, 'station', '--run', `node ${instrument}`]);
    expect(failures(findings)).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual(cases.map(({ name }) => name));
    expect(code).toBe(0);
  }, 300_000);
});

const examples = resolve(__dirname, '../../libs/lab-client/examples');

describe('stations in TypeScript and JavaScript', () => {
  it('pass every case of the conformance kit: mock-potentiostat', () => {
    const { code, findings } = conform([process.execPath, join(examples, 'mock-potentiostat.mjs')]);
    expect(failures(findings)).toEqual([]);
    expect(findings).toHaveLength(cases.length);
    expect(code).toBe(0);
  }, 300_000);

  it('fail it where they are written without care', () => {
    const command = [process.execPath, join(examples, 'naive-station.mjs')];
    const { code, findings } = conform(command, ['plain', ...careless]);
    expect(findings.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(careless);
    expect(code).toBe(1);
  }, 300_000);
});

describePython('stations in Python', () => {
  it.each(['mock_potentiostat', 'simulator'])(
    'pass every case of the conformance kit: %s',
    (name) => {
      const { code, findings } = conform([python(), join(pythonClient, `examples/${name}.py`)]);
      expect(failures(findings)).toEqual([]);
      expect(findings).toHaveLength(cases.length);
      expect(code).toBe(0);
    },
    300_000,
  );

  it.each(['clients/python/README.md'])(
    'run as %s shows it',
    (page) => {
      expect(failures(conform([python(), exampleOf(page)], ['plain']).findings)).toEqual([]);
    },
    120_000,
  );

  it('measure by the program of docs/lab-integration.md', () => {
    const run = `${python()} ${exampleOf('docs/lab-integration.md')}`;
    const { findings } = conform([process.execPath, cli, 'station', '--run', run], ['plain']);
    expect(failures(findings)).toEqual([]);
    expect(findings).toHaveLength(1);
  }, 120_000);

  it('fail it where they are written without care', () => {
    const { code, findings, printed } = conform(
      [python(), join(pythonClient, 'examples/naive_station.py')],
      ['plain', ...careless],
    );
    expect(findings.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(careless);
    expect(printed).toMatch(/^pass +plain/m);
    expect(printed).toMatch(/^FAIL +killed-with-a-result/m);
    expect(code).toBe(1);
  }, 300_000);
});
