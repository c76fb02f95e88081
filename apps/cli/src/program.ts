import { Command } from 'commander';
import type { Terminal } from './terminal.js';
import { addRestore } from './commands/restore.js';
import { addReplay } from './commands/replay.js';
import { addPropose } from './commands/propose.js';
import { addRehearse } from './commands/rehearse.js';
import { addFit } from './commands/fit.js';
import { addScreen } from './commands/screen.js';
import { addStart } from './commands/start.js';
import { addDemo } from './commands/demo.js';
import { addBackup } from './commands/backup.js';
import { addExport } from './commands/export.js';
import { addImport } from './commands/import.js';
import { addVerify } from './commands/verify.js';
import { addDoctor } from './commands/doctor.js';
import { addMigrate } from './commands/migrate.js';
import { addConform } from './commands/conform.js';
import { addStation } from './commands/station.js';
import { addToken } from './commands/token.js';
import { addWorkspace } from './commands/workspace.js';
import { version } from './version.js';

export function programFor(terminal: Terminal): Command {
  const program = new Command('ionloop')
    .description('Closed-loop experiment orchestrator: models propose, the lab measures, models learn.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .showHelpAfterError('(add --help for how it is used)')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  for (const add of [
    addStart,
    addDemo,
    addPropose,
    addRehearse,
    addScreen,
    addReplay,
    addFit,
    addVerify,
    addExport,
    addImport,
    addBackup,
    addRestore,
    addDoctor,
    addMigrate,
    addToken,
    addWorkspace,
    addStation,
    addConform,
  ]) {
    add(program, terminal);
  }
  return program;
}
