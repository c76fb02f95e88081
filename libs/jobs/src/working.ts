import { UnrecoverableError } from 'bullmq';
import type { Broker, BrokerWorker } from './broker.js';
import { catalogue, jobNames, type JobHandlers, type JobName, type Payloads } from './catalogue.js';
import { PayloadInvalidError } from './errors.js';
import { SweepSchedule } from './sweep-schedule.js';
import { within } from './within.js';

export interface WorkOptions {
  /** Jobs of a kind that run at the same time in this process. */
  readonly concurrency: number;
  readonly sweepSeconds: number;
}

export interface WorkingJobs {
  /** Waits for the jobs that are running, for a while. */
  close(): Promise<void>;
}

const finishingMs = 10_000;

/** Takes jobs from every queue until closed. */
export async function startWorking(
  broker: Broker,
  handlers: JobHandlers,
  { concurrency, sweepSeconds }: WorkOptions,
  onError: (error: Error) => void,
): Promise<WorkingJobs> {
  const workers = jobNames.map((name) =>
    workerFor(broker, name, handlers, name === 'sweep' ? 1 : concurrency, onError),
  );
  const queue = broker.queue('sweep');
  queue.on('error', onError);
  const schedule = new SweepSchedule(queue, Math.round(sweepSeconds * 1000), () => undefined);
  const close = async (): Promise<void> => {
    await schedule.stop();
    await Promise.all(workers.map(closeWorker));
    await queue.close();
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

function workerFor(
  broker: Broker,
  name: JobName,
  handlers: JobHandlers,
  concurrency: number,
  onError: (error: Error) => void,
): BrokerWorker {
  const worker = broker.worker(name, (data) => handle(handlers, name, data), concurrency);
  worker.on('error', onError);
  worker.on('failed', (_job, error) => onError(error));
  return worker;
}

const handle = <Name extends JobName>(
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

async function closeWorker(worker: BrokerWorker): Promise<void> {
  const late = () => new Error('the running jobs take too long');
  await within(finishingMs, worker.close(), late).catch(() => worker.close(true));
}
