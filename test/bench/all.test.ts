import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';

const bench = resolve(__dirname, '../../bench/main.mjs');
const folder = mkdtempSync(join(tmpdir(), 'ionloop-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('all benches make one report, here two of them at toy sizes', () => {
  const run = spawnSync(
    process.execPath,
    [bench, '--smoke', '--only', 'demo-loop,screening', '--to', folder],
    { encoding: 'utf8', timeout: 110_000 },
  );
  expect(run.status).toBe(0);
  const report = readFileSync(join(folder, 'report.md'), 'utf8');
  expect(report).toMatch(/^## Screens\n\n\d+ s, load [\d.]+ before/m);
  expect(report).toMatch(/^\| mean \+ sd, UCB \|/m);
  expect(report).toMatch(/simulated lab: best possible 4\.9\de-4 S\/cm; 1 seeds/);
  const { machine, found } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
    machine: { node: string };
    found: { name: string; code: number }[];
  };
  expect(machine.node).toBe(process.versions.node);
  expect(found.map(({ name, code }) => [name, code])).toEqual([
    ['demo-loop', 0],
    ['screening', 0],
  ]);
}, 120_000);

it('a bench that is not there is refused by its name', () => {
  const run = spawnSync(process.execPath, [bench, '--only', 'core,speed'], { encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('there is no bench "speed"; there are core,');
});
