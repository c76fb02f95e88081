import { describe, expect, it } from '@jest/globals';
import type { Experiment, Measurement } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import {
  addExperiment,
  addReplicates,
  approveExperiments,
  cancelExperiment,
  claim,
  decideMeasurement,
  editExperiment,
  moveCampaign,
  type Planner,
  planRequestOf,
  recordMeasurement,
  registerStation,
  rejectExperiment,
  reorderExperiments,
  requeueExperiment,
  restoreExperiment,
  startAttempt,
  submit,
  supersedeMeasurement,
  trainingHash,
  withdrawRejection,
} from '../index.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';
import { refusal } from './refusal.js';
import { hasty, type TestLoop } from './loop.js';

const reason = 'the literature';
const inside = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } };
/** Between two steps of the dispenser. */
const between = { composition: { Li3PO4: 0.251, Li3BO3: 0.149, Li2SO4: 0.6 } };
const sigma = (value: number) => ({ property: 'ionic_conductivity', value, unit: 'S/cm' });

/** What people do with single experiments and results, whichever store keeps the record. */
export function movesContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`moves by hand, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const experiments = (id: string): Promise<readonly Experiment[]> => engine.store.read.experiments(id);
    const first = async (id: string): Promise<Experiment> => {
      const [one] = await experiments(id);
      if (!one) throw new Error('there is no experiment');
      return one;
    };
    const measurement = async (id: string): Promise<Measurement | null> => engine.store.read.measurement(id);
    const observed = async (id: string): Promise<readonly number[]> => {
      const snapshot = await engine.store.read.planningSnapshot(id);
      const request =
        snapshot && planRequestOf({ ...snapshot, campaign: { ...snapshot.campaign, parallel: 50 } });
      return request?.observations.map(({ values }) => Number(values[0]?.toFixed(9))) ?? [];
    };

    describe('points by hand', () => {
      it('lie outside the space only where that is wanted, and say so', async () => {
        const { id } = await loop.campaign();
        const added = { campaignId: id, point: between, reason };
        await expect(addExperiment(engine, loop.person, added)).rejects.toEqual(
          refusal('INVALID_INPUT', /steps of 0.05/),
        );
        const out = await addExperiment(engine, loop.person, { ...added, outside: true });
        expect(out).toMatchObject({ origin: 'person', proposedBy: 'ada', point: between });
        expect(out.outside).toMatch(/the dispenser works in steps of 0.05/);
        const within = await addExperiment(engine, loop.person, { ...added, point: inside, outside: true });
        expect(within.outside).toBeNull();
        await approveExperiments(engine, loop.person, [out.id], [out.specHash]);
        await moveFirst(id, [out.id]);
        const assignment = await loop.startOne(await loop.station());
        expect(assignment.spec['point']).toEqual(between);
        await submit(engine, { station: 'robot', bootId: 'boot-1' }, loop.measured(assignment, 1e-4));
        expect(await observed(id)).toEqual([-4]);
      });

      it.each([
        ['a missing parameter', {}, /composition must be an object/],
        [
          'fractions that do not sum to one',
          { composition: { Li3PO4: 0.5, Li3BO3: 0.1, Li2SO4: 0.1 } },
          /sum to 0.7/,
        ],
        ['a component of another system', { composition: { Li3PO4: 0.5, LiF: 0.5 } }, /"LiF"/],
      ])('refuses %s, inside or outside', async (_, point, says) => {
        const { id } = await loop.campaign();
        const added = { campaignId: id, point, reason, outside: true };
        await expect(addExperiment(engine, loop.person, added)).rejects.toEqual(
          refusal('INVALID_INPUT', says),
        );
      });

      it('an edit may lead outside too, and is marked again by the next', async () => {
        const { id } = await loop.campaign();
        const { id: experiment } = await first(id);
        const edit = { id: experiment, point: between, reason, outside: true };
        expect((await editExperiment(engine, loop.person, edit)).outside).toMatch(/steps/);
        const back = await editExperiment(engine, loop.person, { ...edit, point: inside });
        expect(back).toMatchObject({ outside: null, proposedBy: 'ada' });
      });

      it('replicates are experiments of their own, made once under one key', async () => {
        const { id } = await loop.campaign({ budget: 20 });
        await loop.runOne(await loop.station(), 1e-4);
        const { id: original, point } = await first(id);
        const twice = { experimentId: original, count: 2, reason, idempotencyKey: 'again' };
        const made = await addReplicates(engine, loop.person, twice);
        expect(await addReplicates(engine, loop.person, twice)).toEqual(made);
        await expect(addReplicates(engine, loop.person, { ...twice, count: 3 })).rejects.toEqual(
          refusal('IDEMPOTENCY_KEY_REUSED', /again/),
        );
        expect(made.map(({ number, state, replicateOf }) => [number, state, replicateOf])).toEqual([
          [4, 'proposed', original],
          [5, 'proposed', original],
        ]);
        expect(made.map((one) => one.point)).toEqual([point, point]);
        expect(made[0]?.reason).toBe(`Replicate of experiment 1: ${reason}`);
        const [third] = await addReplicates(engine, loop.person, {
          ...{ experimentId: made[0]?.id ?? '', count: 1, reason },
        });
        expect(third?.replicateOf).toBe(original);
      });
    });

    const moveFirst = (campaignId: string, ids: readonly string[], place: 'first' | 'last' = 'first') =>
      reorderExperiments(engine, loop.person, { campaignId, ids, place });

    describe('the order of the queue', () => {
      const robot = { station: 'robot', bootId: 'boot-1' };
      const claimed = async (max: number): Promise<readonly number[]> =>
        (await claim(engine, await loop.station(), { idempotencyKey: loop.key(), max })).map(
          ({ experimentNumber }) => experimentNumber,
        );

      it('is the one that a planner gives it, and later proposals come in between', async () => {
        const { id } = await loop.campaign({ parallel: 5, budget: 12 });
        const [one, two, , four] = (await experiments(id)).map((experiment) => experiment.id);
        await moveFirst(id, [four ?? '', two ?? '']);
        await moveFirst(id, [one ?? ''], 'last');
        const seq = await engine.store.read.lastSeq(id);
        await moveFirst(id, [one ?? ''], 'last');
        expect(await engine.store.read.lastSeq(id)).toBe(seq);
        expect(await claimed(1)).toEqual([4]);
        expect(await claimed(2)).toEqual([2, 3]);
        await loop.look(id);
        expect(await claimed(9)).toEqual([5, 1]);
      });

      it('is kept for stations with limits, and for proposals until they are approved', async () => {
        const { id } = await loop.campaign({ approval: 'manual' });
        const ids = (await experiments(id)).map((experiment) => experiment.id);
        await moveFirst(id, [...ids].reverse());
        await approveExperiments(engine, loop.person, ids);
        const only = { components: ['Li3PO4', 'Li3BO3', 'Li2SO4'] };
        await registerStation(engine, {
          ...robot,
          properties: ['ionic_conductivity'],
          schemaVersion: 1,
          limits: only,
        });
        const all = await claim(engine, robot, { idempotencyKey: loop.key(), max: 5 });
        expect(all.map(({ experimentNumber }) => experimentNumber)).toEqual([3, 2, 1]);
      });

      it('is of what has not begun alone', async () => {
        const { id } = await loop.campaign();
        const running = await loop.startOne(await loop.station());
        await expect(moveFirst(id, [running.experimentId])).rejects.toEqual(
          refusal('INVALID_STATE', /experiment 1 is running; only what is proposed or queued has a turn/),
        );
        await expect(moveFirst(id, [])).rejects.toEqual(refusal('INVALID_INPUT', /empty/));
        await expect(moveFirst(id, ['e', 'e'])).rejects.toEqual(refusal('INVALID_INPUT', /twice/));
      });
    });

    describe('decisions taken back', () => {
      it('a rejection and a cancel are proposals again, to be approved anew', async () => {
        const { id } = await loop.campaign({ approval: 'manual' });
        const [one, two] = await experiments(id);
        await rejectExperiment(engine, loop.person, one?.id ?? '', 'too wet');
        await approveExperiments(engine, loop.person, [two?.id ?? '']);
        await cancelExperiment(engine, loop.person, two?.id ?? '', 'out of Li3BO3');
        const again = await withdrawRejection(engine, loop.person, one?.id ?? '', 'it was the other');
        expect(again).toMatchObject({ state: 'proposed', approval: null, avoidUntil: null });
        const back = await restoreExperiment(engine, loop.person, two?.id ?? '', 'a parcel came');
        expect(back).toMatchObject({ state: 'proposed', approval: null, note: 'a parcel came' });
        await expect(restoreExperiment(engine, loop.person, two?.id ?? '', 'x')).rejects.toEqual(
          refusal('INVALID_STATE', /experiment 2 is proposed, not cancelled/),
        );
      });

      it('not beyond the budget, and not where the campaign is over', async () => {
        const { id } = await loop.campaign({ approval: 'manual', budget: 3, initial: 3 });
        const [one] = await experiments(id);
        await rejectExperiment(engine, loop.person, one?.id ?? '', 'too wet');
        await loop.look(id);
        await expect(withdrawRejection(engine, loop.person, one?.id ?? '', 'no')).rejects.toEqual(
          refusal('INVALID_STATE', /the budget of 3 is spent/),
        );
        await moveCampaign(engine, loop.person, id, 'completed');
        await expect(withdrawRejection(engine, loop.person, one?.id ?? '', 'no')).rejects.toEqual(
          refusal('INVALID_STATE', /completed; it takes no more experiments until it is taken up again/),
        );
      });

      it('a requeue in a campaign that is over says what to do, and works once it is taken up again', async () => {
        const { id } = await loop.campaign({ lab: hasty, parallel: 1 });
        const robot = await loop.station();
        for (let n = 0; n < 2; n += 1) {
          const fault = { ...loop.measured(await loop.startOne(robot)), measurements: [] };
          await submit(engine, robot, { ...fault, outcome: 'instrument_fault' });
        }
        const { id: poison } = await first(id);
        await moveCampaign(engine, loop.person, id, 'completed');
        await expect(requeueExperiment(engine, loop.person, poison, 'a new furnace')).rejects.toEqual(
          refusal('INVALID_STATE', /is completed; it takes no more experiments until it is taken up again/),
        );
        expect((await loop.experiment(poison)).state).toBe('quarantined');
        await moveCampaign(engine, loop.person, id, 'active');
        const queued = await requeueExperiment(engine, loop.person, poison, 'a new furnace');
        expect(queued.state).toBe('queued');
      });
    });

    describe('results by hand', () => {
      it('end an experiment that waits for a station, and take its lease', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const held = await loop.claimOne(robot);
        const recorded = {
          experimentId: held.experimentId,
          measurement: sigma(2e-4),
          reason,
          idempotencyKey: 'one',
        };
        const made = await recordMeasurement(engine, loop.person, recorded);
        expect(made).toMatchObject({ status: 'accepted', value: 2e-4, attemptId: null, note: reason });
        expect(await recordMeasurement(engine, loop.person, recorded)).toEqual(made);
        await expect(
          recordMeasurement(engine, loop.person, { ...recorded, measurement: sigma(3e-4) }),
        ).rejects.toEqual(refusal('IDEMPOTENCY_KEY_REUSED', /one/));
        expect((await loop.experiment(held.experimentId)).state).toBe('accepted');
        await expect(startAttempt(engine, robot, held)).rejects.toEqual(refusal('LEASE_LOST', /literature/));
        expect((await loop.now(id)).dataRevision).toBe(1);
      });

      it.each([
        ['a proposal', { approval: 'manual' }, /approve it before/],
        ['a running one', {}, /a station is making experiment 1/],
      ])('are refused for %s', async (what, settings, says) => {
        const { id } = await loop.campaign(settings);
        if (what === 'a running one') await loop.startOne(await loop.station());
        const { id: experimentId } = await first(id);
        const recorded = { experimentId, measurement: sigma(1e-4), reason };
        await expect(recordMeasurement(engine, loop.person, recorded)).rejects.toEqual(
          refusal('INVALID_STATE', says),
        );
        const wrong = { ...recorded, measurement: { property: 'ionic_conductivity', value: 1, unit: 'eV' } };
        await expect(recordMeasurement(engine, loop.person, wrong)).rejects.toMatchObject({
          code: 'INVALID_INPUT',
          field: 'measurement',
        });
      });

      it('join a result that is there, as a replicate', async () => {
        const { id } = await loop.campaign();
        await loop.runOne(await loop.station(), 1e-4);
        const { id: experimentId } = await first(id);
        await recordMeasurement(engine, loop.person, { experimentId, measurement: sigma(1e-6), reason });
        expect(await observed(id)).toEqual([-5]);
      });

      it('a corrected value takes the place of another, which stays; models learn from the new one alone', async () => {
        const { id } = await loop.campaign({ budget: 20 });
        const robot = await loop.station();
        const { measurementIds } = await loop.runOne(robot, 1e-3);
        const [wrong = ''] = measurementIds;
        const correction = { measurementId: wrong, measurement: sigma(1e-5), reason: 'a decimal point' };
        const keyed = { ...correction, idempotencyKey: 'right' };
        const right = await supersedeMeasurement(engine, loop.person, keyed);
        expect(await supersedeMeasurement(engine, loop.person, keyed)).toEqual(right);
        expect(right).toMatchObject({ supersedes: wrong, status: 'accepted', value: 1e-5 });
        expect(await measurement(wrong)).toMatchObject({
          ...{ status: 'superseded', value: 1e-3, note: 'a decimal point' },
        });
        expect(await observed(id)).toEqual([-5]);
        await expect(supersedeMeasurement(engine, loop.person, correction)).rejects.toEqual(
          refusal('INVALID_STATE', /superseded already/),
        );
        await expect(
          decideMeasurement(engine, loop.person, wrong, 'accepted', 'no, it was right'),
        ).rejects.toEqual(refusal('INVALID_STATE', /decide on the one that took its place/));
      });

      it('what is excluded is not learned from, and is again once it is restored', async () => {
        const { id } = await loop.campaign({ budget: 20, parallel: 1 });
        const robot = await loop.station();
        const values = [1e-5, 2e-5, 1e-1, 3e-5, 4e-5];
        let outlier = '';
        for (const value of values) {
          const { measurementIds } = await loop.runOne(robot, value);
          if (value === 1e-1) outlier = measurementIds[0] ?? '';
          await loop.look(id);
        }
        await decideMeasurement(engine, loop.person, outlier, 'excluded', 'the cell was short');
        await loop.runOne(robot, 5e-5);
        await loop.look(id);
        const kept = (await engine.store.read.measurements(id)).filter(({ status }) => status === 'accepted');
        expect(kept).toHaveLength(5);
        expect(await engine.store.read.latestModel(id)).toMatchObject({
          ...{ trainingSize: 5, trainingHash: trainingHash(kept) },
        });
        await decideMeasurement(engine, loop.person, outlier, 'accepted', 'it was not');
        await loop.runOne(robot, 6e-5);
        await loop.look(id);
        expect(await engine.store.read.latestModel(id)).toMatchObject({ trainingSize: 7 });
      });
    });
  });
}
