import type { Settings } from '@ionloop/config';
import type { ArtifactStore, Engine } from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import type { ArtifactFolders, Persistence } from '@ionloop/persistence';
import type { ProcessMetrics } from '@ionloop/telemetry';
import type { Logger } from 'pino';
import type { Identify } from './access/bearer.js';
import type { Rates } from './rate/rates.js';
import type { Signals } from './events/signals.js';

/** What the server is put together from; each is injected by its token. */
export interface Parts {
  readonly settings: ApiSettings;
  /** Of all workspaces: for what is done before or without a caller. */
  readonly whole: Engine;
  /** As the one who calls may see it. */
  readonly engine: Engine;
  readonly identify: Identify;
  readonly rates: Rates;
  /** Of all workspaces. */
  readonly folders: ArtifactFolders;
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
  | 'bodyKilobytes'
  | 'graphqlDepth'
  | 'graphqlAliases'
  | 'graphqlTokens'
  | 'graphqlCost'
  | 'introspection'
  | 'operations'
  | 'rate'
  | 'rateBurst'
  | 'rateFields'
  | 'labRate'
  | 'labRateBurst'
  | 'strangerRate'
  | 'proxies'
  | 'metricsToken'
  | 'oidcIssuer'
  | 'oidcAudience'
  | 'oidcKeys'
  | 'oidcAlgorithms'
  | 'oidcClockSeconds'
  | 'oidcNameClaim'
  | 'oidcRoleClaim'
  | 'oidcRoles'
  | 'oidcWorkspaceClaim'
  | 'oidcWorkspaces'
> &
  Partial<Pick<Settings, 'endSeconds'>> & { readonly databaseUrl: string };

export const SETTINGS = Symbol('settings');
export const WHOLE = Symbol('whole engine');
export const ENGINE = Symbol('engine');
export const PERSISTENCE = Symbol('persistence');
export const ARTIFACTS = Symbol('artifacts');
export const JOBS = Symbol('jobs');
export const LIFE = Symbol('life');
export const LOG = Symbol('log');
export const ENDING = Symbol('ending');
