import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { freshDatabase } from '../support/postgres.js';

const checkout = resolve(__dirname, '../..');
/** Inside the checkout, so that examples find our packages as a reader's program would; ignored by git. */
const scratch = join(checkout, '.stamps/examples');

const packages = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(join(checkout, folder)).map((name) => `${folder}/${name}`),
);

const pages = [
  ...packages.map((folder) => `${folder}/README.md`),
  ...readdirSync(join(checkout, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const examples = pages.flatMap((page) => {
  const text = existsSync(join(checkout, page)) ? readFileSync(join(checkout, page), 'utf8') : '';
  return [...text.matchAll(/```(?:ts|js|mjs)\n([\s\S]*?)```/g)].map((match, i) => ({
    name: `${page}, example ${i + 1}`,
    file: `${page.replace(/\W/g, '-')}-${i + 1}.mjs`,
    source: match[1] ?? '',
  }));
});

describe('the examples in the documentation', () => {
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('are there for every library', () => {
    for (const folder of packages.filter((name) => name.startsWith('libs/'))) {
      expect(examples.filter(({ name }) => name.startsWith(`${folder}/`))).not.toHaveLength(0);
    }
  });

  it.each(examples)(
    '$name runs as it stands',
    async ({ file, source }) => {
      const database = await freshDatabase();
      mkdirSync(join(scratch, 'home'), { recursive: true });
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
      });
      writeFileSync(join(scratch, file), outputText);
      const run = spawnSync(process.execPath, [join(scratch, file)], {
        cwd: join(scratch, 'home'),
        env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
        encoding: 'utf8',
        timeout: 60_000,
      });
      await database.drop();
      expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    },
    90_000,
  );
});
