import type { Actor, Campaign, Experiment, JsonObject } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import {
  appendPartial,
  type Assignment,
  claim,
  createCampaign,
  moveCampaign,
  type Planner,
  reconcile,
  registerStation,
  startAttempt,
  type StationVoice,
  submit,
  type SubmitAnswer,
  type SubmitRequest,
} from '../index.js';
import { ternary } from './ternary.js';

/** A campaign, a planner and a station in a few words, so that a test tells only its story. */
export class TestLoop {
  readonly person: Actor = { kind: 'person', name: 'ada' };
  private keys = 0;

  constructor(
    readonly engine: Engine,
    readonly planner: Planner,
  ) {}

  async campaign(change: JsonObject = {}): Promise<Campaign> {
    const { id } = await createCampaign(this.engine, this.person, { ...ternary, ...change });
    await moveCampaign(this.engine, this.person, id, 'active');
    await this.look(id);
    return this.now(id);
  }

  look(campaignId: string): Promise<void> {
    return reconcile(this.engine, this.planner, campaignId);
  }

  async now(campaignId: string): Promise<Campaign> {
    const campaign = await this.engine.store.read.campaign(campaignId);
    if (!campaign) throw new Error(`campaign ${campaignId} is gone`);
    return campaign;
  }

  async experiment(id: string): Promise<Experiment> {
    const experiment = await this.engine.store.read.experiment(id);
    if (!experiment) throw new Error(`experiment ${id} is gone`);
    return experiment;
  }

  async station(name = 'robot', bootId = 'boot-1'): Promise<StationVoice> {
    await registerStation(this.engine, {
      station: name,
      bootId,
      properties: ['ionic_conductivity'],
      schemaVersion: 1,
    });
    return { station: name, bootId };
  }

  key(): string {
    this.keys += 1;
    return `key-${this.keys}`;
  }

  async claimOne(voice: StationVoice): Promise<Assignment> {
    const [assignment] = await claim(this.engine, voice, { idempotencyKey: this.key(), max: 1 });
    if (!assignment) throw new Error('there was nothing to claim');
    return assignment;
  }

  async startOne(voice: StationVoice): Promise<Assignment> {
    const assignment = await this.claimOne(voice);
    await startAttempt(this.engine, voice, assignment);
    return assignment;
  }

  measured(assignment: Assignment, value = 1e-4): SubmitRequest {
    return {
      attemptId: assignment.attemptId,
      fence: assignment.fence,
      idempotencyKey: this.key(),
      outcome: 'measured',
      measurements: [{ property: 'ionic_conductivity', value, unit: 'S/cm' }],
    };
  }

  async runOne(voice: StationVoice, value = 1e-4): Promise<SubmitAnswer> {
    return submit(this.engine, voice, this.measured(await this.startOne(voice), value));
  }

  partial(voice: StationVoice, attemptId: string, seq: number): Promise<{ readonly stored: boolean }> {
    return appendPartial(this.engine, voice, { attemptId, seq, partial: { seq } });
  }
}

/** Leases so short that a test can wait for them on any store's clock. */
export const hasty: JsonObject = {
  heartbeatSeconds: 0.02,
  leaseSeconds: 0.06,
  suspectSeconds: 0.06,
  attemptCap: 2,
};

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
