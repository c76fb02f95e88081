import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@ionloop/embedded-postgres';

/** Something that can be killed and stopped, and that is there again a moment later. */
export interface Victim {
  readonly role: string;
  /** Whether it runs just now: neither dead nor stopped. */
  readonly up: boolean;
  kill(): Promise<void>;
  stop(): void;
  resume(): void;
  end(): Promise<void>;
}

export interface ProgramOptions {
  readonly role: string;
  readonly logFile: string;
  readonly start: () => ChildProcess;
  /** Called after it has died, before it is started again. */
  readonly onDeath?: () => void;
}

/** A program of ours or redis-server, started again whenever it ends. */
export class Program implements Victim {
  readonly role: string;
  /** Ends that nobody caused. */
  readonly ownEnds: string[] = [];
  private child: ChildProcess | null = null;
  private stopped = false;
  private ending = false;
  private killed = false;

  constructor(private readonly options: ProgramOptions) {
    this.role = options.role;
    this.spawn();
  }

  get up(): boolean {
    return this.child !== null && !this.stopped;
  }

  kill(): Promise<void> {
    const { child } = this;
    if (!child) return Promise.resolve();
    this.killed = true;
    this.stopped = false;
    const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    return gone;
  }

  stop(): void {
    this.stopped = this.child?.kill('SIGSTOP') ?? false;
  }

  resume(): void {
    this.child?.kill('SIGCONT');
    this.stopped = false;
  }

  async end(): Promise<void> {
    this.ending = true;
    await this.kill();
  }

  private spawn(): void {
    if (this.ending) return;
    const { start, logFile, onDeath } = this.options;
    const child = start();
    const log = createWriteStream(logFile, { flags: 'a' });
    for (const stream of [child.stdout, child.stderr]) stream?.pipe(log, { end: false });
    this.child = child;
    this.killed = false;
    child.once('exit', (code, signal) => {
      this.child = null;
      this.stopped = false;
      if (!this.killed) this.ownEnds.push(`${this.role} ended by itself: ${signal ?? `code ${code}`}`);
      onDeath?.();
      setTimeout(() => this.spawn(), 700);
    });
  }
}

export const nodeProgram =
  (entry: string, args: readonly string[], env: Readonly<Record<string, string>>) => (): ChildProcess =>
    fork(entry, args, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });

export const redisServer = (port: number) => (): ChildProcess =>
  spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );

/** The embedded server with its own supervisor, which starts it again by itself. */
export class Postgres implements Victim {
  readonly role = 'postgres';
  private frozen: readonly number[] = [];

  private constructor(private readonly server: EmbeddedPostgres) {}

  static async open(dataFolder: string, log: (line: string) => void): Promise<Postgres> {
    return new Postgres(await startEmbeddedPostgres({ dataFolder, log }));
  }

  get url(): string {
    return this.server.url();
  }

  get up(): boolean {
    return this.frozen.length === 0;
  }

  async kill(): Promise<void> {
    this.frozen = [];
    process.kill(this.server.pid, 'SIGKILL');
    await sleep(0);
  }

  /** The server and every process of it. */
  stop(): void {
    const { pid } = this.server;
    this.frozen = [pid, ...childrenOf(pid)].filter((one) => signalled(one, 'SIGSTOP'));
  }

  resume(): void {
    for (const pid of this.frozen) signalled(pid, 'SIGCONT');
    this.frozen = [];
  }

  end(): Promise<void> {
    this.resume();
    return this.server.stop();
  }
}

function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}
