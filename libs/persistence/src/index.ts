export { ArtifactFolder } from './files/artifact-folder.js';
export { openPersistence, type Notifications, type Persistence } from './open.js';
export type { PersistenceOptions } from './data-source.js';
export type { RestoredInstance } from './backup/instance-restore.js';
export type { Subscription } from './notifications/listener.js';
export { PersistenceError, type PersistenceErrorCode } from './errors.js';
export type { PoolState } from './open.js';
export type { Observer } from './data-source.js';
export { type Figures, mostCounted } from './statements/figures.js';
