import { Worker } from 'node:worker_threads';
import { unpackError } from './packedError.js';
import type { FromThread, ThreadData, ToThread } from './protocol.js';

/** From src and from dist alike, this is the built thread: worker threads run JavaScript. */
const threadEntry = new URL('../../dist/parallel/thread.js', import.meta.url);

/** What still waits or runs when a pool is closed, and what comes after. */
export class PoolClosedError extends Error {
  override readonly name = 'PoolClosedError';

  constructor() {
    super('the compute threads are shut down');
  }
}

export interface Job {
  readonly task: string;
  readonly payload: unknown;
  readonly kept: object | undefined;
  readonly transfer: readonly ArrayBuffer[];
}

interface Waiting extends Job {
  readonly id: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Numbers of the objects it keeps, the one used last at the end. */
  readonly kept: Set<number>;
  job: Waiting | undefined;
}

/** Jobs wait in one line; a thread does one at a time. A thread that dies fails its job, and the next job gets a new one. */
export class Threads {
  private readonly line: Waiting[] = [];
  private readonly threads = new Set<Thread>();
  private readonly numbers = new WeakMap<object, number>();
  private nextId = 1;
  private nextNumber = 1;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly most: number,
    private readonly data: ThreadData,
    private readonly mostKept: number,
  ) {}

  do(job: Job): Promise<unknown> {
    if (this.closing) return Promise.reject(new PoolClosedError());
    return new Promise((resolve, reject) => {
      this.line.push({ ...job, id: this.nextId++, resolve, reject });
      this.handOut();
    });
  }

  /** Every thread forgets the object. */
  release(kept: object): void {
    const number = this.numbers.get(kept);
    if (number === undefined) return;
    for (const thread of this.threads) if (thread.kept.has(number)) forget(thread, number);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    const threads = [...this.threads];
    this.threads.clear();
    for (const job of [...threads.map((thread) => thread.job), ...this.line.splice(0)])
      job?.reject(new PoolClosedError());
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  private handOut(): void {
    for (let job = this.line[0]; job; job = this.line[0]) {
      const thread = this.freeThread(job);
      if (!thread) return;
      this.line.shift();
      this.give(job, thread);
    }
  }

  /** Rather one that has what the job needs. */
  private freeThread({ kept }: Job): Thread | undefined {
    const number = kept && this.numbers.get(kept);
    const free = [...this.threads].filter(({ job }) => job === undefined);
    return (
      free.find((thread) => number !== undefined && thread.kept.has(number)) ??
      free[0] ??
      (this.threads.size < this.most ? this.start() : undefined)
    );
  }

  private give(job: Waiting, thread: Thread): void {
    const { id, task, payload, kept, transfer } = job;
    const number = kept && this.numberOf(kept);
    const isThere = number !== undefined && thread.kept.has(number);
    const message: ToThread = {
      kind: 'run',
      id,
      task,
      payload,
      kept: kept && number !== undefined ? { number, ...(!isThere && { value: kept }) } : null,
    };
    try {
      thread.worker.postMessage(message, transfer);
    } catch (error) {
      // The payload is nothing that can be sent; the thread has not seen it.
      job.reject(error as Error);
      return;
    }
    thread.job = job;
    thread.worker.ref();
    if (number !== undefined) this.touch(thread, number);
  }

  private numberOf(kept: object): number {
    const known = this.numbers.get(kept);
    if (known !== undefined) return known;
    this.numbers.set(kept, this.nextNumber);
    return this.nextNumber++;
  }

  private touch(thread: Thread, number: number): void {
    thread.kept.delete(number);
    thread.kept.add(number);
    const [oldest] = thread.kept;
    if (thread.kept.size > this.mostKept && oldest !== undefined) forget(thread, oldest);
  }

  private start(): Thread {
    const worker = new Worker(threadEntry, { workerData: this.data, ...flags() });
    const thread: Thread = { worker, kept: new Set(), job: undefined };
    this.threads.add(thread);
    // Without a job a thread does not keep the process alive.
    worker.unref();
    worker.on('message', (answer: FromThread) => this.take(thread, answer));
    worker.on('error', (error: Error) => this.lose(thread, error));
    worker.on('exit', (code) => this.lose(thread, new Error(`a compute thread ended with code ${code}`)));
    worker.on('messageerror', (error) => {
      this.lose(thread, error);
      void worker.terminate();
    });
    return thread;
  }

  private take(thread: Thread, answer: FromThread): void {
    const { job } = thread;
    if (job?.id !== answer.id) return;
    thread.job = undefined;
    thread.worker.unref();
    if ('error' in answer) job.reject(unpackError(answer.error));
    else job.resolve(answer.answer);
    this.handOut();
  }

  private lose(thread: Thread, error: Error): void {
    if (!this.threads.delete(thread)) return;
    thread.job?.reject(error);
    this.handOut();
  }
}

/** Threads inherit the process's flags, but not where they say what its own source is: a thread's is a file. */
function flags(): { execArgv?: string[] } {
  return process.execArgv.some((flag) => flag.startsWith('--input-type')) ? { execArgv: [] } : {};
}

function forget(thread: Thread, number: number): void {
  thread.kept.delete(number);
  const message: ToThread = { kind: 'forget', number };
  thread.worker.postMessage(message);
}
