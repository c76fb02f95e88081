export type { Backoff } from './backoff.js';
export { LabClient, type CallOptions, type LabClientOptions } from './client.js';
export { DurableList } from './durable-list.js';
export { LabRefusal, LabUnavailable } from './errors.js';
export { runStation, type RunContext, type StationOptions } from './run-station.js';
export type * from './wire.js';
