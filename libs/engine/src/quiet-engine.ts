import type { LabPolicy } from '@ionloop/domain';
import type { Engine } from './deps.js';
import { randomIds } from './random-ids.js';
import type { RecordStore } from './ports.js';

/** A laboratory's timing where nobody says otherwise: what the settings begin with. */
export const usualLab: LabPolicy = {
  heartbeatSeconds: 10,
  leaseSeconds: 60,
  suspectSeconds: 1800,
  attemptCap: 3,
};

/** The use cases on a store, with nobody to wake: whoever looks by itself finds what there is to do. */
export const quietEngine = (store: RecordStore, other: Partial<Omit<Engine, 'store'>> = {}): Engine => ({
  store,
  wakeUps: { wake: () => Promise.resolve() },
  ids: randomIds,
  lab: usualLab,
  ...other,
});
