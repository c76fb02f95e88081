export { platformName } from './binaries.js';
export {
  BinariesMissingError,
  EmbeddedPostgresError,
  FolderInUseError,
  FolderUnusableError,
  InitialisationFailedError,
  StartFailedError,
  type EmbeddedPostgresErrorCode,
} from './errors.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start.js';
