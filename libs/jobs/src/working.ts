import { UnrecoverableError } from 'bullmq';
import type { Broker } from './broker.js';
import { catalogue, jobNames, type JobHandlers, type JobName, type Payloads } from './catalogue.js';
import { closed } from './closing.js';
import { PayloadInvalidError } from './errors.js';
import { type JobsObserver, traceIn } from './observer.js';
import { SweepSchedule } from './sweep-schedule.js';

export interface WorkOptions {
  /** Jobs of a kind that run at the same time in this process. */
  readonly concurrency: number;
  readonly sweepSeconds: number;
  /** How long running jobs get to finish when all is closed; 10 where it is left out. */
  readonly finishSeconds?: number;
}

export interface Told {
  /** Every job that fails. */
  readonly onError: (error: Error) => void;
  /** Trouble with the queue itself, once in a while. */
  readonly onTrouble: (error: Error) => void;
}

export interface WorkingJobs {
  /** Waits for the jobs that are running, for a while. */
  close(): Promise<void>;
}

/** Takes jobs from every queue until closed. */
export async function startWorking(
  broker: Broker,
  handlers: JobHandlers,
  { concurrency, sweepSeconds, finishSeconds = 10 }: WorkOptions,
  told: Told & { readonly observer: JobsObserver },
): Promise<WorkingJobs> {
  const running = new Set<Promise<unknown>>();
  const workers = jobNames.map((name) =>
    broker.worker(
      name,
      async ({ data, waitedSeconds }) => {
        const job = { name, payload: data, trace: traceIn(data), waitedSeconds };
        const run = told.observer.run(job, () => handle(handlers, name, data));
        running.add(run);
        return run.finally(() => running.delete(run));
      },
      // Screens and analyses keep every thread busy for seconds: others must find a place between them. A table that is
      // read keeps the process itself busy.
      name === 'sweep' || name === 'import'
        ? 1
        : name === 'screen' || name === 'analysis'
          ? Math.max(1, concurrency >> 1)
          : concurrency,
    ),
  );
  for (const worker of workers) {
    worker.on('error', told.onTrouble);
    worker.on('failed', (_job, error) => told.onError(error));
  }
  const queue = broker.queue('sweep');
  queue.on('error', told.onTrouble);
  const schedule = new SweepSchedule(queue, Math.round(sweepSeconds * 1000), () => undefined);
  const close = async (): Promise<void> => {
    await schedule.stop();
    const away = await broker.away();
    const closing = [...workers.map((worker) => worker.close(away)), queue.close()];
    await closed([...running], finishSeconds * 1000);
    await closed(closing);
    await broker.close();
  };
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
    await schedule.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

const handle = async <Name extends JobName>(
  handlers: Pick<JobHandlers, Name>,
  name: Name,
  data: unknown,
): Promise<unknown> => handlers[name](checked(name, data));

function checked<Name extends JobName>(name: Name, data: unknown): Payloads[Name] {
  try {
    return catalogue[name].check(data);
  } catch (error) {
    // Run again it would be as wrong as before.
    throw error instanceof PayloadInvalidError ? new UnrecoverableError(error.message) : error;
  }
}
