import type { JobsObserver } from '@ionloop/jobs';
import type { Observer } from '@ionloop/persistence';
import { carried, continuing, type Ids, type ProcessMetrics, traced, withIds } from '@ionloop/telemetry';
import type { Logger } from 'pino';
import type { WorkerMetrics } from './metrics.js';

/** What the record costs this process, in metrics and in traces. */
export const observingRecord = (metrics: ProcessMetrics): Observer => ({
  statement: (seconds, failed) => metrics.statement(seconds, failed),
  transaction: (campaignId, work) =>
    traced('transaction', { 'ionloop.campaign': campaignId }, () => metrics.transaction(work)),
});

/** Each job goes on with the trace of who asked for it, and its log lines say what it is about. */
export const observingJobs = (metrics: WorkerMetrics, log: Logger): JobsObserver => ({
  carried,
  run: ({ name, payload, trace, waitedSeconds }, work) => {
    const ids = idsIn(payload);
    const attributes = { 'ionloop.job': name, ...(ids.campaignId && { 'ionloop.campaign': ids.campaignId }) };
    return withIds({ job: name, ...ids }, () =>
      continuing(trace, `job ${name}`, { kind: 'job', attributes }, async () => {
        const result = await metrics.job(name, waitedSeconds, work);
        log.debug({ waitedSeconds }, 'a job is done');
        return result;
      }),
    );
  },
});

function idsIn(payload: unknown): Ids {
  const { campaignId, screenId, importId } = (payload ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...(typeof campaignId === 'string' && { campaignId }),
    ...(typeof screenId === 'string' && { screenId }),
    ...(typeof importId === 'string' && { importId }),
  };
}
