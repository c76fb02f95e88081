import type { Command } from 'commander';
import { withRecord } from '../launch/record.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export function addMigrate(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .summary('bring the database up to date')
    .description(
      'Applies the migrations that the database lacks, all or nothing. Starting does so by itself.',
    )
    .addHelpText(
      'after',
      `
Example:
  DATABASE_URL=postgres://user:password@host:5432/ionloop ionloop migrate`,
    )
    .action(async () => {
      const applied = await withRecord(readSettings(terminal), (record) => record.migrate(), {
        create: true,
      });
      for (const name of applied) terminal.out(`applied ${name}`);
      terminal.out(applied.length === 0 ? 'The database was up to date.' : 'The database is up to date.');
    });
}
