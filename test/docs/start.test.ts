import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const page = readFileSync(join(checkout, 'docs/start.md'), 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

it('the first page’s two files are answered with as many recipes as are asked for', () => {
  const [, options] = /^npx ionloop (propose .*)$/m.exec(page) ?? [];
  expect(options).toMatch(/--campaign ternary\.json --data results\.csv --count 4$/);
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-start-'));
  try {
    writeFileSync(join(folder, 'ternary.json'), block('json'));
    writeFileSync(join(folder, 'results.csv'), block('csv'));
    const command = [join(checkout, 'apps/cli/dist/main.js'), ...(options ?? '').split(' ')];
    const run = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', timeout: 200_000 });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/^From 5 results, by auto:/);
    const recipes = [...run.stdout.matchAll(/^(\d)\. (Li3PO4 .*)$/gm)];
    expect(recipes.map(([, number]) => number)).toEqual(['1', '2', '3', '4']);
    expect(new Set(recipes.map(([, , recipe]) => recipe)).size).toBe(4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
