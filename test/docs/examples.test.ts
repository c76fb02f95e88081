import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { TestServer } from '../../apps/api/test/support/server.js';
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
      const server = source.includes('IONLOOP_TOKEN') ? await TestServer.start() : null;
      mkdirSync(join(scratch, 'home'), { recursive: true });
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
      });
      writeFileSync(join(scratch, file), outputText);
      const ended = await run(join(scratch, file), {
        cwd: join(scratch, 'home'),
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: database.url,
          ...(server && { IONLOOP_URL: server.url, IONLOOP_TOKEN: server.tokens.admin }),
        },
      });
      await server?.close();
      await database.drop();
      expect(ended).toEqual({ status: 0, stderr: '' });
    },
    120_000,
  );
});

/** Beside us: the server that an example asks may run in this process. */
function run(file: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
  return new Promise<{ readonly status: number | null; readonly stderr: string }>((ended) => {
    const example = spawn(process.execPath, [file], { ...options, timeout: 90_000 });
    let stderr = '';
    example.stdout.resume();
    example.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    example.once('close', (status) => ended({ status, stderr }));
  });
}
