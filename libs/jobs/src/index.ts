export type { JobsConnection } from './broker.js';
export {
  catalogue,
  jobNames,
  type CampaignPayload,
  type JobHandlers,
  type JobName,
  type NoPayload,
  type Payloads,
  type PosteriorRequest,
  type Question,
  type ScreenPayload,
} from './catalogue.js';
export {
  JobFailedError,
  JobLostError,
  JobsClosedError,
  JobsError,
  JobTimedOutError,
  PayloadInvalidError,
  QueueUnreachableError,
  WakeUpLostError,
  type JobsErrorCode,
} from './errors.js';
export { Jobs, openJobs, type JobsSetup } from './jobs.js';
export type { JobsObserver, RunningJob } from './observer.js';
export type { JobFailure, QueueOverview } from './overview.js';
export { RedisBuckets } from './redis-buckets.js';
export type { WorkingJobs, WorkOptions } from './working.js';
