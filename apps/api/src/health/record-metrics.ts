import type { Jobs } from '@ionloop/jobs';
import type { Figures, Persistence } from '@ionloop/persistence';
import { cachedFor, type ProcessMetrics } from '@ionloop/telemetry';
import type { Logger } from 'pino';
import type { Signals } from '../events/signals.js';
import { CampaignStateEnum } from '../graphql/enums.js';

export interface RecordSources {
  readonly persistence: Pick<Persistence, 'figures' | 'pool'>;
  readonly jobs: Pick<Jobs, 'depth' | 'oldest' | 'lostWakeUps'>;
  readonly signals: Signals;
  readonly log: Logger;
}

/** However often somebody scrapes, the record is asked no more often than this. */
const lookEverySeconds = 5;

/** Numbers of the record and of the queues, looked up when somebody scrapes. What cannot be looked up is left out. */
export function watchRecord(
  metrics: ProcessMetrics,
  { persistence, jobs, signals, log }: RecordSources,
): void {
  metrics.watchPool(() => persistence.pool());
  const subscribers = metrics.gauge('ionloop_subscribers', 'Clients of this server that follow a campaign.');
  const claims = metrics.gauge('ionloop_waiting_claims', 'Stations of this server that wait for work.');
  const lost = metrics.gauge(
    'ionloop_wake_ups_lost',
    'Hints of this process that did not reach the queue since it started.',
  );
  const upHelp = 'answered when this server last looked: 1 or 0.';
  const recordUp = metrics.gauge('ionloop_record_up', `Whether the record ${upHelp}`);
  const queuesUp = metrics.gauge('ionloop_queue_up', `Whether the queues ${upHelp}`);
  const showRecord = recordGauges(metrics);
  const showQueues = queueGauges(metrics);
  const record = cachedFor(lookEverySeconds, () => persistence.figures(Object.keys(CampaignStateEnum)));
  const queues = cachedFor(lookEverySeconds, () => Promise.all([jobs.depth(), jobs.oldest()]));
  metrics.atScrape(() => {
    subscribers.set(signals.followers);
    claims.set(signals.listeners);
    lost.set(jobs.lostWakeUps);
  });
  metrics.atScrape(() => told(recordUp, log, async () => showRecord(await record())));
  metrics.atScrape(() => told(queuesUp, log, async () => showQueues(...(await queues()))));
}

type Numbers = Readonly<Record<string, number>>;

async function told(up: { set(value: number): void }, log: Logger, look: () => Promise<void>): Promise<void> {
  try {
    await look();
    up.set(1);
  } catch (error) {
    log.warn({ err: error }, 'numbers for Prometheus cannot be looked up');
    up.set(0);
  }
}

function queueGauges(metrics: ProcessMetrics): (depth: Numbers, oldest: Numbers) => void {
  const depths = metrics.gauge('ionloop_queue_depth', 'Jobs waiting or running, by kind.', ['job']);
  const ages = metrics.gauge(
    'ionloop_queue_oldest_seconds',
    'How long the oldest waiting job has waited, by kind.',
    ['job'],
  );
  return (depth, oldest) => {
    for (const [job, count] of Object.entries(depth)) depths.set({ job }, count);
    for (const [job, seconds] of Object.entries(oldest)) ages.set({ job }, seconds);
  };
}

function recordGauges(metrics: ProcessMetrics): (figures: Figures) => void {
  const campaigns = metrics.gauge('ionloop_campaigns', 'Campaigns by state, counted up to 10 000.', [
    'state',
  ]);
  const proposals = metrics.gauge('ionloop_open_proposals', 'Proposals that wait for approval.');
  const queued = metrics.gauge('ionloop_queued_experiments', 'Experiments that wait for a station.');
  const attempts = metrics.gauge('ionloop_live_attempts', 'Attempts that are leased or started.', ['state']);
  const suspects = metrics.gauge('ionloop_suspect_attempts', 'Started attempts that are not heard of.');
  const oldest = metrics.gauge(
    'ionloop_oldest_lease_age_seconds',
    'How long ago the oldest attempt that is leased or started was leased; 0 where there is none.',
  );
  const overdueLeases = metrics.gauge(
    'ionloop_overdue_leases',
    'Leases whose deadline has passed; a worker ends them within seconds.',
  );
  const tasks = metrics.gauge('ionloop_waiting_tasks', 'Decisions that wait for a person.');
  const overdueTasks = metrics.gauge('ionloop_overdue_tasks', 'Decisions whose deadline has passed.');
  const stations = metrics.gauge('ionloop_stations', 'Stations by whether they were heard of lately.', [
    'state',
  ]);
  const modelAge = metrics.gauge(
    'ionloop_model_age_seconds',
    "Age of the oldest model behind an active campaign's latest plan; 0 where there is none.",
  );
  const events = metrics.gauge(
    'ionloop_events_written_total',
    'Events added to the log since the database’s statistics began.',
  );
  const logBytes = metrics.gauge('ionloop_event_log_bytes', 'Size of the event log with its indexes.');
  return (figures) => {
    for (const [state, count] of Object.entries(figures.campaigns)) campaigns.set({ state }, count);
    proposals.set(figures.openProposals);
    queued.set(figures.queuedExperiments);
    attempts.set({ state: 'leased' }, figures.attempts.leased);
    attempts.set({ state: 'started' }, figures.attempts.started);
    suspects.set(figures.attempts.suspect);
    oldest.set(figures.oldestLeaseAge ?? 0);
    overdueLeases.set(figures.overdueLeases);
    tasks.set(figures.waitingTasks);
    overdueTasks.set(figures.overdueTasks);
    for (const [state, count] of Object.entries(figures.stations)) stations.set({ state }, count);
    modelAge.set(figures.oldestModelAge ?? 0);
    events.set(figures.eventsWritten);
    logBytes.set(figures.eventLogBytes);
  };
}
