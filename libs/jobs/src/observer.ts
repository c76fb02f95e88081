import type { JobName } from './catalogue.js';

/** A job as it is told of. */
export interface RunningJob {
  readonly name: JobName;
  readonly payload: unknown;
  /** What `carried` gave in the process that asked for it. */
  readonly trace: string | undefined;
  readonly waitedSeconds: number;
}

/** Hears of jobs and hands the trace on from who asks to who works; it changes nothing. */
export interface JobsObserver {
  /** Names the trace that is open just now, to go along with a job. */
  carried(): string | undefined;
  /** Put around every job, which it must do and give back. */
  run<T>(job: RunningJob, work: () => Promise<T>): Promise<T>;
}

export const unobserved: JobsObserver = {
  carried: () => undefined,
  run: (_job, work) => work(),
};

/** With the trace beside the payload; checking a payload leaves it out again. */
export function carrying(payload: object, { carried }: JobsObserver): object {
  const trace = carried();
  return trace === undefined ? payload : { ...payload, trace };
}

export function traceIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('trace' in data)) return undefined;
  return typeof data.trace === 'string' && data.trace.length <= 200 ? data.trace : undefined;
}
