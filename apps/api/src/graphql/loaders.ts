import type {
  Attachment,
  Attempt,
  Campaign,
  Experiment,
  Json,
  Knowledge,
  Lease,
  Measurement,
  Model,
  Plan,
  Station,
  Task,
} from '@ionloop/domain';
import type {
  Analysis,
  BestResult,
  ChunksDone,
  HistoryImport,
  ProgressEntry,
  RecordReader,
  RecordStore,
  Screen,
  Standing,
  TaskPlace,
} from '@ionloop/engine';
import type DataLoader from 'dataloader';
import { batched, distinct } from './batched.js';
import { type ListLoaders, newListLoaders } from './list-loaders.js';
import type { ProgressAsked, Summaries } from '../campaigns/summaries.js';

type AttemptOfCampaign = Pick<Attempt, 'id' | 'campaignId'>;

interface TasksAsked {
  readonly campaignId: string;
  readonly page: { readonly first: number; readonly after?: TaskPlace };
}

/**
 * Reads of one request, gathered into batches. They batch but do not remember: a request may hold several mutations,
 * and each must see what it has changed.
 */
export interface Loaders {
  readonly campaign: DataLoader<string, Campaign | null>;
  readonly standing: DataLoader<string, Standing | null>;
  readonly best: DataLoader<string, BestResult | null>;
  readonly progress: DataLoader<ProgressAsked, readonly ProgressEntry[]>;
  readonly lastSeq: DataLoader<string, number>;
  readonly latestModel: DataLoader<string, Model | null>;
  readonly experiment: DataLoader<string, Experiment | null>;
  /** The record's clock, asked once for all that need it. */
  readonly now: DataLoader<'now', Date>;
  readonly taskCount: DataLoader<string, number>;
  readonly plan: DataLoader<string, Plan | null>;
  readonly tasks: DataLoader<TasksAsked, readonly Task[]>;
  readonly attempts: DataLoader<string, readonly Attempt[]>;
  readonly measurements: DataLoader<string, readonly Measurement[]>;
  readonly attachments: DataLoader<AttemptOfCampaign, readonly Attachment[]>;
  readonly lease: DataLoader<string, Lease | null>;
  readonly station: DataLoader<string, Station | null>;
  readonly attempt: DataLoader<string, Attempt | null>;
  readonly measurement: DataLoader<string, Measurement | null>;
  readonly attachment: DataLoader<string, Attachment | null>;
  readonly model: DataLoader<string, Model | null>;
  readonly screen: DataLoader<string, Screen | null>;
  readonly screenDone: DataLoader<string, ChunksDone | null>;
  readonly import: DataLoader<string, HistoryImport | null>;
  readonly imports: DataLoader<string, readonly HistoryImport[]>;
  readonly knowledge: DataLoader<string, readonly Knowledge[]>;
  readonly analysis: DataLoader<string, Analysis | null>;
  readonly analysisResult: DataLoader<string, Json | null>;
  readonly lists: ListLoaders;
}

export function newLoaders(store: RecordStore, summaries: Summaries): Loaders {
  const { read, stations } = store;
  return {
    lists: newListLoaders(store),
    import: byIds((ids) => store.imports.byIds(ids)),
    imports: batched(async (ids) => {
      const own = grouped(await store.imports.ofCampaigns(distinct(ids)), ({ campaignId }) => campaignId);
      return ids.map((id) => own.get(id) ?? []);
    }),
    knowledge: batched(async (ids) => {
      const own = grouped(await read.knowledge(distinct(ids)), ({ campaignId }) => campaignId);
      return ids.map((id) => own.get(id) ?? []);
    }),
    analysis: byIds((ids) => store.analyses.byIds(ids)),
    analysisResult: batched(async (ids) => byKey(await store.analyses.results(distinct(ids)), ids)),
    attempt: byIds((ids) => read.lists.attemptsById(ids)),
    measurement: byIds((ids) => read.lists.measurementsById(ids)),
    attachment: byIds((ids) => read.lists.attachmentsById(ids)),
    model: byIds((ids) => read.lists.modelsById(ids)),
    screen: byIds((ids) => store.screens.byIds(ids)),
    screenDone: batched(async (ids) => byKey(await store.screens.doneOf(distinct(ids)), ids)),
    campaign: byIds((ids) => read.campaignsById(ids)),
    standing: batched(async (ids) => byKey(await read.standings(distinct(ids)), ids)),
    best: batched(async (ids) => byKey(await read.bestResults(distinct(ids)), ids)),
    progress: batched((asked) => summaries.progress(asked)),
    lastSeq: batched(async (ids) => {
      const known = await read.lastSeqs(distinct(ids));
      return ids.map((id) => known.get(id) ?? 0);
    }),
    latestModel: batched(async (ids) => byKey(await read.latestModels(distinct(ids)), ids)),
    experiment: byIds((ids) => read.experimentsById(ids)),
    now: batched(async (asked) => {
      const now = await read.now();
      return asked.map(() => now);
    }),
    tasks: batched(async (asked) => {
      const pages = new Map(asked.map(({ page }) => [JSON.stringify(page), page]));
      const found = new Map<string, ReadonlyMap<string, readonly Task[]>>();
      for (const [name, page] of pages) {
        const ids = asked.filter((one) => JSON.stringify(one.page) === name).map((one) => one.campaignId);
        found.set(name, await read.tasksOf(distinct(ids), page));
      }
      return asked.map(({ campaignId, page }) => found.get(JSON.stringify(page))?.get(campaignId) ?? []);
    }),
    taskCount: batched(async (ids) => {
      const counts = await read.taskCounts(distinct(ids));
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    plan: byIds((ids) => read.lists.plansById(ids)),
    attempts: batched(async (ids) => {
      const own = grouped(await read.attempts(distinct(ids)), ({ experimentId }) => experimentId);
      return ids.map((id) => own.get(id) ?? []);
    }),
    measurements: batched(async (ids) => {
      const own = grouped(await read.measurementsOf(distinct(ids)), ({ experimentId }) => experimentId);
      return ids.map((id) => own.get(id) ?? []);
    }),
    attachments: batched((attempts) => attachmentsOf(read, attempts)),
    lease: batched(async (ids) => {
      const leases = new Map((await read.leases(distinct(ids))).map((lease) => [lease.attemptId, lease]));
      return ids.map((id) => leases.get(id) ?? null);
    }),
    station: byIds(() => stations.all()),
  };
}

const byIds = <V extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<readonly V[]>,
): DataLoader<string, V | null> =>
  batched(async (ids) => byKey(new Map((await load(distinct(ids))).map((one) => [one.id, one])), ids));

async function attachmentsOf(
  read: RecordReader,
  attempts: readonly AttemptOfCampaign[],
): Promise<readonly (readonly Attachment[])[]> {
  const found = await read.attachmentsOf(
    distinct(attempts.map(({ campaignId }) => campaignId)),
    distinct(attempts.map(({ id }) => id)),
  );
  const byAttempt = grouped(found, ({ attemptId }) => attemptId);
  return attempts.map(({ id }) => byAttempt.get(id) ?? []);
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
