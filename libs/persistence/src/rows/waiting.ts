import type { Waiting } from '@ionloop/domain';
import type { EntitySchemaColumnOptions } from 'typeorm';
import { instant, integer, nullable, text } from './columns.js';

/** What a row waits for; all null where it waits for nothing. */
export interface WaitingColumns {
  waitingKind: Waiting['kind'] | null;
  waitingSince: Date | null;
  waitingDeadline: Date | null;
  waitingOwner: Waiting['owner'];
  waitingEscalations: number | null;
  waitingNote: string | null;
}

export const waitingColumns = (): { readonly [K in keyof WaitingColumns]: EntitySchemaColumnOptions } => ({
  waitingKind: nullable(text('waiting_kind')),
  waitingSince: nullable(instant('waiting_since')),
  waitingDeadline: nullable(instant('waiting_deadline')),
  waitingOwner: nullable(text('waiting_owner')),
  waitingEscalations: nullable(integer('waiting_escalations')),
  waitingNote: nullable(text('waiting_note')),
});

export function waitingFromRow(row: WaitingColumns): Waiting | null {
  if (row.waitingKind === null || row.waitingSince === null || row.waitingDeadline === null) return null;
  return {
    kind: row.waitingKind,
    since: row.waitingSince.toISOString(),
    deadline: row.waitingDeadline.toISOString(),
    owner: row.waitingOwner,
    escalations: row.waitingEscalations ?? 0,
    note: row.waitingNote,
  };
}

const nothing: WaitingColumns = {
  waitingKind: null,
  waitingSince: null,
  waitingDeadline: null,
  waitingOwner: null,
  waitingEscalations: null,
  waitingNote: null,
};

export const waitingToRow = (waiting: Waiting | null): WaitingColumns =>
  waiting === null
    ? nothing
    : {
        waitingKind: waiting.kind,
        waitingSince: new Date(waiting.since),
        waitingDeadline: new Date(waiting.deadline),
        waitingOwner: waiting.owner,
        waitingEscalations: waiting.escalations,
        waitingNote: waiting.note,
      };
