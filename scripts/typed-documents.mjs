// The typed documents of a folder of operations, from the committed schema: what codegen of the dashboard and of the
// client writes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { parse } from 'graphql';

export const schemaText = () => readFileSync(new URL('../apps/api/schema.graphql', import.meta.url), 'utf8');

/** `config` is what the generator is told beside what holds for both. */
export async function typedDocuments(folder, config = {}) {
  const documents = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const rawSDL = readFileSync(new URL(file, folder), 'utf8');
      return { location: file, rawSDL, document: parse(rawSDL) };
    });
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: 'generated/',
    schema: parse(schemaText()),
    documents,
    presetConfig: { fragmentMasking: false },
    config: {
      scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' },
      enumsAsTypes: true,
      useTypeImports: true,
      avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
      ...config,
    },
    pluginMap: {},
    plugins: [],
  });
  return await codegen(sections.find(({ filename }) => filename.endsWith('graphql.ts')));
}

/** With `--check` nothing is written, and a difference fails. */
export function writeOrCheck(files, workspace) {
  for (const [target, text] of files) {
    if (!process.argv.includes('--check')) {
      writeFileSync(target, text);
    } else if (readFileSync(target, 'utf8') !== text) {
      console.error(`${target.pathname} differs from the schema: run \`npm run codegen -w ${workspace}\`.`);
      process.exitCode = 1;
    }
  }
}
