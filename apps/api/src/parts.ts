import type { Settings } from '@ionloop/config';
import type { ArtifactStore, Engine } from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import type { Persistence } from '@ionloop/persistence';
import type { ProcessMetrics } from '@ionloop/telemetry';
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
  readonly metrics: ProcessMetrics;
  readonly life: Life;
  /** Aborted when the server is told to end: whoever waits stops waiting. */
  readonly ending: AbortSignal;
}

export interface Life {
  /** Set once the server has been told to end: it still answers, and says to health checks that it will not for long. */
  draining: boolean;
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
> &
  Partial<Pick<Settings, 'endSeconds'>> & { readonly databaseUrl: string };

export const SETTINGS = Symbol('settings');
export const ENGINE = Symbol('engine');
export const PERSISTENCE = Symbol('persistence');
export const ARTIFACTS = Symbol('artifacts');
export const JOBS = Symbol('jobs');
export const LIFE = Symbol('life');
export const LOG = Symbol('log');
export const ENDING = Symbol('ending');
