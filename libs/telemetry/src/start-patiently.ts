import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isPassing } from './passing.js';

export interface Patience {
  readonly seconds: number;
  readonly log: Logger;
}

/**
 * Tries again while what it needs is away: servers start in any order, and one that crashed takes a moment. What is
 * wrong for good, a password for instance, is told at once.
 */
export async function startPatiently<T>(
  what: string,
  { seconds, log }: Patience,
  start: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (let pause = 100; ; pause = Math.min(2 * pause, 2000)) {
    try {
      return await start();
    } catch (error) {
      if (!isPassing(error) || performance.now() + pause > deadline) throw error;
      log.warn({ err: error }, `${what} cannot be reached yet; trying again`);
      await sleep(pause);
    }
  }
}
