import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const most = 500;

/** Longer with a reason: path and why its lines belong together. */
const exceptions: Readonly<Record<string, string>> = {
  'libs/linalg/src/random/sobol-directions.ts': 'one published table of numbers',
};

const written = /\.(?:[cm]?[jt]sx?|py|css|sh)$/;
const passedOver = new Set(['node_modules', 'dist', 'generated', 'results', 'coverage', 'site']);

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!passedOver.has(entry.name) && !entry.name.startsWith('.')) yield* sources(path);
    } else if (written.test(entry.name)) yield path;
  }
}

it(`no source has more than ${most} lines without a reason`, () => {
  const folders = ['apps', 'libs', 'test', 'bench', 'scripts', 'examples', 'clients', 'deploy'];
  const all = folders.flatMap((folder) => [...sources(join(checkout, folder))]);
  const long = all
    .map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > most)
    .map(({ path }) => relative(checkout, path).replaceAll('\\', '/'));
  expect(all.length).toBeGreaterThan(1000);
  expect(long).toEqual(Object.keys(exceptions));
});
