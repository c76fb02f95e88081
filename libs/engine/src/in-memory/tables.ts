import {
  CampaignRecord,
  emptyLog,
  type Json,
  type Lease,
  type LogHead,
  type RecordedEvent,
  rowKinds,
  type Station,
} from '@ionloop/domain';
import type { RememberedAnswer } from '../ports.js';

/** One campaign as the in-memory store keeps it. */
export interface CampaignTables {
  readonly workspace: string;
  head: LogHead;
  readonly rows: CampaignRecord;
  readonly events: RecordedEvent[];
  readonly leases: Map<string, Lease>;
  readonly partials: Map<string, Json>;
}

export interface SharedTables {
  readonly campaigns: Map<string, CampaignTables>;
  readonly stations: Map<string, Station>;
  readonly answers: Map<string, RememberedAnswer>;
  readonly modelBodies: Map<string, Json>;
}

export const newTables = (workspace: string): CampaignTables => ({
  workspace,
  head: emptyLog,
  rows: new CampaignRecord(),
  events: [],
  leases: new Map(),
  partials: new Map(),
});

/** What JSON keeps: a real store forgets members that are undefined, so this one does too. */
export const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export function mergeRows(into: CampaignRecord, from: CampaignRecord): void {
  for (const kind of rowKinds) {
    for (const row of from.changes(kind)) into.put(kind, asStored(row));
  }
}
