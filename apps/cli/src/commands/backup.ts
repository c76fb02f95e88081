import type { Command } from 'commander';
import { artifactFoldersOn } from '../launch/artifacts.js';
import { withRecord } from '../launch/record.js';
import { writeStream } from '../report/stream-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export function addBackup(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .summary('write a whole instance to one file')
    .description(
      'Writes everything to one file: all tables as of one moment, and the artifacts of all workspaces. It may be done while\n' +
        'Ionloop runs.\n' +
        'The file holds whatever the record does, hashes of tokens included: keep it as you keep the database.',
    )
    .argument('<file>', 'where to, such as ionloop.tar.gz')
    .addHelpText('after', '\nExample:\n  ionloop backup ionloop.tar.gz')
    .action((file: string) => backup(file, terminal));
}

async function backup(file: string, terminal: Terminal): Promise<void> {
  const settings = readSettings(terminal);
  const bytes = await withRecord(settings, async (persistence) =>
    writeStream(file, persistence.backup(await artifactFoldersOn(settings)), terminal),
  );
  terminal.out(`${file}: ${bytes} bytes.`);
}
