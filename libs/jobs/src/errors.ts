export type JobsErrorCode =
  | 'PAYLOAD_INVALID'
  | 'JOB_FAILED'
  | 'JOB_TIMED_OUT'
  | 'JOB_LOST'
  | 'QUEUE_UNREACHABLE'
  | 'WAKE_UP_LOST'
  | 'JOBS_CLOSED';

export class JobsError extends Error {
  override readonly name: string = 'JobsError';

  constructor(
    readonly code: JobsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class PayloadInvalidError extends JobsError {
  override readonly name = 'PayloadInvalidError';

  constructor(
    readonly field: string,
    expected: string,
  ) {
    super('PAYLOAD_INVALID', `The job's ${field} must be ${expected}.`);
  }
}

/** The message is the one that the handler threw. */
export class JobFailedError extends JobsError {
  override readonly name = 'JobFailedError';

  constructor(
    readonly job: string,
    message: string,
  ) {
    super('JOB_FAILED', message);
  }
}

export class JobTimedOutError extends JobsError {
  override readonly name = 'JobTimedOutError';

  constructor(
    readonly job: string,
    readonly timeoutMs: number,
  ) {
    super('JOB_TIMED_OUT', `The job ${job} gave no answer within ${timeoutMs} ms.`);
  }
}

export class JobLostError extends JobsError {
  override readonly name = 'JobLostError';

  constructor(readonly job: string) {
    super(
      'JOB_LOST',
      `The job ${job} is no longer in its queue: the queue was emptied before an answer came.`,
    );
  }
}

export class QueueUnreachableError extends JobsError {
  override readonly name = 'QueueUnreachableError';

  constructor(what: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super('QUEUE_UNREACHABLE', `The queue cannot be reached to ${what}: ${reason}`, { cause });
  }
}

export class WakeUpLostError extends JobsError {
  override readonly name = 'WakeUpLostError';

  constructor(
    readonly campaignId: string,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      'WAKE_UP_LOST',
      `The wake-up of campaign ${campaignId} was lost; the next sweep makes up for it: ${reason}`,
      {
        cause,
      },
    );
  }
}

export class JobsClosedError extends JobsError {
  override readonly name = 'JobsClosedError';

  constructor() {
    super('JOBS_CLOSED', 'The jobs are closed.');
  }
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
