/**
 * Runs the studies of this folder: what each found, the picture of it, and the page of all.
 *   npm run example -- 2            one of them: writes its picture.svg, result.json and the paragraph of its README
 *   npm run example -- 2 5 9        several
 *   npm run example -- all          all twenty, and examples/README.md
 *   --small                         a few seconds each, to see that they run; best with --out
 *   --out <folder>                  writes pictures and results there, and touches nothing here
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureReady } from '../scripts/setup.mjs';
import { writeIndex, writeOutcome } from './support/pages.mjs';
import { examplesFolder } from './support/places.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    out: { type: 'string' },
    built: { type: 'boolean', default: false },
  },
});

const folders = readdirSync(examplesFolder)
  .filter((name) => /^\d\d-/.test(name) && existsSync(join(examplesFolder, name, 'README.md')))
  .sort();
const wanted = positionals.includes('all')
  ? folders
  : positionals.map((asked) => {
      const found = folders.find((name) => Number(name.slice(0, 2)) === Number(asked) || name === asked);
      if (found === undefined)
        throw new Error(`there is no example "${asked}"; there are 1 to ${folders.length}, and all`);
      return found;
    });
if (wanted.length === 0) {
  console.log(
    `Which one?\n${folders.map((name) => `  npm run example -- ${Number(name.slice(0, 2))}    ${name.slice(3)}`).join('\n')}`,
  );
  process.exit(2);
}
if (!options.built) await ensureReady();

for (const name of wanted) {
  const folder = join(examplesFolder, name);
  const began = performance.now();
  const { default: run } = await import(pathToFileURL(join(folder, 'run.mjs')));
  const { line, outcome, picture, result } = await run({ small: options.small, folder });
  const [gap] = /\b(undefined|null|NaN|Infinity)\b.*/.exec(`${line}\n${outcome}`) ?? [];
  if (gap !== undefined) throw new Error(`${name} has nothing to say at: ${gap}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name}: ${line} (${seconds} s)`);
  const out = options.out === undefined ? folder : join(options.out, basename(name));
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'picture.svg'), `${picture}\n`);
  writeFileSync(join(out, 'result.json'), `${JSON.stringify({ line, ...result }, null, 2)}\n`);
  if (options.out === undefined) await writeOutcome(join(folder, 'README.md'), outcome);
}
if (options.out === undefined) await writeIndex(folders.map((name) => ({ name, ...read(name) })));

/** What an earlier run left. */
function read(name) {
  const folder = join(examplesFolder, name);
  const [, title] = /^# (.*)$/m.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  const results = readdirSync(folder).includes('result.json');
  return { title, line: results ? JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')).line : null };
}
