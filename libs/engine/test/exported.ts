import { InMemoryStore, type RecordStore } from '../src/index.js';
import { ada, newAttachment, newExperiment, newMeasurement, newSpec } from '../src/testing/store-story.js';

/** The record's times: the first of the year, so many minutes after noon. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

export const shaOf = (digit: string): string => digit.repeat(64);
export const id = 'glass/1';

const glass = (borate: number) => ({ Li3PO4: 1 - borate, Li3BO3: borate });

/**
 * A campaign in which whatever an export tells happens, each step a minute after the one before: a measured proposal of
 * a plan, one that failed, one that waits, one of the past that could not be made, and one that was measured by hand.
 */
export async function toldCampaign(): Promise<RecordStore> {
  let minute = -1;
  const store = new InMemoryStore(() => new Date(at(minute)));
  const spec = newSpec({
    space: {
      parameters: [
        { kind: 'mixture', name: 'glass', components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }] },
        { kind: 'continuous', name: 'pressure', min: 1, max: 10, unit: 'Pa' },
        { kind: 'categorical', name: 'salt, dry', choices: ['LiCl', 'NaBr'] },
        { kind: 'continuous', name: 'turns', min: 0, max: 9 },
      ],
    },
    objectives: [
      {
        property: 'ionic_conductivity',
        goal: 'maximise',
        transform: 'log10',
        unit: 'S/cm',
        temperatureC: 25,
      },
      { property: 'density', goal: 'window', low: 2, high: null, transform: 'none', unit: 'g/cm³' },
    ],
    limits: [{ property: 'voltage', unit: 'mV', transform: 'none', low: null, high: 4000 }],
  });
  const { strategy } = spec;
  const point = { glass: glass(0.25), pressure: 2.5, 'salt, dry': 'LiCl', turns: 3 };
  minute += 1;
  await store.create(id, ada, (tx) => {
    tx.append({ type: 'campaign.created', campaignId: id, spec });
    return Promise.resolve();
  });
  const step = async (
    happens: (tx: Parameters<Parameters<typeof store.transact>[2]>[0]) => Promise<void> | void,
  ) => {
    minute += 1;
    await store.transact(id, ada, async (tx) => happens(tx));
  };

  await step((tx) => tx.append({ type: 'campaign.moved', to: 'active', note: null }));
  await step((tx) => {
    tx.append({
      type: 'plan.committed',
      plan: {
        ...{
          id: 'p1',
          number: 1,
          basedOnSeq: 2,
          dataRevision: 0,
          strategy,
          seed: 'seed/1',
          modelId: 'model 1',
        },
        ...{ requestHash: 'asked', answerHash: 'answered', plannerVersion: '1.2.3' },
      },
      model: {
        ...{ id: 'model 1', planId: 'p1', kind: 'gp', dataRevision: 0, trainingHash: 'trained' },
        ...{ trainingSize: 0, bodyHash: 'body', diagnostics: null },
      },
      experiments: [
        newExperiment(1, {
          ...{ id: 'e1', point, specHash: 'spec-1', origin: 'model', planId: 'p1', reason: '-explores' },
          ...{ prediction: { mean: -4, sd: 0.5 }, acquisition: { name: 'log-ei', value: -1.5 } },
          grounds: {
            predictions: [
              { property: 'ionic_conductivity', mean: -4, sd: 0.5 },
              { property: 'density', mean: 3, sd: 0.25 },
            ],
            ...{ improvement: null, feasible: 1, withinLimits: null, nearest: null, runnerUp: null },
            ...{ cost: null, repeat: false },
          },
        }),
      ],
    });
  });
  const queue = (experimentId: string, specHash: string) =>
    step(async (tx) => {
      await tx.experiment(experimentId);
      tx.append({ type: 'experiment.approved', experimentId, specHash });
      tx.append({ type: 'experiment.moved', experimentId, to: 'queued', note: null });
    });
  const start = async (experimentId: string, attemptId: string, specHash: string) => {
    await step(async (tx) => {
      await tx.experiment(experimentId);
      const lease = { stationId: 'robot 7', bootId: 'boot', fence: 1, specHash };
      tx.append({ type: 'attempt.leased', attemptId, experimentId, ...lease });
    });
    await step(async (tx) => {
      await tx.attempt(attemptId);
      tx.append({ type: 'attempt.started', attemptId, deviceRunId: attemptId === 'a1' ? '+run' : null });
    });
  };

  await queue('e1', 'spec-1');
  await start('e1', 'a1', 'spec-1');
  await step(async (tx) => {
    await tx.attempt('a1');
    tx.append({
      ...{ type: 'attempt.submitted', attemptId: 'a1', outcome: 'measured', note: null },
      measurements: [
        newMeasurement({ id: 'm1', value: 2e-4, uncertainty: 1e-5, flags: ['thin', 'cracked'] }),
        newMeasurement({
          ...{ id: 'm2', property: 'density', value: 2.5, unit: 'g/cm³', conditions: {} },
          raw: { value: 2500, unit: 'kg/m³' },
        }),
      ],
      artifacts: [
        newAttachment({ id: 'f1', measurementId: 'm1', sha256: shaOf('a'), name: 'eis.csv' }),
        newAttachment({ id: 'f2', sha256: shaOf('b'), name: 'photo.png' }),
        newAttachment({ id: 'f3', measurementId: 'm2', sha256: shaOf('c'), name: 'scale.txt' }),
      ],
    });
  });
  await step(async (tx) => {
    await tx.attempt('a1');
    tx.append({ type: 'attempt.accepted', attemptId: 'a1', note: null });
    await tx.measurement('m1');
    tx.append({ type: 'measurement.decided', measurementId: 'm1', status: 'excluded', note: '=thin' });
  });

  await step((tx) => {
    const failing = { ...point, glass: { Li3PO4: 1 } };
    tx.append({
      type: 'experiment.added',
      experiment: newExperiment(2, { id: 'e2', point: failing, specHash: 'spec-2', reason: 'I think so' }),
    });
  });
  await queue('e2', 'spec-2');
  await start('e2', 'a2', 'spec-2');
  await step(async (tx) => {
    await tx.attempt('a2');
    const result = { outcome: 'failed_sample' as const, note: '@it broke, in "two"', measurements: [] };
    tx.append({ type: 'attempt.submitted', attemptId: 'a2', ...result });
  });

  await step((tx) => {
    tx.append({
      type: 'experiment.added',
      experiment: newExperiment(3, { id: 'e3', point, specHash: 'spec-3', reason: ' later' }),
    });
  });
  await step((tx) => {
    tx.append({
      ...{ type: 'history.imported', importId: 'past', source: { name: 'past.csv', sha256: shaOf('d') } },
      ...{ property: 'ionic_conductivity', unit: 'S/cm', first: 4, replicates: [] },
      experiments: [{ line: 2, point, outcome: 'infeasible', values: [] }],
    });
  });
  await step((tx) => {
    tx.append({
      type: 'experiment.added',
      experiment: newExperiment(5, { id: 'e5', point, specHash: 'spec-5', reason: 'by hand' }),
    });
  });
  await step(async (tx) => {
    await tx.experiment('e5');
    const measurement = newMeasurement({ id: 'm5', value: 3e-4, conditions: { temperatureC: 'room' } });
    tx.append({ type: 'measurement.recorded', experimentId: 'e5', measurement });
  });
  return store;
}

export async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}
