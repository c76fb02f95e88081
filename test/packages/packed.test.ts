import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const names = readdirSync(join(checkout, 'libs'));
const folder = mkdtempSync(join(tmpdir(), 'ionloop-packed-'));
const project = join(folder, 'project');
const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
let tarballs: readonly string[] = [];

const run = (command: string, args: readonly string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stdout}${stderr}`);
  return stdout;
};

beforeAll(() => {
  const pack = join(checkout, 'scripts/pack.mjs');
  tarballs = run(process.execPath, [pack, join(folder, 'tarballs')], checkout)
    .trim()
    .split('\n');
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('every library becomes a tarball that holds what was built, its README and its licence, and nothing else', () => {
  expect(tarballs.map((path) => basename(path))).toEqual(
    names.map((name) => `ionloop-${name}-${version}.tgz`),
  );
  for (const path of tarballs) {
    const files = execFileSync('tar', ['-tzf', path], { encoding: 'utf8' }).trim().split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['package/LICENSE', 'package/README.md', 'package/dist/index.js']),
    );
    const stray = files.filter(
      (file) =>
        !/^package\/(LICENSE|README\.md|package\.json|notices\/.+|dist\/.+\.(js|d\.ts|json|wasm))$/.test(
          file,
        ),
    );
    expect({ [basename(path)]: stray }).toEqual({ [basename(path)]: [] });
  }
});

/** Predicts with a surrogate and asks the planner what to try next: as much as a library's user would do first. */
const program = `
import { fromRows, Philox } from '@ionloop/linalg';
import type { PlanRequest } from '@ionloop/domain';
import { plan } from '@ionloop/planner';
import { type ClientError, IonloopClient } from '@ionloop/client';
import { gaussianProcess, type Surrogate } from '@ionloop/surrogates';

const X = fromRows([[0.1], [0.35], [0.6], [0.9]]);
const model: Surrogate = gaussianProcess().fit(
  { X, y: Float64Array.of(1.0, 2.1, 2.4, 1.5) },
  Philox.fromSeed('packed'),
);
const request: PlanRequest = {
  space: { parameters: [{ kind: 'continuous', name: 'temperature', min: 800, max: 1100 }] },
  objectives: [{ property: 'density', goal: 'maximise', transform: 'none', unit: 'g/cm3' }],
  strategy: { name: 'auto', initial: 3 },
  seed: 'packed',
  count: 1,
  experimentsSoFar: 3,
  observations: [850, 950, 1050].map((temperature) => ({
    point: { temperature },
    values: [3 - ((temperature - 960) / 100) ** 2],
  })),
  failures: [],
  pending: [],
};
const [next] = plan(request).proposals;

const client = new IonloopClient({ url: 'http://127.0.0.1:9', token: 'none', retry: { tries: 1 } });
const names = async (): Promise<string[]> => (await client.campaigns.list().toArray()).map(({ name }) => name);
const failed: string = await names().then(() => 'answered', (error: unknown) => (error as ClientError).code);
console.log(JSON.stringify({ mean: model.predict(X).mean[1], next: next?.point['temperature'], failed }));
`;

it('the tarballs install into an empty project, where their types hold and a first program runs', () => {
  const used = ['linalg', 'domain', 'chemistry', 'space', 'surrogates', 'acquisition', 'planner', 'client'];
  const wanted = tarballs.filter((path) =>
    used.some((name) => basename(path) === `ionloop-${name}-${version}.tgz`),
  );
  mkdirSync(project);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--omit=optional'];
  run('npm', ['install', ...quiet, ...wanted], project);
  writeFileSync(join(project, 'first.ts'), program);
  const strict = ['--strict', '--target', 'es2023', '--module', 'nodenext', '--skipLibCheck', 'false'];
  const types = ['--types', 'node', '--typeRoots', join(checkout, 'node_modules/@types')];
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [tsc, ...strict, ...types, 'first.ts'], project);
  const said = JSON.parse(run(process.execPath, ['first.js'], project)) as {
    mean: number;
    next: number;
    failed: string;
  };
  expect(said.mean).toBeCloseTo(2.1, 0);
  expect(said.next).toBeGreaterThanOrEqual(800);
  expect(said.next).toBeLessThanOrEqual(1100);
  expect(said.failed).toBe('UNAVAILABLE');
}, 300_000);
