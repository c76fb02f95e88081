import { openPool, type Pool } from '@ionloop/linalg';
import type { tasks } from './tasks.js';

/** Keeps CPU work off the event loop. */
export type ComputeThreads = Pool<typeof tasks>;

export function openComputeThreads(threads: number): ComputeThreads {
  // From src and from dist alike, these are the built tasks: worker threads run JavaScript.
  const url = new URL('../../dist/compute/tasks.js', import.meta.url);
  return openPool<typeof tasks>({ threads, tasks: url });
}
