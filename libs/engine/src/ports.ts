import type {
  Ability,
  AccessChange,
  Actor,
  Attachment,
  Attempt,
  Campaign,
  CampaignEvent,
  CampaignState,
  Experiment,
  ExperimentState,
  Json,
  Knowledge,
  Lease,
  Measurement,
  Model,
  Plan,
  RecordedEvent,
  Station,
  Task,
  TaskSubject,
  Token,
  Workspace,
} from '@ionloop/domain';
import type { AnalysisStore } from './analyses/analysis.js';
import type { ArtifactIndex } from './artifacts/ports.js';
import type { ImportStore } from './imports/import.js';
import type { RecordLists } from './lists/ports.js';
import type { AskedUnder, MadeUnder } from './made-under.js';
import type { ScreenStore } from './screening/screen.js';
import type { TaskFilter, TaskPlace } from './tasks/task-list.js';

/** What the engine asks of the world. Each has an in-memory adapter here and a real one elsewhere. */

/** Random where randomness is wanted: ids and secrets. */
export interface Ids {
  /** A new unique id that sorts by the time it was made. */
  next(): string;
  /** A secret of 256 bits, safe in URLs. */
  secret(): string;
}

/** A hint that a campaign is worth a look. It may be lost, repeated or late: nothing depends on it. */
export interface WakeUps {
  wake(campaignId: string): Promise<void>;
}

/**
 * The record. A transaction holds its campaign alone, sees its own writes, and either commits rows, events and leases
 * together or nothing. Time is the store's own: no client's clock decides anything.
 */
export interface RecordStore {
  readonly screens: ScreenStore;
  readonly analyses: AnalysisStore;
  readonly imports: ImportStore;
  readonly artifacts: ArtifactIndex;
  readonly inFlight: RequestsInFlight;
  /** Opens a new campaign; its first event must be `campaign.created`. */
  create<T>(
    campaignId: string,
    actor: Actor,
    work: (tx: CampaignTransaction) => Promise<T>,
    workspace?: string,
  ): Promise<T>;
  /**
   * Refuses with NOT_FOUND where there is no such campaign. `work` may be run more than once, and may share a transaction
   * with others that wait for the campaign: it has no effect outside of `tx`, and takes no time but the record's.
   */
  transact<T>(
    campaignId: string,
    actor: Actor,
    work: (tx: CampaignTransaction) => Promise<T>,
    ahead?: LookAhead,
  ): Promise<T>;
  /**
   * A campaign that is new here, from the log that it has elsewhere: events are taken as they are, with their times and
   * hashes. Refuses with CONFLICT one that is here already.
   */
  restore<T>(campaignId: string, work: (tx: ReplayTransaction) => Promise<T>, workspace?: string): Promise<T>;
  readonly read: RecordReader;
  readonly stations: StationStore;
  readonly tokens: TokenStore;
  readonly workspaces: WorkspaceStore;
  readonly accessLog: AccessLog;
}

/** What a transaction will look at first, so that it can be fetched along with its lock. Nothing depends on it. */
export interface LookAhead {
  /** With their experiments. */
  readonly attempts?: readonly string[];
  /** As many of the queued experiments. */
  readonly queued?: number;
  readonly answers?: readonly { readonly scope: string; readonly key: string }[];
}

