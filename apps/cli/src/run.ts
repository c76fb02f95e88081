import { IonloopError } from '@ionloop/domain';
import { CommanderError } from 'commander';
import { Failure, WrongUsage } from './failure.js';
import { programFor } from './program.js';
import type { Terminal } from './terminal.js';

/** 0 done, 1 failed, 2 wrong usage. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await programFor(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    terminal.progress('');
    // Commander has told it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.err(tell(error));
    return error instanceof WrongUsage ? 2 : 1;
  }
}

function tell(error: unknown): string {
  if (error instanceof Failure || error instanceof IonloopError) return `ionloop: ${error.message}`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `ionloop: this should not have happened; please report it.\n${detail}`;
}
