import type { Settings } from '@ionloop/config';
import type { ArtifactStore, Engine } from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import type { Persistence } from '@ionloop/persistence';
import type { Logger } from 'pino';
import type { Signals } from './events/signals.js';

/** What the server is put together from; each is injected by its token. */
export interface Parts {
  readonly settings: ApiSettings;
  readonly engine: Engine;
  readonly persistence: Persistence;
  readonly artifacts: ArtifactStore;
  readonly jobs: Jobs;
  readonly signals: Signals;
  readonly log: Logger;
  /** Aborted when the server is told to end: whoever waits stops waiting. */
  readonly ending: AbortSignal;
}

export type ApiSettings = Pick<
  Settings,
  | 'host'
  | 'port'
  | 'redisUrl'
  | 'tokenDays'
  | 'heartbeatSeconds'
  | 'leaseSeconds'
  | 'suspectSeconds'
  | 'attemptCap'
  | 'home'
  | 'artifactsFolder'
  | 'artifactMegabytes'
  | 'uploadHours'
  | 'claimSeconds'
  | 'taskSeconds'
  | 'license'
  | 'creator'
> & { readonly databaseUrl: string };

export const SETTINGS = Symbol('settings');
export const ENGINE = Symbol('engine');
export const PERSISTENCE = Symbol('persistence');
export const ARTIFACTS = Symbol('artifacts');
export const JOBS = Symbol('jobs');
export const LOG = Symbol('log');
export const ENDING = Symbol('ending');
