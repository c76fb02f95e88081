import type { Ids, RecordStore, WakeUps } from './ports.js';

/** What every use case needs. */
export interface Engine {
  readonly store: RecordStore;
  readonly wakeUps: WakeUps;
  readonly ids: Ids;
}
