// Types of the dashboard's operations from the committed schema. `--check` writes nothing and fails on a difference.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { parse } from 'graphql';

const here = (path) => new URL(path, import.meta.url);
const folder = here('../src/api/operations/');
const target = here('../src/api/generated/graphql.ts');

const documents = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
  .map((file) => {
    const rawSDL = readFileSync(new URL(file, folder), 'utf8');
    return { location: file, rawSDL, document: parse(rawSDL) };
  });

const sections = await preset.buildGeneratesSection({
  baseOutputDir: 'generated/',
  schema: parse(readFileSync(here('../../api/schema.graphql'), 'utf8')),
  documents,
  presetConfig: { fragmentMasking: false },
  config: {
    scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' },
    enumsAsTypes: true,
    useTypeImports: true,
    avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
  },
  pluginMap: {},
  plugins: [],
});
const section = sections.find(({ filename }) => filename.endsWith('graphql.ts'));
const generated = await codegen(section);

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== generated) {
    console.error('src/api/generated differs from the schema: run `npm run codegen -w @ionloop/dashboard`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, generated);
}

// The same operations, as the server may be told to answer no others.
await import('../../../scripts/operations.mjs');
