import {
  type Actor,
  type CampaignSpec,
  hashOf,
  knowledgeHash,
  type NewAttachment,
  type NewExperiment,
  type NewMeasurement,
  type Point,
} from '@ionloop/domain';
import type { CampaignTransaction, RecordStore } from '../ports.js';
import { usualLab } from '../quiet-engine.js';

export const ada: Actor = { kind: 'person', name: 'Ada' };

let drawn = 0;
/** Unique over all suites of a process, so that many tests can share one store. */
export function newId(kind: string): string {
  drawn += 1;
  return `${kind}-${String(drawn).padStart(6, '0')}`;
}

export const newSpec = (change: Partial<CampaignSpec> = {}): CampaignSpec => ({
  name: 'Glasses',
  description: 'what conducts',
  space: {
    parameters: [
      { kind: 'mixture', name: 'glass', components: [{ name: 'Li3PO4' }, { name: 'Li3BO3', min: 0.1 }] },
      { kind: 'continuous', name: 'pressure', min: 1e-7, max: 1e21, scale: 'log', unit: 'Pa' },
    ],
  },
  objectives: [
    { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm', temperatureC: 25 },
  ],
  strategy: { name: 'auto', initial: 4 },
  budget: 20,
  parallel: 3,
  approval: 'manual',
  seed: 'seed',
  lab: usualLab,
  ...change,
});

export function newExperiment(number: number, change: Partial<NewExperiment> = {}): NewExperiment {
  const point: Point = { glass: { Li3PO4: 1 - number / 1000, Li3BO3: number / 1000 }, pressure: 1e5 };
  return {
    id: newId('experiment'),
    number,
    point,
    specHash: hashOf(point),
    origin: 'person',
    planId: null,
    prediction: null,
    acquisition: null,
    reason: 'it looks good',
    ...change,
  };
}

export const newMeasurement = (change: Partial<NewMeasurement> = {}): NewMeasurement => ({
  id: newId('measurement'),
  property: 'ionic_conductivity',
  value: 1.25e-7,
  unit: 'S/cm',
  uncertainty: null,
  conditions: { temperatureC: 25 },
  raw: { value: 0.125, unit: 'µS/cm' },
  flags: [],
  ...change,
});

export const newAttachment = (change: Partial<NewAttachment> = {}): NewAttachment => ({
  id: newId('attachment'),
  measurementId: null,
  sha256: hashOf('a file'),
  name: 'Foto “1”.png',
  mediaType: 'image/png',
  bytes: 2 ** 40,
  kind: null,
  ...change,
});

/** The steps of a campaign's life, one transaction each, on whichever store. */
export class StoreStory {
  constructor(readonly store: RecordStore) {}

  async campaign(change: Partial<CampaignSpec> = {}): Promise<string> {
    const id = newId('campaign');
    await this.store.create(id, ada, (tx) => {
      tx.append({ type: 'campaign.created', campaignId: id, spec: newSpec(change) });
      return Promise.resolve();
    });
    return id;
  }

  async activeCampaign(change: Partial<CampaignSpec> = {}): Promise<string> {
    const id = await this.campaign(change);
    await this.step(id, (tx) => tx.append({ type: 'campaign.moved', to: 'active', note: null }));
    return id;
  }

  /** A transaction that only says what happens. */
  step(campaignId: string, happens: (tx: CampaignTransaction) => void): Promise<void> {
    return this.store.transact(campaignId, ada, (tx) => {
      happens(tx);
      return Promise.resolve();
    });
  }

  async experiment(campaignId: string, change: Partial<NewExperiment> = {}): Promise<string> {
    return this.store.transact(campaignId, ada, (tx) => {
      const experiment = newExperiment(tx.campaign.experiments + 1, change);
      tx.append({ type: 'experiment.added', experiment });
      return Promise.resolve(experiment.id);
    });
  }

  async queued(campaignId: string): Promise<string> {
    const id = await this.experiment(campaignId);
    await this.queue(campaignId, id);
    return id;
  }

  queue(campaignId: string, experimentId: string): Promise<void> {
    return this.store.transact(campaignId, ada, async (tx) => {
      const { specHash } = await tx.experiment(experimentId);
      tx.append({ type: 'experiment.approved', experimentId, specHash });
      tx.append({ type: 'experiment.moved', experimentId, to: 'queued', note: null });
    });
  }

  leased(campaignId: string, experimentId: string, stationId = 'station'): Promise<string> {
    return this.store.transact(campaignId, ada, async (tx) => {
      const { fence, specHash } = await tx.experiment(experimentId);
      const attemptId = newId('attempt');
      tx.append({
        type: 'attempt.leased',
        attemptId,
        experimentId,
        stationId,
        bootId: 'boot',
        fence: fence + 1,
        specHash,
      });
      return attemptId;
    });
  }

  /** A transaction about one attempt, which is at hand with its experiment. */
  about(campaignId: string, attemptId: string, happens: (tx: CampaignTransaction) => void): Promise<void> {
    return this.store.transact(campaignId, ada, async (tx) => {
      const { experimentId } = await tx.attempt(attemptId);
      await tx.experiment(experimentId);
      happens(tx);
    });
  }

  start(campaignId: string, attemptId: string): Promise<void> {
    return this.about(campaignId, attemptId, (tx) => {
      tx.append({ type: 'attempt.started', attemptId, deviceRunId: null });
    });
  }

  submit(campaignId: string, attemptId: string, measurements: readonly NewMeasurement[]): Promise<void> {
    return this.about(campaignId, attemptId, (tx) => {
      tx.append({ type: 'attempt.submitted', attemptId, outcome: 'measured', note: null, measurements });
    });
  }

  accept(campaignId: string, attemptId: string): Promise<void> {
    return this.about(campaignId, attemptId, (tx) => {
      tx.append({ type: 'attempt.accepted', attemptId, note: null });
    });
  }

  async started(campaignId: string, stationId?: string): Promise<string> {
    const attemptId = await this.leased(campaignId, await this.queued(campaignId), stationId);
    await this.start(campaignId, attemptId);
    return attemptId;
  }

  async accepted(campaignId: string, measurements = [newMeasurement()]): Promise<string> {
    const attemptId = await this.started(campaignId);
    await this.submit(campaignId, attemptId, measurements);
    await this.accept(campaignId, attemptId);
    return attemptId;
  }

  /** A life in which every kind of event happens. */
  async everything(): Promise<string> {
    const id = await this.activeCampaign();
    await this.step(id, (tx) => tx.append({ type: 'campaign.switched', proposing: false, dispatch: true }));
    await this.otherKnowledge(id);
    await this.plan(id);
    await this.accepted(id, [
      newMeasurement({ uncertainty: 1e-9, flags: ['thin', 'cracked'] }),
      newMeasurement(),
    ]);
    await this.flaggedThenDiscarded(id);
    await this.expiredThenLate(id);
    await this.suspectThenSilent(id);
    const failed = await this.started(id);
    await this.about(id, failed, (tx) => {
      const note = 'dropped';
      tx.append({
        type: 'attempt.submitted',
        attemptId: failed,
        outcome: 'failed_sample',
        note,
        measurements: [],
        artifacts: [newAttachment({ kind: 'photo' }), newAttachment()],
      });
    });
    const experimentId = await this.experiment(id);
    const measurement = newMeasurement({ value: 0 });
    await this.record(id, experimentId, measurement);
    await this.store.transact(id, ada, async (tx) => {
      const { id: measurementId } = await tx.measurement(measurement.id);
      await tx.experiment(experimentId);
      tx.append({ type: 'measurement.decided', measurementId, status: 'excluded', note: 'a typing error' });
    });
    await this.store.transact(id, ada, async (tx) => {
      const { id: measurementId } = await tx.measurement(measurement.id);
      const by = newMeasurement({ value: 2e-7 });
      tx.append({ type: 'measurement.superseded', measurementId, by, reason: 'a decimal point' });
    });
    await this.otherSettings(id);
    await this.step(id, (tx) => tx.append({ type: 'campaign.moved', to: 'completed', note: 'enough' }));
    return id;
  }

  /** Everything that a planner turns while it runs. */
  private async otherSettings(id: string): Promise<void> {
    const first = await this.experiment(id, { outside: 'pressure is too high' });
    const again = await this.experiment(id, { replicateOf: first });
    await this.store.transact(id, ada, async (tx) => {
      const [one, other] = await Promise.all([tx.experiment(first), tx.experiment(again)]);
      const change = { budget: 40, strategy: { ...tx.campaign.strategy, beta: 0.1 + 0.2 } };
      const review = { separate: true, rejectedFor: 3 };
      const marks = [
        { experimentId: one.id, outside: null },
        { experimentId: other.id, outside: 'it lies between two steps' },
      ];
      tx.append({ type: 'campaign.updated', change: { ...change, review }, reason: 'more money', marks });
      tx.append({ type: 'campaign.proposalsAsked', count: 2, reason: 'the weekend' });
      const ranks = [{ experimentId: again, rank: -1 }];
      tx.append({ type: 'experiments.reordered', ranks, reason: null });
      tx.append({ type: 'experiment.moved', experimentId: first, to: 'rejected', note: 'no' });
    });
  }

  /** Results from elsewhere: each time another piece. */
  async knowledge(campaignId: string): Promise<string> {
    const id = newId('knowledge');
    await this.store.transact(campaignId, ada, async (tx) => {
      const number = (await tx.knowledge()).length + 1;
      const values = [
        { property: 'ionic_conductivity', value: 0.1 + 0.2, sd: 1e-7 },
        { property: 'ionic_conductivity', value: 5e-324 },
      ];
      const rows = [
        { point: { pressure: 1e21 + number, a: -0 }, values, note: 'doi:10.1000/182, "table" 3' },
      ];
      const origin = {
        kind: 'table' as const,
        fileName: 'litteratur.csv',
        sha256: hashOf('file'),
        citation: 'doi:10.1000/182',
      };
      const hash = knowledgeHash(rows);
      tx.append({ type: 'knowledge.added', knowledge: { id, number, name: 'Papers', origin, rows, hash } });
    });
    return id;
  }

  private async otherKnowledge(id: string): Promise<void> {
    const removed = await this.knowledge(id);
    await this.store.transact(id, ada, async (tx) => {
      await tx.knowledge();
      tx.append({ type: 'knowledge.removed', knowledgeId: removed, reason: 'another furnace' });
    });
    await this.knowledge(id);
  }

  /** A result that a person hands in. */
  record(campaignId: string, experimentId: string, measurement: NewMeasurement): Promise<void> {
    return this.store.transact(campaignId, ada, async (tx) => {
      await tx.experiment(experimentId);
      tx.append({ type: 'measurement.recorded', experimentId, measurement });
    });
  }

  plan(campaignId: string): Promise<{ readonly planId: string; readonly modelId: string }> {
    return this.store.transact(campaignId, ada, (tx) => {
      const planId = newId('plan');
      const modelId = newId('model');
      tx.append({
        type: 'plan.committed',
        plan: {
          id: planId,
          number: tx.campaign.plans + 1,
          basedOnSeq: 3,
          dataRevision: tx.campaign.dataRevision,
          strategy: tx.campaign.strategy,
          seed: 'seed/1',
          requestHash: hashOf('request'),
          answerHash: hashOf('answer'),
          plannerVersion: '1.0.0',
          modelId,
          knowledge: [hashOf('rows')],
        },
        model: {
          id: modelId,
          planId,
          kind: 'gp',
          dataRevision: tx.campaign.dataRevision,
          trainingHash: hashOf([]),
          trainingSize: 0,
          bodyHash: hashOf({ lengthscale: 0.1 }),
          diagnostics: ['loo', { rmse: 1e-7, skipped: null }],
        },
        experiments: [
          newExperiment(tx.campaign.experiments + 1, {
            origin: 'model',
            planId,
            prediction: { mean: -4.000000000000001, sd: 5e-324 },
            acquisition: { name: 'log_ei', value: -1e21 },
            grounds: {
              predictions: [{ property: 'ionic_conductivity', mean: -4.000000000000001, sd: 5e-324 }],
              improvement: { exploiting: 0.1 + 0.2, exploring: 1e-7 },
              feasible: 0.75,
              withinLimits: null,
              nearest: { distance: 0.05, point: { pressure: 1e5 } },
              runnerUp: null,
              cost: null,
              repeat: false,
            },
          }),
        ],
      });
      tx.saveModelBody(modelId, { lengthscale: 0.1, weights: [1e-7, 0.1 + 0.2] });
      return Promise.resolve({ planId, modelId });
    });
  }

  private async flaggedThenDiscarded(id: string): Promise<void> {
    const attemptId = await this.started(id);
    const measurement = newMeasurement({ flags: ['poor fit'] });
    await this.submit(id, attemptId, [measurement]);
    await this.about(id, attemptId, (tx) => {
      tx.append({ type: 'attempt.flagged', attemptId, note: 'poor fit' });
    });
    await this.about(id, attemptId, (tx) => {
      tx.append({ type: 'attempt.aborted', attemptId, outcome: 'measured', note: 'not to be trusted' });
    });
  }

  private async expiredThenLate(id: string): Promise<void> {
    const experimentId = await this.queued(id);
    const attemptId = await this.leased(id, experimentId);
    await this.about(id, attemptId, (tx) => {
      tx.append({ type: 'attempt.expired', attemptId, note: 'silence' });
      tx.append({ type: 'experiment.moved', experimentId, to: 'queued', note: 'silence' });
    });
    await this.about(id, attemptId, (tx) => {
      const measurement = newMeasurement();
      const artifacts = [newAttachment({ measurementId: measurement.id, kind: 'impedance_spectrum' })];
      const late = { note: 'stale', measurements: [measurement], artifacts };
      tx.append({ type: 'attempt.late', attemptId, outcome: 'measured', ...late });
    });
    await this.accept(id, attemptId);
  }

  private async suspectThenSilent(id: string): Promise<void> {
    const attemptId = await this.started(id);
    await this.about(id, attemptId, (tx) => {
      tx.append({ type: 'attempt.suspected', attemptId, note: 'silence' });
      tx.append({ type: 'attempt.resumed', attemptId });
      tx.append({ type: 'attempt.cancelRequested', attemptId, note: 'stop it' });
      tx.append({ type: 'attempt.suspected', attemptId, note: 'silence again' });
    });
  }
}