export interface CampaignTransaction {
  readonly now: Date;
  readonly campaign: Campaign;
  /** Refuse with NOT_FOUND what is not of this campaign. */
  experiment(id: string): Promise<Experiment>;
  attempt(id: string): Promise<Attempt>;
  measurement(id: string): Promise<Measurement>;
  /** All of these, in any order. */
  experimentsById(ids: readonly string[]): Promise<readonly Experiment[]>;
  /** In the order of their turns: by rank, then by number. */
  experiments(filter?: {
    readonly states?: readonly ExperimentState[];
    readonly limit?: number;
  }): Promise<readonly Experiment[]>;
  /** Of what is queued, the first whose turn it is that such a station can make. */
  queuedFor(station: Ability, limit: number): Promise<readonly Experiment[]>;
  /** How many attempts are in this station's hands, in whichever campaign; nobody adds to them before this transaction ends. */
  inHandsOf(stationId: string): Promise<number>;
  attemptsOf(experimentId: string): Promise<readonly Attempt[]>;
  measurementsOf(attemptId: string): Promise<readonly Measurement[]>;
  /** All of the campaign's from elsewhere, what was removed too, by number. */
  knowledge(): Promise<readonly Knowledge[]>;
  /** Applies the event to the rows at hand and writes it, chained, when the transaction commits. */
  append(event: CampaignEvent): void;
  /**
   * Writes what was appended so far, still within the transaction, so that a long one need not be held in memory: rows
   * that were changed have to be asked for again.
   */
  writeOut(): Promise<void>;
  setLease(lease: Omit<Lease, 'campaignId'>): void;
  endLease(attemptId: string): void;
  /** Leases whose deadline has passed by the store's clock. */
  overdueLeases(): Promise<readonly Lease[]>;
  /** False where this attempt has had this sequence number already. */
  addPartial(attemptId: string, seq: number, body: Json): Promise<boolean>;
  /** Kept apart from the rows: what a fitted model needs to predict again. */
  saveModelBody(modelId: string, body: Json): void;
  /** Answers already given under a key; asking and remembering are one transaction with what they answer for. */
  recall(scope: string, key: string): Promise<RememberedAnswer | null>;
  remember(scope: string, key: string, answer: RememberedAnswer): void;
}

export interface ReplayTransaction extends CampaignTransaction {
  /** Applies an event of another record's log and keeps it as it is; it has to follow from the one before. */
  replay(recorded: RecordedEvent): void;
}

export interface RememberedAnswer {
  readonly requestHash: string;
  readonly response: Json;
}

/**
 * Which keyed requests are being answered just now, on whichever server. It only spares two servers the same work: what
 * counts is what was remembered. So a hold ends with its deadline at the latest, and may be forgotten with the store.
 */
export interface RequestsInFlight {
  /** Takes the key for so many seconds, or keeps it for its holder; otherwise tells who has it. */
  hold(request: KeyedRequest, holder: string, seconds: number): Promise<Held>;
  /** Lets go of it, where it is still this holder's. */
  release(request: KeyedRequest, holder: string): Promise<void>;
}

export interface KeyedRequest {
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
}

/** Null where the other request ended while it was asked for. */
export type Held = { readonly ours: true } | { readonly ours: false; readonly requestHash: string | null };

export interface Page {
  readonly first: number;
  /** Everything after this position in the stated order. */
  readonly after?: number;
}

