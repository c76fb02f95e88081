import type { RecordReader } from '@ionloop/engine';
import { setTimeout as pause } from 'node:timers/promises';

const lookEveryMs = 250;
const pageSize = 200;

/** Resolves when an active campaign has accepted a measurement after this call; false where none is active any more. */
export async function firstMeasurement(read: RecordReader, isOver: () => boolean): Promise<boolean> {
  const watched = new Map<string, number>();
  const measured = new Set<string>();
  for (const { id } of await read.campaigns({ states: ['active'] })) watched.set(id, await read.lastSeq(id));
  while (!isOver() && watched.size > 0) {
    for (const [id, after] of watched) {
      const events = await read.events(id, after, pageSize);
      for (const { event } of events) {
        if (event.type === 'attempt.submitted' && event.outcome === 'measured') measured.add(event.attemptId);
        if (event.type === 'attempt.accepted' && measured.has(event.attemptId)) return true;
      }
      const last = events.at(-1);
      if (last) watched.set(id, last.seq);
      else if ((await read.campaign(id))?.state === 'completed') watched.delete(id);
    }
    await pause(lookEveryMs);
  }
  return false;
}
