import { setTimeout as pause } from 'node:timers/promises';
import { lives, type ProcessMark } from '@ionloop/embedded-postgres';

/** Waits for processes to end by themselves; those that do not are killed. */
export async function outlast(marks: readonly ProcessMark[], patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (marks.some(lives) && performance.now() < deadline) await pause(25);
  for (const mark of marks.filter(lives)) process.kill(mark.pid, 'SIGKILL');
  while (marks.some(lives) && performance.now() < deadline + 1000) await pause(10);
}
