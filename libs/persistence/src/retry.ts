import { setTimeout as sleep } from 'node:timers/promises';
import { type Trouble, troubleOf } from './trouble.js';

/** A lost server is waited for a few seconds, as long as a restart takes; a contended row only a moment. */
const pauses: Readonly<Record<Trouble, readonly number[]>> = {
  contended: [2, 5, 10, 20, 40, 80],
  lost: [20, 50, 100, 250, 500, 1000, 1500, 2000],
};

/** Does it again after troubles that a fresh connection or transaction gets over. */
export async function retrying<T>(
  attempt: () => Promise<T>,
  classify: (error: unknown) => Trouble | null = troubleOf,
): Promise<T> {
  const failures = { contended: 0, lost: 0 };
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const trouble = classify(error);
      if (trouble === null) throw error;
      const wait = pauses[trouble][failures[trouble]];
      if (wait === undefined) throw error;
      failures[trouble] += 1;
      await sleep(wait);
    }
  }
}
