import type { LabPolicy } from '@ionloop/domain';
import type { Ids, RecordStore, WakeUps } from './ports.js';

/** What every use case needs. */
export interface Engine {
  readonly store: RecordStore;
  readonly wakeUps: WakeUps;
  readonly ids: Ids;
  /** The lab's timing where a campaign does not set its own. */
  readonly lab: LabPolicy;
}
