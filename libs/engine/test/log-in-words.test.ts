import { describe, expect, it } from '@jest/globals';
import type { CampaignChange, CampaignEvent, PlanObjective, TaskOwner } from '@ionloop/domain';
import { describeEvent } from '../src/index.js';
import { newExperiment, newMeasurement, newSpec } from '../src/testing/store-story.js';

const attemptId = 'attempt';
const experimentId = 'experiment';
const measurement = newMeasurement({ value: 1.25e-7 });

describe('each event', () => {
  it.each<[string, CampaignEvent]>([
    ['Campaign "Glasses" was created', { type: 'campaign.created', campaignId: 'c', spec: newSpec() }],
    ['The campaign is paused', { type: 'campaign.moved', to: 'paused', note: null }],
    ['The campaign is paused', { type: 'campaign.moved', to: 'paused', note: '' }],
    ['The campaign is active: on we go', { type: 'campaign.moved', to: 'active', note: 'on we go' }],
    ['Proposing is off, dispatch is on', { type: 'campaign.switched', proposing: false, dispatch: true }],
    ['Proposing is on, dispatch is off', { type: 'campaign.switched', proposing: true, dispatch: false }],
    [
      '3 proposals are asked for now: a free furnace',
      { type: 'campaign.proposalsAsked', count: 3, reason: 'a free furnace' },
    ],
    ['Planning failed: no such column', { type: 'campaign.planningFailed', message: 'no such column' }],
    [
      'Experiment 4 was added by hand: it looks good',
      { type: 'experiment.added', experiment: newExperiment(4) },
    ],
    [
      'Experiment 4 was added by hand, outside the space (too hot): it looks good',
      { type: 'experiment.added', experiment: newExperiment(4, { outside: 'too hot' }) },
    ],
    [
      'Knowledge from elsewhere is not learned from any more: another furnace',
      { type: 'knowledge.removed', knowledgeId: 'k', reason: 'another furnace' },
    ],
    ['An experiment was approved', { type: 'experiment.approved', experimentId, specHash: 'hash' }],
    [
      'An experiment is failed sample: it broke',
      { type: 'experiment.moved', experimentId, to: 'failed_sample', note: 'it broke' },
    ],
    ['An experiment is queued', { type: 'experiment.moved', experimentId, to: 'queued', note: null }],
    [
      'A proposal was changed by hand: rounded',
      { type: 'experiment.edited', experimentId, point: {}, specHash: 'hash', reason: 'rounded' },
    ],
    [
      'A proposal was changed by hand, outside the space (too cold): on purpose',
      {
        ...{ type: 'experiment.edited', experimentId, point: {}, specHash: 'hash' },
        ...{ reason: 'on purpose', outside: 'too cold' },
      },
    ],
    [
      'An experiment was given another turn',
      { type: 'experiments.reordered', ranks: [{ experimentId, rank: 1 }], reason: null },
    ],
    [
      '2 experiments were given another turn: the cheap ones first',
      {
        type: 'experiments.reordered',
        ranks: [
          { experimentId, rank: 1 },
          { experimentId: 'other', rank: 2 },
        ],
        reason: 'the cheap ones first',
      },
    ],
    [
      'No station can do an experiment that is queued: none reaches 900 °C',
      { type: 'experiment.stuck', experimentId, kind: 'no_station', reason: 'none reaches 900 °C' },
    ],
    [
      'A queued experiment was not claimed in time: a day',
      { type: 'experiment.stuck', experimentId, kind: 'not_claimed', reason: 'a day' },
    ],
    ['A station can do what was waiting for one', { type: 'experiment.unstuck', experimentId }],
    [
      'There is more time for a task, until 2026-11-30: holidays',
      {
        ...{ type: 'task.extended', subject: { kind: 'attempt', id: attemptId } },
        ...{ deadline: '2026-11-30', note: 'holidays' },
      },
    ],
    [
      'A station claimed an experiment (attempt 2)',
      {
        ...{ type: 'attempt.leased', attemptId, experimentId, stationId: 's', bootId: 'b' },
        ...{ fence: 2, specHash: 'hash' },
      },
    ],
    ['The station started', { type: 'attempt.started', attemptId, deviceRunId: null }],
    ['A lease ran out before the start: silence', { type: 'attempt.expired', attemptId, note: 'silence' }],
    [
      'Contact with a running attempt was lost: silence',
      { type: 'attempt.suspected', attemptId, note: 'silence' },
    ],
    ['A suspect attempt was heard of again', { type: 'attempt.resumed', attemptId }],
    ['The station was asked to stop: a fire', { type: 'attempt.cancelRequested', attemptId, note: 'a fire' }],
    [
      'An attempt ended without a result: a fire',
      { type: 'attempt.aborted', attemptId, outcome: null, note: 'a fire' },
    ],
    ['The result was accepted', { type: 'attempt.accepted', attemptId, note: null }],
    ['The result waits for a person: thin', { type: 'attempt.flagged', attemptId, note: 'thin' }],
    [
      'A late result was kept, 1.25 × 10⁻⁷ S/cm: the lease was over',
      {
        ...{ type: 'attempt.late', attemptId, outcome: 'measured', note: 'the lease was over' },
        measurements: [measurement],
      },
    ],
    [
      'A measurement was recorded by hand, 1.25 × 10⁻⁷ S/cm',
      { type: 'measurement.recorded', experimentId, measurement },
    ],
    [
      'A measurement was recorded by hand, 7: from the notebook',
      {
        ...{ type: 'measurement.recorded', experimentId, reason: 'from the notebook' },
        measurement: newMeasurement({ value: 7, unit: '' }),
      },
    ],
    [
      'A measurement was corrected, 1.25 × 10⁻⁷ S/cm: a decimal point',
      { type: 'measurement.superseded', measurementId: 'm', by: measurement, reason: 'a decimal point' },
    ],
    [
      'A measurement was excluded: a typing error',
      { type: 'measurement.decided', measurementId: 'm', status: 'excluded', note: 'a typing error' },
    ],
  ])('%s', (sentence, event) => {
    expect(describeEvent(event)).toBe(sentence);
  });

  it.each<[string, string]>([
    ['the sample could not be made', 'failed_sample'],
    ['the spec cannot be carried out', 'infeasible'],
    ['instrument fault', 'instrument_fault'],
    ['measured', 'measured'],
  ])('a result that was handed in: %s', (words, outcome) => {
    const event = { type: 'attempt.submitted', attemptId, outcome, note: null, measurements: [] };
    expect(describeEvent(event as CampaignEvent)).toBe(`A result was handed in: ${words}`);
  });

  it.each<[string, TaskOwner]>([
    ['the operator', 'role:admin'],
    ['any approver', 'role:approver'],
    ['ada', 'person:ada'],
  ])('%s is asked', (who, owner) => {
    const task = { subject: { kind: 'experiment', id: experimentId }, owner, deadline: 'soon' } as const;
    expect(describeEvent({ type: 'task.assigned', ...task, note: 'you know it' })).toBe(
      `${who} is asked: you know it`,
    );
    expect(describeEvent({ type: 'task.escalated', ...task })).toBe(`A deadline passed: ${who} is asked now`);
  });
});

