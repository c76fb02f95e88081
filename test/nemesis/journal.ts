import { readFileSync } from 'node:fs';
import type { RecordOnDisk } from '../lab/record.js';

/** What the lab wrote down by itself, with the moments at which the whole lab was killed. */
interface Line {
  readonly event: 'moved' | 'stood-still' | 'acknowledged' | 'refused' | 'lab-killed';
  readonly attemptId: string;
  readonly experimentId?: string;
  readonly key?: string;
  readonly measurementIds?: readonly string[];
  readonly disposition?: string;
}

export function readJournal(path: string): readonly Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Line];
      } catch {
        // The line that a kill tore.
        return [];
      }
    });
}

/** The second witness: what hardware did, and what the stations were told, against what the database has. */
export function testimonyAgainst(
  journal: readonly Line[],
  disks: readonly RecordOnDisk[],
): readonly string[] {
  return [...movedTwice(journal, disks), ...acknowledgedAndLost(journal, disks)];
}

function movedTwice(journal: readonly Line[], disks: readonly RecordOnDisk[]): readonly string[] {
  const attempts = new Map(disks.flatMap((disk) => disk.attempts).map((one) => [one.id, one]));
  const moving = new Map<string, string>();
  const moved = new Set<string>();
  const faults: string[] = [];
  for (const { event, attemptId, experimentId = '' } of journal) {
    if (event === 'lab-killed') moving.clear();
    if (event === 'stood-still')
      for (const [experiment, attempt] of moving) if (attempt === attemptId) moving.delete(experiment);
    if (event !== 'moved') continue;
    const other = moving.get(experimentId);
    if (other !== undefined)
      faults.push(`I8 ${attemptId} moves while ${other} still makes the same experiment`);
    if (moved.has(attemptId)) faults.push(`I8 hardware moved twice for attempt ${attemptId}`);
    if (!attempts.get(attemptId)?.started_at)
      faults.push(`I8 hardware moved for attempt ${attemptId}, which the record never started`);
    moving.set(experimentId, attemptId);
    moved.add(attemptId);
  }
  return faults;
}

function acknowledgedAndLost(journal: readonly Line[], disks: readonly RecordOnDisk[]): readonly string[] {
  const kept = new Map<string, string[]>();
  for (const { id, attempt_id } of disks.flatMap((disk) => disk.measurements))
    if (attempt_id !== null) kept.set(attempt_id, [...(kept.get(attempt_id) ?? []), id]);
  const answers = new Map(disks.flatMap((disk) => disk.answers).map(({ key, response }) => [key, response]));
  return journal
    .filter(({ event }) => event === 'acknowledged')
    .flatMap(({ attemptId, key = '', measurementIds = [] }) => {
      const stored = kept.get(attemptId) ?? [];
      const same =
        stored.length === measurementIds.length && measurementIds.every((id) => stored.includes(id));
      return same && answers.has(key)
        ? []
        : [`I1 the result of attempt ${attemptId} was acknowledged and is not what is stored`];
    });
}
