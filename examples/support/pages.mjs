/** What a run writes into pages: its paragraph into its own, all pictures into that of all. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { examplesFolder } from './places.mjs';

const begins = '<!-- what came out: written by the command -->';
const ends = '<!-- end -->';

const tidied = async (text) =>
  prettier.format(text, {
    ...(await prettier.resolveConfig(join(examplesFolder, 'README.md'))),
    parser: 'markdown',
  });

export async function writeOutcome(page, outcome) {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begins);
  const [, after] = rest?.split(ends) ?? [];
  if (after === undefined) throw new Error(`${page} must hold "${begins}" and "${ends}"`);
  writeFileSync(page, await tidied(`${before}${begins}\n\n${outcome}\n\n${ends}${after}`));
}

export async function writeIndex(studies) {
  const parts = studies
    .filter(({ line }) => line !== null)
    .map(
      ({ name, title, line }) =>
        `## [${title}](${name}/README.md)\n\n${line}\n\n[![${title}](${name}/picture.svg)](${name}/README.md)\n`,
    );
  const text = `# Twenty studies, run with Ionloop

Each folder takes a study that the field's reviews hold up and does with Ionloop what it did: a campaign file, its data or a simulator, and one command.
\`npm run example -- 2\` runs the second, \`npm run example -- all\` all of them (some minutes); they write the pictures, the figures below and each folder's
\`result.json\`, the same figures on every machine. Where the original data cannot be had the page says so, and says what stands in for them.

${parts.join('\n')}`;
  writeFileSync(join(examplesFolder, 'README.md'), await tidied(text));
}