describe('a plan', () => {
  const plan = {
    ...{ id: 'p', number: 7, basedOnSeq: 3, dataRevision: 2, strategy: newSpec().strategy, seed: 's' },
    ...{ requestHash: 'r', answerHash: 'a', plannerVersion: '1', modelId: null },
  };
  const model = {
    ...{ id: 'm', planId: 'p', kind: 'gp', dataRevision: 2, trainingHash: 't', trainingSize: 12 },
    ...{ bodyHash: 'b', diagnostics: null },
  };

  it('tells which experiments it proposes, and from how many results', () => {
    expect(
      describeEvent({ type: 'plan.committed', plan, model: null, experiments: [newExperiment(5)] }),
    ).toBe('Plan 7 proposes experiment 5');
    const experiments = [newExperiment(5), newExperiment(6)];
    expect(describeEvent({ type: 'plan.committed', plan, model, experiments })).toBe(
      'Plan 7, from a model of 12 results, proposes experiments 5, 6',
    );
  });
});

describe('what comes from elsewhere', () => {
  it('is counted', () => {
    const source = { name: 'past.csv', sha256: 'hash' };
    const replicate = { line: 3, value: 1, experimentId };
    const of = { importId: 'i', source, property: 'p', unit: '', first: 1 };
    const imported = { type: 'history.imported', ...of } as const;
    const past = { line: 2, point: {}, values: [] };
    expect(describeEvent({ ...imported, experiments: [past], replicates: [] })).toBe(
      'History was imported from past.csv: 1 experiment, 0 replicates of others',
    );
    expect(describeEvent({ ...imported, experiments: [past, past], replicates: [replicate] })).toBe(
      'History was imported from past.csv: 2 experiments, 1 replicate of others',
    );
    const origin = { kind: 'table', fileName: 'papers.csv', sha256: 'hash', citation: '' } as const;
    const row = { point: {}, values: [] };
    const knowledge = { id: 'k', number: 1, name: 'Papers', origin, hash: 'hash' };
    expect(describeEvent({ type: 'knowledge.added', knowledge: { ...knowledge, rows: [row] } })).toBe(
      '1 result from elsewhere is learned from: "Papers"',
    );
    expect(describeEvent({ type: 'knowledge.added', knowledge: { ...knowledge, rows: [row, row] } })).toBe(
      '2 results from elsewhere are learned from: "Papers"',
    );
  });
});

