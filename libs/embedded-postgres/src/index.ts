export { platformName } from './binaries.js';
export { claimFile, type Claim } from './claim.js';
export {
  BinariesMissingError,
  EmbeddedPostgresError,
  FolderInUseError,
  FolderUnusableError,
  InitialisationFailedError,
  StartFailedError,
  type EmbeddedPostgresErrorCode,
} from './errors.js';
export { isMark, lives, markOf, type ProcessMark } from './processes.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start.js';
