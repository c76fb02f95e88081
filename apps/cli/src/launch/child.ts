import { fork, type ChildProcess } from 'node:child_process';
import { Failure } from '../failure.js';
import type { ChildLog } from './child-log.js';
import { Deaths } from './deaths.js';

export interface ChildOptions {
  readonly name: string;
  readonly entry: string;
  readonly args?: readonly string[];
  /** Asked for at each start. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly log: ChildLog;
  /** Called whenever there is a new process. */
  readonly onSpawn: () => void;
  /** Called when the child has died too often to be started again. */
  readonly onLost: (why: Failure) => void;
}

/** What a child tells once it is ready for work. */
export interface ReadyMessage {
  readonly ready: true;
  readonly url?: string;
}

const readyWithinMs = 60_000;

/** A process of ours that is started again when it dies. */
export class Child {
  #process: ChildProcess | undefined;
  #ready = false;
  #stopping = false;
  #restart: NodeJS.Timeout | undefined;
  /** Runs while the child has not said that it is ready. */
  #late: NodeJS.Timeout | undefined;
  readonly #deaths = new Deaths();

  constructor(private readonly options: ChildOptions) {}

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves once the child is ready. One that ends by itself before it ever was is not tried again. */
  start(): Promise<ReadyMessage> {
    return new Promise((resolve, reject) => {
      this.#late = setTimeout(() => {
        reject(
          new Failure(
            `${this.options.name} was not ready within ${readyWithinMs / 1000} s${this.#lastWords()}`,
          ),
        );
      }, readyWithinMs);
      this.#spawn(
        (message) => {
          clearTimeout(this.#late);
          resolve(message);
        },
        (why) => {
          clearTimeout(this.#late);
          reject(why);
        },
      );
    });
  }

  /** Asks the child to end, and makes it end when it has not by then. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    clearTimeout(this.#late);
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const harder = setTimeout(() => void child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(harder);
  }

  kill(): void {
    this.#stopping = true;
    clearTimeout(this.#restart);
    clearTimeout(this.#late);
    this.#process?.kill('SIGKILL');
  }

  #spawn(onReady: (message: ReadyMessage) => void, onUnready: (why: Failure) => void): void {
    const { entry, args = [], env, log } = this.options;
    this.#ready = false;
    // In a process group of its own: a terminal's Ctrl-C reaches it through us, in its turn.
    const child = fork(entry, args, {
      env: env(),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => log.write(text));
    }
    child.on('message', (message) => {
      if (this.#ready || !isReady(message)) return;
      this.#ready = true;
      this.#deaths.forgive();
      onReady(message);
    });
    child.once('error', (error) =>
      onUnready(new Failure(`${this.options.name} cannot be started: ${error.message}`)),
    );
    child.once('exit', (code, signal) => {
      if (!this.#stopping) this.#died(code, signal, onReady, onUnready);
    });
    this.options.onSpawn();
  }

  #died(
    code: number | null,
    signal: NodeJS.Signals | null,
    onReady: (message: ReadyMessage) => void,
    onUnready: (why: Failure) => void,
  ): void {
    const { name, log, onLost } = this.options;
    const how = signal === null ? `exit code ${code ?? '?'}` : signal;
    if (signal === null && !this.#ready && this.#deaths.count === 0) {
      this.#stopping = true;
      // The last words may still be on their way through the pipe.
      setImmediate(() => onUnready(new Failure(`${name} did not start (${how})${this.#lastWords()}`)));
      return;
    }
    const delay = this.#deaths.next({ deliberate: signal === 'SIGKILL' && this.#ready });
    if (delay === 'too often') {
      this.#stopping = true;
      onLost(new Failure(`${name} keeps ending (${how})${this.#lastWords()}`));
      return;
    }
    log.write(`[ionloop] ${name} ended (${how}); starting it again in ${delay} ms\n`);
    this.#restart = setTimeout(() => this.#spawn(onReady, onUnready), delay);
  }

  #lastWords(): string {
    const { log } = this.options;
    return log.tail === '' ? `; its log is ${log.file}` : `. The end of ${log.file}:\n${log.tail}`;
  }
}

const isReady = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' &&
  message !== null &&
  'ready' in message &&
  message.ready === true &&
  (!('url' in message) || typeof message.url === 'string');