describe('other settings', () => {
  const objective = (change: object): PlanObjective => ({
    property: 'ionic_conductivity',
    goal: 'maximise',
    transform: 'none',
    unit: 'S/cm',
    ...change,
  });
  const limit = (low: number | null, high: number | null, unit = 'V') => ({
    ...{ property: 'redox_voltage', unit, transform: 'none' as const, low, high },
  });
  const window = (low: number | null, high: number | null) => objective({ goal: 'window', low, high });

  it.each<[string, CampaignChange]>([
    ['The name is "Glass"', { name: 'Glass' }],
    ['The description is another, the space is another', { description: '', space: newSpec().space }],
    ['The goal is to maximise ionic conductivity', { objectives: [objective({})] }],
    [
      'The goal is to minimise ionic conductivity (log10) and maximise density',
      {
        objectives: [objective({ goal: 'minimise', transform: 'log10' }), objective({ property: 'density' })],
      },
    ],
    ['The goal is to keep ionic conductivity between 1 and 2 S/cm', { objectives: [window(1, 2)] }],
    ['The goal is to keep ionic conductivity below 2 S/cm', { objectives: [window(null, 2)] }],
    ['The goal is to keep ionic conductivity above 1 S/cm', { objectives: [window(1, null)] }],
    ['Redox voltage has no limit', { limits: [limit(null, null)] }],
    [
      'Redox voltage must lie above 1 V, redox voltage must lie below 3 and redox voltage must lie between 0 and 4 V',
      { limits: [limit(1, null), limit(null, 3, ''), limit(0, 4)] },
    ],
    ['Every experiment costs the same', { cost: null }],
    ['What experiments cost is another', { cost: { base: 1, per: [] } }],
    ['What experiments cost is another, 90 in all', { cost: { base: 1, per: [], budget: 90 } }],
    ['The strategy is auto after 4 initial experiments', { strategy: { name: 'auto', initial: 4 } }],
    [
      'The strategy is gp-ucb after 2 initial experiments, beta 3',
      { strategy: { name: 'gp-ucb', initial: 2, beta: 3 } },
    ],
    [
      'The budget is 40, 3 are kept open at a time, approval is manual',
      { budget: 40, parallel: 3, approval: 'manual' },
    ],
    [
      'Anybody with the right approves, and a rejected point rests for 5 experiments',
      { review: { separate: false, rejectedFor: 5 } },
    ],
  ])('%s', (sentence, change) => {
    const updated = { type: 'campaign.updated', change, reason: 'so', marks: [] } as const;
    expect(describeEvent(updated)).toBe(`${sentence} from now on: so`);
  });

  it('say how many experiments lie elsewhere now', () => {
    const marks = (outside: string | null, count: number) =>
      Array.from({ length: count }, (_, i) => ({ experimentId: `e${i}`, outside }));
    const told = (out: number, back: number) =>
      describeEvent({
        ...{ type: 'campaign.updated', change: { budget: 9 }, reason: '' },
        marks: [...marks('too hot', out), ...marks(null, back)],
      });
    expect(told(0, 0)).toBe('The budget is 9 from now on');
    expect(told(2, 0)).toBe('The budget is 9 from now on; 2 experiments lie outside now');
    expect(told(0, 3)).toBe('The budget is 9 from now on; 3 experiments lie inside again');
    expect(told(1, 1)).toBe(
      'The budget is 9 from now on; 1 experiment lies outside now; 1 experiment lies inside again',
    );
  });
});

it.each([
  [0, '0'],
  [0.01, '0.01'],
  [0.00999, '9.99 × 10⁻³'],
  [-0.00999, '−9.99 × 10⁻³'],
  [99_960, '1.00 × 10⁵'],
  [99_940, '99900'],
  [100_000, '1.00 × 10⁵'],
  [2.3456, '2.35'],
  [6.02e23, '6.02 × 10²³'],
])('%d is written %s', (value, written) => {
  const event = {
    type: 'measurement.recorded',
    experimentId,
    measurement: newMeasurement({ value, unit: 'K' }),
  } as const;
  expect(describeEvent(event)).toBe(`A measurement was recorded by hand, ${written} K`);
});
