import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Experiment, ExperimentState, Measurement } from '@ionloop/domain';
import {
  addExperiment,
  addReplicates,
  approveExperiments,
  cancelExperiment,
  decideMeasurement,
  decideResult,
  editExperiment,
  type Engine,
  recordMeasurement,
  rejectExperiment,
  reorderExperiments,
  requeueExperiment,
  resolveSuspect,
  supersedeMeasurement,
  withdrawApproval,
} from '../src/index.js';
import { ada, newMeasurement, StoreStory } from '../src/testing/store-story.js';
import { newEngine } from './questions.js';

let engine: Engine;
let story: StoreStory;
let campaignId: string;
beforeEach(async () => {
  engine = newEngine();
  story = new StoreStory(engine.store);
  const density = { property: 'density', unit: 'g/cm³', transform: 'none', low: 1, high: null } as const;
  campaignId = await story.activeCampaign({ limits: [density] });
});

const experiment = async (id: string): Promise<Experiment> => {
  const found = await engine.store.read.experiment(id);
  if (!found) throw new Error('it is gone');
  return found;
};
const missing = (what: string) => ({ code: 'NOT_FOUND', message: `there is no ${what} nothing` });
const invalid = (message: string) => ({ code: 'INVALID_STATE', message });
const measurement = { property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm' };
const point = { glass: { Li3PO4: 0.5, Li3BO3: 0.5 }, pressure: 10 };

/** An experiment that has come so far by what may happen to it. */
async function inState(state: ExperimentState): Promise<string> {
  const move = async (id: string, ...to: readonly ExperimentState[]): Promise<string> => {
    await engine.store.transact(campaignId, ada, async (tx) => {
      await tx.experiment(id);
      for (const one of to) tx.append({ type: 'experiment.moved', experimentId: id, to: one, note: null });
    });
    return id;
  };
  const ofAttempt = async (attemptId: string): Promise<string> =>
    (await engine.store.read.attempt(attemptId))?.experimentId ?? '';
  switch (state) {
    case 'proposed':
      return story.experiment(campaignId);
    case 'rejected':
      return move(await story.experiment(campaignId), 'rejected');
    case 'queued':
      return story.queued(campaignId);
    case 'claimed': {
      const id = await story.queued(campaignId);
      await story.leased(campaignId, id);
      return id;
    }
    case 'running':
      return ofAttempt(await story.started(campaignId));
    case 'accepted':
      return ofAttempt(await story.accepted(campaignId));
    case 'failed_sample':
    case 'infeasible': {
      const attemptId = await story.started(campaignId);
      await story.about(campaignId, attemptId, (tx) => {
        const result = { outcome: state, note: null, measurements: [] };
        tx.append({ type: 'attempt.submitted', attemptId, ...result });
      });
      return ofAttempt(attemptId);
    }
    case 'cancelled':
      return move(await story.queued(campaignId), 'cancelled');
    default:
      throw new Error(`${state} is not needed here`);
  }
}

describe('a reason', () => {
  it.each(['', ' ', 'x'.repeat(2001)])('is needed, of at most 2000 characters: %#', async (reason) => {
    const id = await story.queued(campaignId);
    const refused = { code: 'INVALID_INPUT', field: 'reason' };
    for (const asked of [
      addExperiment(engine, ada, { campaignId, point, reason }),
      addReplicates(engine, ada, { experimentId: id, count: 1, reason }),
      recordMeasurement(engine, ada, { experimentId: id, measurement, reason }),
      supersedeMeasurement(engine, ada, { measurementId: id, measurement, reason }),
      withdrawApproval(engine, ada, id, reason),
      cancelExperiment(engine, ada, id, reason),
      rejectExperiment(engine, ada, id, reason),
      editExperiment(engine, ada, { id, point, reason }),
    ]) {
      await expect(asked).rejects.toMatchObject(refused);
    }
    const long = reorderExperiments(engine, ada, { campaignId, ids: [id], reason, place: 'last' });
    await (reason.trim() === ''
      ? expect(long).resolves.toHaveLength(1)
      : expect(long).rejects.toMatchObject(refused));
    const attemptId = await story.leased(campaignId, id);
    await story.start(campaignId, attemptId);
    await story.about(campaignId, attemptId, (tx) => {
      tx.append({ type: 'attempt.suspected', attemptId, note: 'silence' });
    });
    await expect(resolveSuspect(engine, ada, attemptId, 'requeue', reason)).rejects.toMatchObject({
      field: 'note',
    });
  });
});

it('what is not there is refused by its name', async () => {
  const reason = 'so';
  const id = 'nothing';
  await expect(addExperiment(engine, ada, { campaignId: id, point, reason })).rejects.toMatchObject(
    missing('campaign'),
  );
  for (const asked of [
    addReplicates(engine, ada, { experimentId: id, count: 1, reason }),
    recordMeasurement(engine, ada, { experimentId: id, measurement, reason }),
    approveExperiments(engine, ada, [id]),
    cancelExperiment(engine, ada, id, reason),
    reorderExperiments(engine, ada, { campaignId, ids: [id] }),
  ]) {
    await expect(asked).rejects.toMatchObject(missing('experiment'));
  }
  for (const asked of [
    supersedeMeasurement(engine, ada, { measurementId: id, measurement, reason }),
    decideMeasurement(engine, ada, id, 'accepted', reason),
  ]) {
    await expect(asked).rejects.toMatchObject(missing('measurement'));
  }
  await expect(decideResult(engine, ada, id, 'accept', reason)).rejects.toMatchObject(missing('attempt'));
});

describe('a result by hand', () => {
  const record = (experimentId: string, more: object = {}): Promise<Measurement> =>
    recordMeasurement(engine, ada, { experimentId, measurement, reason: 'the notebook', ...more });

  it.each<[ExperimentState, string]>([
    ['proposed', 'is proposed; approve it before a result is recorded for it'],
    ['running', 'a station is making experiment 1; wait for its result or stop it first'],
    ['rejected', 'is rejected; add a replicate of it and record it there'],
    ['failed_sample', 'is failed sample; add a replicate of it and record it there'],
    ['infeasible', 'is infeasible; add a replicate of it and record it there'],
  ])('is refused for one that is %s', async (state, says) => {
    const id = await inState(state);
    await expect(record(id)).rejects.toMatchObject(
      invalid(state === 'running' ? says : `experiment 1 ${says}`),
    );
  });

  it.each<[ExperimentState, ExperimentState]>([
    ['queued', 'accepted'],
    ['claimed', 'accepted'],
    ['accepted', 'accepted'],
    ['cancelled', 'cancelled'],
  ])('is taken for one that is %s, which is %s then', async (state, after) => {
    const id = await inState(state);
    expect(await record(id)).toMatchObject({
      ...measurement,
      experimentId: id,
      attemptId: null,
      status: 'accepted',
    });
    expect(await experiment(id)).toMatchObject({ state: after });
  });

  it('is taken once under a key, for each experiment', async () => {
    const [one, other] = [await inState('queued'), await inState('queued')];
    const idempotencyKey = 'k';
    const first = await record(one, { idempotencyKey });
    expect(await record(one, { idempotencyKey })).toEqual(first);
    expect((await record(other, { idempotencyKey })).id).not.toBe(first.id);
    const corrected = { measurement: { ...measurement, value: 2e-4 }, reason: 'a slip', idempotencyKey };
    const by = await supersedeMeasurement(engine, ada, { measurementId: first.id, ...corrected });
    expect(by).toMatchObject({ value: 2e-4, supersedes: first.id, status: 'accepted' });
    expect(await supersedeMeasurement(engine, ada, { measurementId: first.id, ...corrected })).toEqual(by);
    const again = await supersedeMeasurement(engine, ada, { measurementId: by.id, ...corrected });
    expect(again).toMatchObject({ supersedes: by.id });
    await expect(
      supersedeMeasurement(engine, ada, { measurementId: first.id, measurement, reason: 'late' }),
    ).rejects.toMatchObject(
      invalid('this measurement was superseded already; correct the one that took its place'),
    );
    await expect(decideMeasurement(engine, ada, first.id, 'excluded', 'late')).rejects.toMatchObject(
      invalid('this measurement was superseded; decide on the one that took its place'),
    );
  });

  it('is refused where its number is none', async () => {
    const id = await inState('queued');
    await expect(record(id, { measurement: { ...measurement, value: NaN } })).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'measurement' },
      message: expect.stringMatching(/^a number of this measurement is not finite: ./) as unknown,
    });
  });

  it('of a station is decided on with what it came with, and corrected by its own property', async () => {
    const attemptId = await story.started(campaignId);
    const flagged = newMeasurement();
    await story.submit(campaignId, attemptId, [flagged]);
    await story.about(campaignId, attemptId, (tx) =>
      tx.append({ type: 'attempt.flagged', attemptId, note: 'thin' }),
    );
    const { status } = (await engine.store.read.measurement(flagged.id)) ?? { status: '' };
    const waits = invalid(`this measurement is ${status}; decide on the result that it came with`);
    const correct = (change: object) =>
      supersedeMeasurement(engine, ada, { measurementId: flagged.id, measurement, reason: 'so', ...change });
    await expect(correct({})).rejects.toMatchObject(waits);
    await expect(decideMeasurement(engine, ada, flagged.id, 'accepted', 'so')).rejects.toMatchObject(waits);
    await decideResult(engine, ada, attemptId, 'accept', 'so');
    await decideMeasurement(engine, ada, flagged.id, 'excluded', 'a slip');
    const density = { property: 'density', value: 2, unit: 'g/cm³' };
    await expect(correct({ measurement: density })).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'measurement.property' },
      message: 'this is a measurement of ionic_conductivity; one of density does not correct it',
    });
    expect(await correct({})).toMatchObject({ supersedes: flagged.id });
  });
});

