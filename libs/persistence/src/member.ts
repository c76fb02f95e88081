import type {
  Ability,
  Actor,
  Attempt,
  Campaign,
  CampaignEvent,
  Experiment,
  Json,
  Knowledge,
  Lease,
  Measurement,
  RecordedEvent,
} from '@ionloop/domain';
import type { CampaignTransaction, RememberedAnswer, ReplayTransaction } from '@ionloop/engine';
import type { PostgresTransaction } from './transaction.js';

/** One of those who share a transaction: sees what the ones before it did, and signs with its own name. */
export class Member implements ReplayTransaction {
  /** From its first write on, it can only fail together with the others. */
  hasWritten = false;

  constructor(
    private readonly shared: PostgresTransaction,
    private readonly actor: Actor,
  ) {}

  get now(): Date {
    return this.shared.now;
  }

  get campaign(): Campaign {
    return this.shared.campaign;
  }

  experiment(id: string): Promise<Experiment> {
    return this.shared.experiment(id);
  }

  attempt(id: string): Promise<Attempt> {
    return this.shared.attempt(id);
  }

  measurement(id: string): Promise<Measurement> {
    return this.shared.measurement(id);
  }

  experimentsById(ids: readonly string[]): Promise<readonly Experiment[]> {
    return this.shared.experimentsById(ids);
  }

  experiments(filter?: Parameters<CampaignTransaction['experiments']>[0]): Promise<readonly Experiment[]> {
    return this.shared.experiments(filter);
  }

  queuedFor(station: Ability, limit: number): Promise<readonly Experiment[]> {
    return this.shared.queuedFor(station, limit);
  }

  inHandsOf(stationId: string): Promise<number> {
    return this.shared.inHandsOf(stationId);
  }

  attemptsOf(experimentId: string): Promise<readonly Attempt[]> {
    return this.shared.attemptsOf(experimentId);
  }

  measurementsOf(attemptId: string): Promise<readonly Measurement[]> {
    return this.shared.measurementsOf(attemptId);
  }

  knowledge(): Promise<readonly Knowledge[]> {
    return this.shared.knowledge();
  }

  overdueLeases(): Promise<readonly Lease[]> {
    return this.shared.overdueLeases();
  }

  recall(scope: string, key: string): Promise<RememberedAnswer | null> {
    return this.shared.recall(scope, key);
  }

  append(event: CampaignEvent): void {
    this.writing().append(event, this.actor);
  }

  replay(recorded: RecordedEvent): void {
    this.writing().replay(recorded);
  }

  writeOut(): Promise<void> {
    return this.writing().writeOut();
  }

  setLease(lease: Omit<Lease, 'campaignId'>): void {
    this.writing().setLease(lease);
  }

  endLease(attemptId: string): void {
    this.writing().endLease(attemptId);
  }

  addPartial(attemptId: string, seq: number, body: Json): Promise<boolean> {
    return this.writing().addPartial(attemptId, seq, body);
  }

  saveModelBody(modelId: string, body: Json): void {
    this.writing().saveModelBody(modelId, body);
  }

  remember(scope: string, key: string, answer: RememberedAnswer): void {
    this.writing().remember(scope, key, answer);
  }

  private writing(): PostgresTransaction {
    this.hasWritten = true;
    return this.shared;
  }
}
