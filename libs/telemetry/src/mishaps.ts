import type { Logger } from 'pino';
import { isPassing } from './passing.js';

export interface MishapOptions {
  readonly log: Logger;
  readonly onMishap: () => void;
  /** Called where the process is in a state that nobody knows. */
  readonly end: () => void;
}

/**
 * A process of ours does not end because a server went away: the record is elsewhere, and what failed is done again.
 * Only an error that is none of a connection's, and that nobody caught, ends it.
 */
export function watchMishaps({ log, onMishap, end }: MishapOptions): void {
  process.on('unhandledRejection', (reason) => {
    onMishap();
    log.error({ err: reason }, 'something failed that nobody waited for');
  });
  process.on('uncaughtException', (error) => {
    onMishap();
    if (isPassing(error)) {
      log.error({ err: error }, 'a connection broke that nobody held');
      return;
    }
    log.fatal({ err: error }, 'an error that nobody caught: the process ends');
    end();
  });
}