describe('a decision', () => {
  it('is about what waits for one', async () => {
    const attemptId = await story.started(campaignId);
    await expect(resolveSuspect(engine, ada, attemptId, 'requeue', 'so')).rejects.toMatchObject(
      invalid(`attempt ${attemptId} is started, not suspect`),
    );
    await expect(decideResult(engine, ada, attemptId, 'accept', 'so')).rejects.toMatchObject(
      invalid(`attempt ${attemptId} is started; only a flagged or late result waits for a decision`),
    );
    const queued = await inState('queued');
    await expect(requeueExperiment(engine, ada, queued, 'so')).rejects.toMatchObject(
      invalid('experiment 2 is queued; only a quarantined one is requeued by hand'),
    );
  });

  it('that is made already writes nothing', async () => {
    const id = await inState('queued');
    const { id: measurementId } = await recordMeasurement(engine, ada, {
      experimentId: id,
      measurement,
      reason: 'so',
    });
    const before = await engine.store.read.lastSeq(campaignId);
    await decideMeasurement(engine, ada, measurementId, 'accepted', 'so');
    expect(await engine.store.read.lastSeq(campaignId)).toBe(before);
    await decideMeasurement(engine, ada, measurementId, 'excluded', 'so');
    expect(await engine.store.read.lastSeq(campaignId)).toBe(before + 1);
  });

  it('to stop is told to a station once', async () => {
    const id = await inState('running');
    await cancelExperiment(engine, ada, id, 'fire');
    const before = await engine.store.read.lastSeq(campaignId);
    await cancelExperiment(engine, ada, id, 'fire');
    expect(await engine.store.read.lastSeq(campaignId)).toBe(before);
    expect(await experiment(id)).toMatchObject({ state: 'running' });
  });

  it('to edit is refused once it has begun, and needs nothing where nothing changes', async () => {
    const running = await inState('running');
    await expect(editExperiment(engine, ada, { id: running, point, reason: 'so' })).rejects.toMatchObject(
      invalid('experiment 1 is running; only one that has not begun goes back to its proposal'),
    );
    const claimed = await inState('claimed');
    expect(await editExperiment(engine, ada, { id: claimed, point, reason: 'rounded' })).toMatchObject({
      ...{ state: 'proposed', point, approval: null },
    });
    const before = await engine.store.read.lastSeq(campaignId);
    await editExperiment(engine, ada, { id: claimed, point, reason: 'again' });
    expect(await engine.store.read.lastSeq(campaignId)).toBe(before);
    const far = { ...point, pressure: 1e30 };
    await expect(
      editExperiment(engine, ada, { id: claimed, point: far, reason: 'far' }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const edited = await editExperiment(engine, ada, {
      id: claimed,
      point: far,
      reason: 'far',
      outside: true,
    });
    expect(edited.outside).toMatch(/pressure/);
    const [again] = await addReplicates(engine, ada, { experimentId: claimed, count: 1, reason: 'sure' });
    expect(again).toMatchObject({ outside: edited.outside, replicateOf: claimed, point: far });
  });
});

describe('an experiment that is added', () => {
  it('is added once under a key, and anew where it may lie outside', async () => {
    const add = (more: object = {}) =>
      addExperiment(engine, ada, { campaignId, point, reason: 'so', idempotencyKey: 'k', ...more });
    const { id } = await add();
    expect((await add()).id).toBe(id);
    expect((await add({ outside: false })).id).toBe(id);
    await expect(add({ outside: true })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await expect(add({ reason: 'other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const campaign = await story.activeCampaign();
    expect((await add({ campaignId: campaign })).id).not.toBe(id);
  });

  it('again is of what there is something to repeat of, at most twenty times', async () => {
    const repeat = (experimentId: string, count = 1, more: object = {}) =>
      addReplicates(engine, ada, { experimentId, count, reason: 'sure', ...more });
    const [accepted, other] = [await inState('accepted'), await inState('failed_sample')];
    for (const count of [0, 21]) {
      await expect(repeat(accepted, count)).rejects.toMatchObject({
        ...{
          code: 'INVALID_INPUT',
          field: 'count',
          message: `count is ${count}; it must lie between 1 and 20`,
        },
      });
    }
    expect(await repeat(accepted, 20)).toHaveLength(20);
    const [once] = await repeat(accepted, 1, { idempotencyKey: 'k' });
    expect(await repeat(accepted, 1, { idempotencyKey: 'k' })).toEqual([once]);
    const [second] = await repeat(other, 1, { idempotencyKey: 'k' });
    expect(second).toMatchObject({
      replicateOf: other,
      reason: 'Replicate of experiment 2: sure',
      outside: null,
    });
    expect((await repeat(second?.id ?? ''))[0]).toMatchObject({ replicateOf: other });
    for (const state of ['rejected', 'infeasible'] as const) {
      const id = await inState(state);
      const { number } = await experiment(id);
      await expect(repeat(id)).rejects.toMatchObject(
        invalid(`experiment ${number} is ${state}; there is nothing to repeat`),
      );
    }
  });
});

describe('approval', () => {
  it('is of one campaign, and of what was looked at', async () => {
    const id = await inState('proposed');
    const elsewhere = await story.experiment(await story.activeCampaign());
    await expect(approveExperiments(engine, ada, [id, elsewhere])).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'ids' },
      message: 'these experiments belong to different campaigns; approve each campaign by itself',
    });
    await expect(approveExperiments(engine, ada, [id], [])).rejects.toMatchObject({
      ...{ field: 'specHashes', message: 'there are 1 ids and 0 hashes; each id has its own' },
    });
    const { specHash } = await experiment(id);
    const next = await inState('proposed');
    await expect(approveExperiments(engine, ada, [id, next], [specHash, 'other'])).rejects.toMatchObject({
      ...{ code: 'SPEC_CHANGED', field: 'specHashes[1]' },
      message: 'experiment 2 was changed since it was looked at; look at it again before it is approved',
    });
    expect(await approveExperiments(engine, ada, [id, id], [specHash, specHash])).toMatchObject([
      { id, state: 'queued' },
    ]);
    expect(await approveExperiments(engine, ada, [])).toEqual([]);
  });
});

describe('another order', () => {
  it('is of what is named, once, and has a turn', async () => {
    const reorder = (ids: readonly string[], more: object = {}) =>
      reorderExperiments(engine, ada, { campaignId, ids, ...more });
    await expect(reorder([])).rejects.toMatchObject({
      ...{ field: 'ids', message: 'ids is empty; name the experiments that are to be moved' },
    });
    const [a, b, c] = [await inState('proposed'), await inState('queued'), await inState('proposed')];
    await expect(reorder([a, a])).rejects.toMatchObject({
      field: 'ids',
      message: 'ids names an experiment twice',
    });
    const running = await inState('running');
    await expect(reorder([running])).rejects.toMatchObject(
      invalid('experiment 4 is running; only what is proposed or queued has a turn'),
    );
    const turns = async () =>
      engine.store.transact(campaignId, ada, async (tx) =>
        (await tx.experiments({ states: ['proposed', 'queued'] })).map(({ id, rank }) => [id, rank]),
      );
    const before = await engine.store.read.lastSeq(campaignId);
    await reorder([a]);
    expect(await engine.store.read.lastSeq(campaignId)).toBe(before);
    await reorder([c, b]);
    expect(await turns()).toEqual([
      [c, -2],
      [b, -1],
      [a, 0],
    ]);
    await reorder([c], { place: 'last', reason: ' later ' });
    expect(await turns()).toEqual([
      [b, -1],
      [a, 0],
      [c, 1],
    ]);
    await reorder([a], { place: 'first' });
    expect(await turns()).toEqual([
      [a, -2],
      [b, -1],
      [c, 1],
    ]);
    const events = await engine.store.read.events(campaignId, before, 10);
    expect(events.map(({ event }) => ('reason' in event ? event.reason : ''))).toEqual([null, 'later', null]);
  });
});