/** Reads outside of transactions, for screens and for planning. */
export interface RecordReader {
  readonly lists: RecordLists;
  now(): Promise<Date>;
  campaigns(filter?: CampaignsIn): Promise<readonly Campaign[]>;
  campaign(id: string): Promise<Campaign | null>;
  campaignsById(ids: readonly string[]): Promise<readonly Campaign[]>;
  /** Ordered by number; `after` is a number. */
  experiments(
    campaignId: string,
    filter?: { readonly states?: readonly ExperimentState[] },
    page?: Page,
  ): Promise<readonly Experiment[]>;
  countExperiments(campaignId: string, states?: readonly ExperimentState[]): Promise<number>;
  /** How each of these campaigns stands, as far as there are such. */
  standings(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** Of those that keep all limits: the best by the first objective, of equal ones the first that was handed in. */
  bestResults(campaignIds: readonly string[]): Promise<ReadonlyMap<string, BestResult>>;
  /**
   * Experiments with a value in the order in which they were handed in, and how the best grew; of many at most so many
   * that keep the shape: the last gain and the last entry of each stretch.
   */
  progress(
    campaignIds: readonly string[],
    points: number,
  ): Promise<ReadonlyMap<string, readonly ProgressEntry[]>>;
  experiment(id: string): Promise<Experiment | null>;
  attempt(id: string): Promise<Attempt | null>;
  /** For batches of experiments at once, ordered by fence. */
  attempts(experimentIds: readonly string[]): Promise<readonly Attempt[]>;
  leases(attemptIds: readonly string[]): Promise<readonly Lease[]>;
  measurement(id: string): Promise<Measurement | null>;
  measurements(campaignId: string, experimentIds?: readonly string[]): Promise<readonly Measurement[]>;
  /** Of these experiments, in the order they were handed in. */
  measurementsOf(experimentIds: readonly string[]): Promise<readonly Measurement[]>;
  /** Of these attempts of these campaigns, likewise. */
  attachmentsOf(
    campaignIds: readonly string[],
    attemptIds: readonly string[],
  ): Promise<readonly Attachment[]>;
  /** In the order they were handed in. */
  attachments(campaignId: string, attemptIds?: readonly string[]): Promise<readonly Attachment[]>;
  /** Results from elsewhere that these campaigns have, what was removed too, by number. */
  knowledge(campaignIds: readonly string[]): Promise<readonly Knowledge[]>;
  plans(campaignId: string): Promise<readonly Plan[]>;
  models(campaignId: string): Promise<readonly Model[]>;
  latestModel(campaignId: string): Promise<Model | null>;
  latestModels(campaignIds: readonly string[]): Promise<ReadonlyMap<string, Model>>;
  modelBody(modelId: string): Promise<Json | null>;
  /** Ordered by sequence number, those after `after`. */
  events(campaignId: string, after: number, limit: number): Promise<readonly RecordedEvent[]>;
  lastSeq(campaignId: string): Promise<number>;
  lastSeqs(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Campaigns, active and with dispatch on, that have something queued that such a station can do. */
  claimable(station: AbilityInWorkspace): Promise<readonly string[]>;
  /** What people are asked, the most pressing first. */
  tasks(
    filter: TaskFilter,
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<readonly Task[]>;
  /** The same of each of these campaigns. */
  tasksOf(
    campaignIds: readonly string[],
    page: { readonly first: number; readonly after?: TaskPlace },
  ): Promise<ReadonlyMap<string, readonly Task[]>>;
  countTasks(filter: TaskFilter): Promise<number>;
  /** Of those campaigns that have any. */
  taskCounts(campaignIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  experimentsById(ids: readonly string[]): Promise<readonly Experiment[]>;
  /** What has a deadline that passed by the store's clock, and somebody else to go to. */
  due(campaignId: string, limit: number): Promise<readonly TaskSubject[]>;
  /**
   * Of an active campaign with dispatch on: what was queued longer ago than a lease and no station that is on and heard
   * of can do, and what waits for one and has got it. The first by number.
   */
  stuck(
    campaignId: string,
    limit: number,
  ): Promise<{ readonly unable: readonly string[]; readonly ableAgain: readonly string[] }>;
  /** Rows that are not at an end and have neither a deadline nor an owner: there should be none. */
  forgotten(campaignId: string): Promise<readonly Forgotten[]>;
  /** Everything that planning looks at, as of one event: one consistent snapshot. */
  planningSnapshot(campaignId: string): Promise<PlanningSnapshot | null>;
  /** An answer given under a key in whichever campaign it was given. */
  recall(scope: string, key: string): Promise<RememberedAnswer | null>;
}

/** What of a campaign is how far. */
export interface Standing {
  readonly counts: ReadonlyMap<ExperimentState, number>;
  /** Of the experiments, those of imported history: they spend no budget. */
  readonly past: number;
  readonly suspects: number;
  /** Attempts whose results were flagged or came late, and wait for a decision. */
  readonly results: number;
}

export interface BestResult {
  readonly experimentId: string;
  readonly value: number;
}

export interface ProgressEntry {
  readonly experimentNumber: number;
  readonly value: number;
  /** Up to here, of those that keep all limits; null before there is one. */
  readonly best: number | null;
  /** Of several objectives: the share of the box between the worst and the best of each that is beaten up to here. */
  readonly volume: number | null;
  readonly prediction: Experiment['prediction'];
  readonly at: string;
}

export interface CampaignsIn {
  readonly states?: readonly CampaignState[];
  readonly workspace?: string;
}

/** Where a workspace is named, of that one alone. */
export interface AbilityInWorkspace extends Ability {
  readonly workspace?: string;
}

export interface Forgotten {
  readonly kind: string;
  readonly id: string;
  readonly why: string;
}

export interface PlanningSnapshot {
  readonly seq: number;
  readonly campaign: Campaign;
  /** All of the campaign's, by number. */
  readonly experiments: readonly Experiment[];
  /** The accepted ones, in any order. */
  readonly accepted: readonly Measurement[];
  /** From elsewhere, as far as plans are made with it, by number. */
  readonly knowledge: readonly Knowledge[];
}

export interface StationStore {
  /** In the default workspace, unless another is named. */
  byName(name: string, workspace?: string): Promise<Station | null>;
  byId(id: string): Promise<Station | null>;
  /** Of all workspaces, unless one is named. */
  all(workspace?: string): Promise<readonly Station[]>;
  /** Inserts, or replaces the one of that name keeping its id and switch. `lastSeenAt` is the store's clock. */
  register(station: NewStation): Promise<Station>;
  setPaused(id: string, paused: boolean): Promise<Station>;
  seen(id: string): Promise<void>;
  /** Attempts of this station that may still be worked on, with their campaigns. */
  liveAttempts(stationId: string): Promise<readonly Attempt[]>;
}

export interface TokenStore {
  /** `lifetimeSeconds` counts from the store's now. */
  add(token: NewTokenRow, lifetimeSeconds: number): Promise<Token>;
  /** The same, but for a key under which one was added before: that one is given, and nothing is added. */
  addUnder(asked: AskedUnder, token: NewTokenRow, lifetimeSeconds: number): Promise<MadeUnder<Token>>;
  under(key: string): Promise<MadeUnder<Token> | null>;
  /** A token that is known, unexpired and not revoked. */
  valid(hash: string): Promise<Token | null>;
  /** Takes a one-time token: the second call gets null. */
  redeem(hash: string): Promise<Token | null>;
  /** Of all workspaces, unless one is named. */
  all(workspace?: string): Promise<readonly Token[]>;
  revoke(id: string): Promise<void>;
}

type Somewhere<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** In the default workspace, unless another is named. */
export type NewStation = Somewhere<Omit<Station, 'paused' | 'lastSeenAt'>, 'workspace'>;

/** In the default workspace, for all of it and for nothing beyond it, unless it is said otherwise. */
export type NewTokenRow = Somewhere<
  Omit<Token, 'createdAt' | 'expiresAt' | 'revokedAt'>,
  'workspace' | 'campaign' | 'instance'
>;

export interface WorkspaceStore {
  /** Refuses an id that is taken. */
  add(workspace: Pick<Workspace, 'id' | 'name'>): Promise<Workspace>;
  byId(id: string): Promise<Workspace | null>;
  all(): Promise<readonly Workspace[]>;
  /** Where a campaign belongs, for ever; null where there is none. */
  ofCampaign(campaignId: string): Promise<string | null>;
  campaignOfModel(modelId: string): Promise<string | null>;
}

/** What was changed about access, never to be changed itself. */
export interface AccessLog {
  /** By the store's clock. The same id twice is one change. */
  add(change: Omit<AccessChange, 'at'>): Promise<void>;
  /** By their ids, which sort by time: the newest first, those before the given one. */
  page(workspace: string, first: number, before?: string): Promise<readonly AccessChange[]>;
}
