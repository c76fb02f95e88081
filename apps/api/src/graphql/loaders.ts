import type {
  Attachment,
  Attempt,
  Campaign,
  Experiment,
  Lease,
  Measurement,
  Plan,
  Station,
} from '@ionloop/domain';
import type { RecordReader, RecordStore } from '@ionloop/engine';
import DataLoader from 'dataloader';
import type { Summaries } from '../campaigns/summaries.js';
import type { CampaignSummary } from '../campaigns/summary.js';

type OfCampaign = Pick<Experiment, 'id' | 'campaignId'>;
type AttemptOfCampaign = Pick<Attempt, 'id' | 'campaignId'>;

/**
 * Reads of one request, gathered into batches. They batch but do not remember: a request may hold several mutations,
 * and each must see what it has changed.
 */
export interface Loaders {
  readonly campaign: DataLoader<string, Campaign | null>;
  readonly summary: DataLoader<string, CampaignSummary | null>;
  readonly experiment: DataLoader<string, Experiment | null>;
  /** The record's clock, asked once for all that need it. */
  readonly now: DataLoader<'now', Date>;
  readonly taskCount: DataLoader<string, number>;
  /** By campaign. */
  readonly plans: DataLoader<string, readonly Plan[]>;
  readonly attempts: DataLoader<string, readonly Attempt[]>;
  readonly measurements: DataLoader<OfCampaign, readonly Measurement[]>;
  readonly attachments: DataLoader<AttemptOfCampaign, readonly Attachment[]>;
  readonly lease: DataLoader<string, Lease | null>;
  readonly station: DataLoader<string, Station | null>;
}

export function newLoaders(store: RecordStore, summaries: Summaries): Loaders {
  const { read, stations } = store;
  return {
    campaign: batched(async (ids) => byKey(await eachOnce(ids, (id) => read.campaign(id)), ids)),
    summary: batched(async (ids) => byKey(await eachOnce(ids, (id) => summaries.of(id)), ids)),
    experiment: batched(async (ids) => {
      const known = new Map((await read.experimentsById(distinct(ids))).map((one) => [one.id, one]));
      return ids.map((id) => known.get(id) ?? null);
    }),
    now: batched(async (asked) => {
      const now = await read.now();
      return asked.map(() => now);
    }),
    taskCount: batched(async (ids) => {
      const counts = await read.taskCounts(distinct(ids));
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    plans: batched(async (ids) => {
      const own = await eachOnce(ids, (id) => read.plans(id));
      return ids.map((id) => own.get(id) ?? []);
    }),
    attempts: batched(async (ids) => {
      const own = grouped(await read.attempts(distinct(ids)), ({ experimentId }) => experimentId);
      return ids.map((id) => own.get(id) ?? []);
    }),
    measurements: batched((experiments) => measurementsOf(read, experiments)),
    attachments: batched((attempts) => attachmentsOf(read, attempts)),
    lease: batched(async (ids) => {
      const leases = new Map((await read.leases(distinct(ids))).map((lease) => [lease.attemptId, lease]));
      return ids.map((id) => leases.get(id) ?? null);
    }),
    station: batched(async (ids) => {
      const known = new Map((await stations.all()).map((station) => [station.id, station]));
      return ids.map((id) => known.get(id) ?? null);
    }),
  };
}

const batched = <K, V>(load: (keys: readonly K[]) => Promise<readonly V[]>): DataLoader<K, V> =>
  new DataLoader<K, V>(load, { cache: false });

async function measurementsOf(
  read: RecordReader,
  experiments: readonly OfCampaign[],
): Promise<readonly (readonly Measurement[])[]> {
  const byCampaign = grouped(experiments, ({ campaignId }) => campaignId);
  const found = await Promise.all(
    [...byCampaign].map(([campaignId, own]) =>
      read.measurements(campaignId, distinct(own.map(({ id }) => id))),
    ),
  );
  const byExperiment = grouped(found.flat(), ({ experimentId }) => experimentId);
  return experiments.map(({ id }) => byExperiment.get(id) ?? []);
}

async function attachmentsOf(
  read: RecordReader,
  attempts: readonly AttemptOfCampaign[],
): Promise<readonly (readonly Attachment[])[]> {
  const byCampaign = grouped(attempts, ({ campaignId }) => campaignId);
  const found = await Promise.all(
    [...byCampaign].map(([campaignId, own]) =>
      read.attachments(campaignId, distinct(own.map(({ id }) => id))),
    ),
  );
  const byAttempt = grouped(found.flat(), ({ attemptId }) => attemptId);
  return attempts.map(({ id }) => byAttempt.get(id) ?? []);
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

async function eachOnce<V>(
  ids: readonly string[],
  load: (id: string) => Promise<V>,
): Promise<ReadonlyMap<string, V>> {
  return new Map(await Promise.all(distinct(ids).map(async (id) => [id, await load(id)] as const)));
}

const byKey = <V>(found: ReadonlyMap<string, V | null>, ids: readonly string[]): readonly (V | null)[] =>
  ids.map((id) => found.get(id) ?? null);

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
