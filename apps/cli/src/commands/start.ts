import { Option, type Command } from 'commander';
import type { Terminal } from '../terminal.js';
import { readSettings } from '../settings.js';
import { launch } from '../launch/launch.js';
import { processBegan } from '../launch/clock.js';

export function addStart(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .summary('start everything, with a demo campaign on an empty record')
    .description(
      'Starts the database, the server, a worker and, unless IONLOOP_DEMO=0, a simulated lab; prints one link.\n' +
        'Settings come from the environment: docs/settings.md lists them.',
    )
    .addOption(
      new Option('--began <ms>', 'when the wait began, by the system clock').argParser(Number).hideHelp(),
    )
    .addHelpText(
      'after',
      `
Examples:
  ionloop start
  IONLOOP_DEMO=0 IONLOOP_PORT=4700 ionloop start
  DATABASE_URL=postgres://user:password@host:5432/ionloop ionloop start`,
    )
    .action(({ began = processBegan() }: { readonly began?: number }) =>
      launch({ settings: readSettings(terminal), terminal, began }),
    );
}
