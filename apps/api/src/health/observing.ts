import type { JobsObserver } from '@ionloop/jobs';
import type { Observer } from '@ionloop/persistence';
import { carried, type ProcessMetrics, traced } from '@ionloop/telemetry';

/** What the record costs this server, in metrics and in traces. */
export const observingRecord = (metrics: ProcessMetrics): Observer => ({
  statement: (seconds, failed) => metrics.statement(seconds, failed),
  transaction: (campaignId, work) =>
    traced('transaction', { 'ionloop.campaign': campaignId }, () => metrics.transaction(work)),
});

/** What this server asks of workers goes on under its trace; it runs no jobs itself. */
export const observingJobs: JobsObserver = { carried, run: (_job, work) => work() };
