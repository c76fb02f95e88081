export type { Run, RunContext } from './attempt.js';
export type { Backoff } from './backoff.js';
export { LabClient, type CallOptions, type LabClientOptions } from './client.js';
export { LabRefusal, LabUnavailable } from './errors.js';
export { WorkStopped, type StopReason } from './heart.js';
export { runStation, type StationOptions } from './run-station.js';
export type { Spooled } from './spool.js';
export type * from './wire.js';
