import { constants, getPriority, platform, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * Models are fitted with what those leave over who are asked something just now. On Linux each thread has a priority of its
 * own, elsewhere there is only that of the whole process, whose other work is as urgent as anybody's.
 */
export function giveWay(): void {
  const { PRIORITY_BELOW_NORMAL: low } = constants.priority;
  // Only to be less urgent than before is always allowed.
  if (!isMainThread && platform() === 'linux' && getPriority() < low) setPriority(low);
}
