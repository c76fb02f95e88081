import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accountFor, closedFolderAbove } from './account.js';
import { installedBinaries, usableBinaries, type Binaries } from './binaries.js';
import { checkFolder, prepareFolder, superuser } from './data-folder.js';
import { FolderUnusableError, StartFailedError } from './errors.js';
import { freeLoopbackPort } from './free-port.js';
import { launchThroughClosedFolders, plainLaunch, type Launch } from './launch.js';
import { endLeftover } from './leftover.js';
import { claimFolder } from './owner.js';
import { startServer, type Server, type ServerOptions } from './server.js';
import { Supervisor } from './supervisor.js';

export interface EmbeddedPostgresOptions {
  /** Created and initialised if need be. Files whose names begin with its name are put beside it. */
  readonly dataFolder: string;
  /** Takes PostgreSQL's own log, a line at a time. */
  readonly log?: (line: string) => void;
  /** PostgreSQL settings beyond, or instead of, the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when PostgreSQL has ended by itself and cannot be started again. */
  readonly onLost?: (error: unknown) => void;
}

export interface EmbeddedPostgres {
  /** A connection string with the superuser's password: not for logs. */
  url(database?: string): string;
  readonly port: number;
  /** The server's process; another one after it was started again. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * For one machine's closed loop: room for many connections, little memory, no parallel workers; but the indexes of a
 * million experiments that values go into in no order fit into its buffers, and not every few seconds of an import are
 * followed by a checkpoint, after which each page that is touched is logged whole. Not `wal_level = minimal`, though nothing is replicated: with it, a sequence gives numbers out twice if the server is killed soon
 * after the sequence was made.
 */
const defaultSettings = {
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
} as const;

const startAttempts = 8;

/**
 * Starts a PostgreSQL server of one's own on a free loopback port. It is started again on the same port if it dies,
 * and ends with this process, or, where the system has no `setpriv`, at the latest when the folder is next used.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder);
  const log = options.log ?? (() => undefined);
  const installed = installedBinaries();
  checkFolder(dataFolder);
  const giveBack = claimFolder(dataFolder);
  try {
    const launch = launchFor(dataFolder);
    const binaries = usableBinaries(installed, launch, dataFolder);
    await endLeftover(dataFolder, binaries, log);
    const password = prepareFolder(dataFolder, binaries, launch);
    const settings = { ...defaultSettings, ...options.settings };
    const base = { dataFolder, binaries, launch, settings, log };
    const { server, port } = await startOnFreePort(base);
    const supervisor = new Supervisor(server, {
      restart: () => startPatiently({ ...base, port }),
      log,
      onLost: (error) => {
        giveBack();
        options.onLost?.(error);
      },
    });
    return {
      port,
      get pid() {
        return supervisor.pid;
      },
      url: (database = 'postgres') =>
        `postgres://${superuser}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
      stop: async () => {
        await supervisor.stop();
        giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

function launchFor(dataFolder: string): Launch {
  const account = accountFor(dataFolder);
  if (account === undefined) return plainLaunch(undefined);
  const closed = closedFolderAbove(dataFolder, account);
  if (closed === undefined) return plainLaunch(account);
  const launch = launchThroughClosedFolders(account);
  if (launch !== undefined) return launch;
  throw new FolderUnusableError(
    dataFolder,
    `PostgreSQL does not run as root, and the user ${account.name} cannot reach it because ${closed} is closed`,
  );
}

type ServerBase = Omit<ServerOptions, 'port'> & { readonly binaries: Binaries };

/** Between finding a port free and using it, someone else may take it. */
async function startOnFreePort(base: ServerBase): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freeLoopbackPort();
    try {
      return { server: await startPatiently({ ...base, port }), port };
    } catch (error) {
      if (attempt === startAttempts || !failedWith(error, 'could not bind')) throw error;
    }
  }
}

/** After a kill -9 the old server's last children still hold its shared memory for a moment. */
async function startPatiently(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startServer(options);
    } catch (error) {
      if (attempt === startAttempts || !failedWith(error, 'pre-existing shared memory block')) throw error;
      await pause(100 * 2 ** attempt);
    }
  }
}

const failedWith = (error: unknown, text: string): boolean =>
  error instanceof StartFailedError && error.output.includes(text);
