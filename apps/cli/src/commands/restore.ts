import type { Command } from 'commander';
import { createReadStream, existsSync } from 'node:fs';
import { Failure } from '../failure.js';
import { artifactFoldersOn } from '../launch/artifacts.js';
import { withRecord } from '../launch/record.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

interface RestoreOptions {
  readonly replace?: true;
  readonly json?: string;
}

export function addRestore(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .summary('bring a whole instance back from its backup')
    .description(
      'Brings an instance back from a file that `backup` wrote, into an empty one. The hashes of its files are checked\n' +
        'before anything is written, the chain of each log before it counts; it is all there afterwards, or nothing is.',
    )
    .argument('<file>', 'the backup')
    .option('--replace', 'whatever is here already is lost')
    .option('--json <file>', 'also write here what was restored')
    .addHelpText(
      'after',
      '\nExamples:\n  ionloop restore ionloop.tar.gz\n  ionloop restore ionloop.tar.gz --replace',
    )
    .action((file: string, options: RestoreOptions) => restore(file, options, terminal));
}

async function restore(file: string, { replace, json }: RestoreOptions, terminal: Terminal): Promise<void> {
  if (!existsSync(file)) throw new Failure(`${file} cannot be read: there is no such file`);
  checkWritable(json);
  const settings = readSettings(terminal);
  const restored = await withRecord(
    settings,
    async (persistence) =>
      persistence.restore(await artifactFoldersOn(settings), () => createReadStream(file), {
        replace: replace === true,
      }),
    { create: true },
  );
  const { campaigns, rows, artifacts, missing } = restored;
  terminal.out(`${rows} rows and ${artifacts} artifacts; campaigns:`);
  for (const { id, events, headHash } of campaigns) terminal.out(`  ${id}  ${events} events to ${headHash}`);
  if (missing.length > 0) terminal.err(`${missing.length} artifacts were missing when the backup was made.`);
  writeJson(json, restored);
}
