import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IonloopError } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import {
  addExperiment,
  approveExperiments,
  cancelExperiment,
  claim,
  createCampaign,
  decideMeasurement,
  decideResult,
  editExperiment,
  heartbeat,
  moveCampaign,
  planOnce,
  type Planner,
  rejectExperiment,
  resolveSuspect,
  startAttempt,
  submit,
  switchCampaign,
  trainingHash,
  verifyCampaign,
  withdrawApproval,
} from '../index.js';
import { sha256Of, someBytes } from './artifact-files-contract.js';
import { hasty, pause, ternary, TestLoop } from './loop.js';

export interface OpenedEngine {
  readonly engine: Engine;
  close(): Promise<void>;
}

const refusal = (code: IonloopError['code'], says?: RegExp): unknown =>
  expect.objectContaining({ code, ...(says ? { message: expect.stringMatching(says) as unknown } : {}) });

/** What the loop promises, whichever store keeps its record. */
export function engineContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`the loop on ${name}`, () => {
    let opened: OpenedEngine;
    let loop: TestLoop;
    let engine: Engine;

    beforeEach(async () => {
      opened = await open();
      engine = opened.engine;
      loop = new TestLoop(engine, planner);
    });
    afterEach(async () => {
      const campaigns = await engine.store.read.campaigns();
      for (const { id } of campaigns) {
        const verdict = await verifyCampaign(engine.store.read, planner, id);
        expect(verdict.tablesCompared).toBe(true);
        expect(verdict.faults).toEqual([]);
        expect(verdict.plans.filter(({ identical }) => !identical)).toEqual([]);
      }
      await opened.close();
    });

    const state = async (experimentId: string): Promise<string> =>
      (await loop.experiment(experimentId)).state;
    const attemptState = async (id: string): Promise<string | undefined> =>
      (await engine.store.read.attempt(id))?.state;

    describe('from proposal to completion', () => {
      it('spends exactly its budget and completes by itself', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        for (let n = 1; n <= 8; n += 1) {
          expect((await loop.runOne(robot, n * 1e-5)).disposition).toBe('accepted');
          await loop.look(id);
        }
        const done = await loop.now(id);
        expect(done.state).toBe('completed');
        expect(done.experiments).toBe(8);
        expect(await engine.store.read.countExperiments(id, ['accepted'])).toBe(8);
        expect(await engine.store.read.models(id)).not.toHaveLength(0);
      });

      it('keeps `parallel` experiments open and no more, however often it looks', async () => {
        const { id } = await loop.campaign();
        await Promise.all([loop.look(id), loop.look(id), loop.look(id)]);
        expect(await engine.store.read.countExperiments(id)).toBe(3);
      });

      it('waits for a person where approval is manual, and binds the approval to the spec', async () => {
        const { id } = await loop.campaign({ approval: 'manual' });
        const robot = await loop.station();
        expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 4 })).toEqual([]);
        const proposed = await engine.store.read.experiments(id);
        await approveExperiments(engine, loop.person, [proposed[0]?.id ?? '']);
        await rejectExperiment(engine, loop.person, proposed[1]?.id ?? '', 'too close to the last');
        const [approved, rejected] = await engine.store.read.experiments(id);
        expect(approved).toMatchObject({
          state: 'queued',
          approval: { by: 'ada', specHash: approved?.specHash },
        });
        expect(rejected).toMatchObject({ state: 'rejected', note: 'too close to the last' });
        await expect(approveExperiments(engine, loop.person, [rejected?.id ?? ''])).rejects.toEqual(
          refusal('INVALID_STATE', /rejected/),
        );
      });

      it('keeps why a model proposed what it did, and proves it', async () => {
        const { id } = await loop.campaign({ parallel: 1 });
        const robot = await loop.station();
        for (let n = 0; n < 5; n += 1) {
          await loop.runOne(robot, 1e-5 * (n + 1));
          await loop.look(id);
        }
        const experiments = await engine.store.read.experiments(id);
        const modelled = experiments.filter(({ origin }) => origin === 'model');
        expect(modelled).not.toHaveLength(0);
        for (const { grounds, prediction } of modelled) {
          expect(grounds?.predictions).toEqual([{ property: 'ionic_conductivity', ...prediction }]);
          expect(grounds?.nearest?.distance).toBeGreaterThan(0);
        }
        expect(experiments.find(({ origin }) => origin === 'initial')?.grounds).toBeNull();
        const otherwise: Planner = {
          ...planner,
          plan: async (request) => {
            const answer = await planner.plan(request);
            const proposals = answer.proposals.map((proposal) => ({
              ...proposal,
              ...(proposal.grounds && { grounds: { ...proposal.grounds, feasible: 0 } }),
            }));
            return { ...answer, proposals };
          },
        };
        const { plans } = await verifyCampaign(engine.store.read, otherwise, id);
        expect(plans.filter(({ identical }) => !identical)).toHaveLength(modelled.length);
      });

      it('names in each model the accepted set that it was trained on', async () => {
        const { id } = await loop.campaign({ budget: 20 });
        const robot = await loop.station();
        for (let n = 0; n < 6; n += 1) {
          await loop.runOne(robot, 1e-5 * (n + 1));
          await loop.look(id);
        }
        const accepted = (await engine.store.read.measurements(id)).filter(
          ({ status }) => status === 'accepted',
        );
        const model = await engine.store.read.latestModel(id);
        expect(model).toMatchObject({ trainingSize: 6, trainingHash: trainingHash(accepted) });
      });

      it('takes the same create twice as one campaign, and the key for another as a mistake', async () => {
        const first = await createCampaign(engine, loop.person, ternary, 'once');
        const again = await createCampaign(engine, loop.person, ternary, 'once');
        expect(again.id).toBe(first.id);
        await expect(
          createCampaign(engine, loop.person, { ...ternary, name: 'Other' }, 'once'),
        ).rejects.toEqual(refusal('IDEMPOTENCY_KEY_REUSED'));
      });

      it('adds a point by hand that must lie in the space', async () => {
        const { id } = await loop.campaign();
        const point = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } };
        const added = await addExperiment(engine, loop.person, {
          campaignId: id,
          point,
          reason: 'the literature',
        });
        expect(added).toMatchObject({ state: 'proposed', origin: 'person', number: 4 });
        const crooked = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.5 } };
        await expect(
          addExperiment(engine, loop.person, { campaignId: id, point: crooked, reason: 'a slip' }),
        ).rejects.toEqual(refusal('INVALID_INPUT'));
      });

      it('stops proposing and stops dispatch by switches of their own', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        await switchCampaign(engine, loop.person, id, { dispatch: false });
        expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
        await switchCampaign(engine, loop.person, id, { dispatch: true, proposing: false });
        await loop.runOne(robot);
        await loop.look(id);
        expect(await engine.store.read.countExperiments(id)).toBe(3);
        await engine.store.stations.setPaused((await engine.store.stations.all())[0]?.id ?? '', true);
        expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
      });
    });

    describe('the failures that a lab brings', () => {
      it('lost-reply: the same claim, start and submit get the same answers', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const request = { idempotencyKey: 'lost', max: 1 };
        const first = await claim(engine, robot, request);
        expect(await claim(engine, robot, request)).toEqual(first);
        const [assignment] = first;
        if (!assignment) throw new Error('nothing claimed');
        await startAttempt(engine, robot, assignment);
        expect(await startAttempt(engine, robot, assignment)).toEqual({ attemptId: assignment.attemptId });
        const result = loop.measured(assignment);
        const answer = await submit(engine, robot, result);
        expect(await submit(engine, robot, result)).toEqual(answer);
        expect(await engine.store.read.measurements(assignment.campaignId)).toHaveLength(1);
      });

      it('crash-before-start: the lease runs out and the experiment is queued again', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        const lost = await loop.claimOne(robot);
        await pause(90);
        await loop.look(id);
        expect(await attemptState(lost.attemptId)).toBe('expired');
        expect(await state(lost.experimentId)).toBe('queued');
        await expect(startAttempt(engine, robot, lost)).rejects.toEqual(refusal('LEASE_LOST'));
      });

      it('crash-after-start: the attempt is suspect and nothing is rerun until a person says so', async () => {
        const { id } = await loop.campaign({ lab: hasty, parallel: 1 });
        const robot = await loop.station();
        const gone = await loop.startOne(robot);
        await pause(90);
        await loop.look(id);
        expect(await attemptState(gone.attemptId)).toBe('suspect');
        expect(await state(gone.experimentId)).toBe('running');
        expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
        await resolveSuspect(engine, loop.person, gone.attemptId, 'requeue', 'the furnace was off');
        expect(await state(gone.experimentId)).toBe('queued');
      });

      it('partition: a suspect that comes back with its result is accepted, its fence still holds', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        const offline = await loop.startOne(robot);
        await pause(90);
        await loop.look(id);
        expect((await submit(engine, robot, loop.measured(offline))).disposition).toBe('accepted');
        expect(await state(offline.experimentId)).toBe('accepted');
      });

      it('a suspect that is heard of again goes on', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        const quiet = await loop.startOne(robot);
        await pause(90);
        await loop.look(id);
        const answers = await heartbeat(engine, robot, [{ attemptId: quiet.attemptId, stage: 'sinter' }]);
        expect(answers).toEqual([{ attemptId: quiet.attemptId, command: 'continue' }]);
        expect(await attemptState(quiet.attemptId)).toBe('started');
      });

      it('frozen-station: a result with a stale fence is kept as late and changes nothing', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        const frozen = await loop.claimOne(robot);
        await pause(90);
        await loop.look(id);
        const before = await loop.now(id);
        const answer = await submit(engine, robot, loop.measured(frozen, 5e-4));
        expect(answer.disposition).toBe('late');
        expect((await loop.now(id)).dataRevision).toBe(before.dataRevision);
        expect(await state(frozen.experimentId)).toBe('queued');
        expect(await engine.store.read.measurements(id)).toMatchObject([{ status: 'late', value: 5e-4 }]);
        await decideResult(engine, loop.person, frozen.attemptId, 'accept', 'the log of the robot agrees');
        expect(await state(frozen.experimentId)).toBe('accepted');
        expect((await loop.now(id)).dataRevision).toBe(before.dataRevision + 1);
      });

      it('two-boots: the older boot of a station is told lease_lost, its unstarted work is queued again', async () => {
        await loop.campaign();
        const older = await loop.station('robot', 'boot-1');
        const held = await loop.claimOne(older);
        const newer = await loop.station('robot', 'boot-2');
        expect(await state(held.experimentId)).toBe('queued');
        expect(await heartbeat(engine, older, [{ attemptId: held.attemptId }])).toEqual([
          { attemptId: held.attemptId, command: 'lease_lost' },
        ]);
        await expect(startAttempt(engine, older, held)).rejects.toEqual(refusal('LEASE_LOST'));
        expect((await loop.claimOne(newer)).experimentId).toBe(held.experimentId);
      });

      it("another station's attempt is refused, whatever is said about it", async () => {
        await loop.campaign();
        const robot = await loop.station('robot');
        const other = await loop.station('other');
        const held = await loop.startOne(robot);
        await expect(submit(engine, other, loop.measured(held))).rejects.toEqual(
          refusal('FORBIDDEN', /another station/),
        );
        await expect(startAttempt(engine, other, held)).rejects.toEqual(refusal('FORBIDDEN'));
        expect(await heartbeat(engine, other, [{ attemptId: held.attemptId }])).toEqual([
          { attemptId: held.attemptId, command: 'lease_lost' },
        ]);
      });

      it('cancel before the start wins; the start learns it', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const held = await loop.claimOne(robot);
        await cancelExperiment(engine, loop.person, held.experimentId, 'out of Li3BO3');
        expect(await state(held.experimentId)).toBe('cancelled');
        await expect(startAttempt(engine, robot, held)).rejects.toEqual(refusal('LEASE_LOST', /Li3BO3/));
      });

      it('cancel after the start asks the station, and the result that comes anyway is used', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const running = await loop.startOne(robot);
        await cancelExperiment(engine, loop.person, running.experimentId, 'enough');
        expect(await heartbeat(engine, robot, [{ attemptId: running.attemptId }])).toEqual([
          { attemptId: running.attemptId, command: 'cancel' },
        ]);
        expect((await submit(engine, robot, loop.measured(running))).disposition).toBe('accepted');
        const second = await loop.startOne(robot);
        await cancelExperiment(engine, loop.person, second.experimentId, 'enough');
        await submit(engine, robot, {
          ...loop.measured(second),
          outcome: 'instrument_fault',
          measurements: [],
        });
        expect(await state(second.experimentId)).toBe('cancelled');
      });

      it('reaper racing submit: what was submitted is never undone', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        const running = await loop.startOne(robot);
        await pause(70);
        await Promise.all([submit(engine, robot, loop.measured(running)), loop.look(id), loop.look(id)]);
        await loop.look(id);
        expect(await state(running.experimentId)).toBe('accepted');
      });

      it('a start with another spec hash is refused', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const held = await loop.claimOne(robot);
        await expect(startAttempt(engine, robot, { ...held, specHash: '0'.repeat(64) })).rejects.toEqual(
          refusal('SPEC_CHANGED'),
        );
      });

      it('an approval withdrawn after the claim: the start is refused, and the experiment is a proposal again', async () => {
        const { id } = await loop.campaign({ parallel: 1 });
        const robot = await loop.station();
        const held = await loop.claimOne(robot);
        await withdrawApproval(engine, loop.person, held.experimentId, 'the furnace is booked');
        await expect(startAttempt(engine, robot, held)).rejects.toEqual(refusal('LEASE_LOST', /booked/));
        expect(await heartbeat(engine, robot, [{ attemptId: held.attemptId }])).toEqual([
          { attemptId: held.attemptId, command: 'lease_lost' },
        ]);
        expect(await loop.experiment(held.experimentId)).toMatchObject({ state: 'proposed', approval: null });
        expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
        await approveExperiments(engine, loop.person, [held.experimentId]);
        expect(await loop.claimOne(robot)).toMatchObject({ experimentId: held.experimentId, fence: 2 });
        expect((await loop.now(id)).dataRevision).toBe(0);
      });

      it('a spec edited after the claim: the start is refused, and what is claimed next is the new one', async () => {
        await loop.campaign({ parallel: 1 });
        const robot = await loop.station();
        const held = await loop.claimOne(robot);
        const point = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } };
        const edit = { id: held.experimentId, point, reason: 'the literature' };
        const edited = await editExperiment(engine, loop.person, edit);
        expect(edited).toMatchObject({ state: 'proposed', origin: 'person', prediction: null, point });
        await expect(startAttempt(engine, robot, held)).rejects.toEqual(refusal('LEASE_LOST', /literature/));
        await approveExperiments(engine, loop.person, [held.experimentId]);
        const next = await loop.claimOne(robot);
        expect(next.spec['point']).toEqual(point);
        expect(next.specHash).not.toBe(held.specHash);
        await startAttempt(engine, robot, next);
        await expect(editExperiment(engine, loop.person, edit)).rejects.toEqual(refusal('INVALID_STATE'));
      });

      it('a start told again after contact was lost is heard as the first', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        const quiet = await loop.startOne(robot);
        await pause(90);
        await loop.look(id);
        expect(await attemptState(quiet.attemptId)).toBe('suspect');
        expect(await startAttempt(engine, robot, quiet)).toEqual({ attemptId: quiet.attemptId });
        expect(await attemptState(quiet.attemptId)).toBe('started');
      });

      it('same key, other payload: refused', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const result = loop.measured(await loop.startOne(robot));
        await submit(engine, robot, result);
        await expect(submit(engine, robot, { ...result, note: 'changed' })).rejects.toEqual(
          refusal('IDEMPOTENCY_KEY_REUSED'),
        );
        await expect(submit(engine, robot, { ...result, idempotencyKey: 'fresh' })).rejects.toEqual(
          refusal('CONFLICT'),
        );
      });

      it('a request whose first try is still being answered is told to come back, and then gets that answer', async () => {
        const robot = await loop.station();
        const asked = { idempotencyKey: 'one claim', max: 1 };
        let first: Promise<unknown> = Promise.resolve();
        const goOn = await new Promise<(on: boolean) => void>((waits) => {
          first = claim(engine, robot, asked, () => new Promise<boolean>(waits));
        });
        await expect(claim(engine, robot, asked)).rejects.toEqual(refusal('IDEMPOTENCY_KEY_IN_FLIGHT'));
        await expect(claim(engine, robot, { ...asked, max: 2 })).rejects.toEqual(
          refusal('IDEMPOTENCY_KEY_REUSED'),
        );
        expect(await claim(engine, robot, { ...asked, idempotencyKey: 'another' })).toEqual([]);
        await loop.campaign();
        goOn(true);
        const leased = await first;
        expect(leased).toHaveLength(1);
        expect(await claim(engine, robot, asked)).toEqual(leased);
      });

      it('partials repeated or out of order are stored once each', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const { attemptId } = await loop.startOne(robot);
        const stored = [];
        for (const seq of [2, 1, 2, 3, 1]) stored.push((await loop.partial(robot, attemptId, seq)).stored);
        expect(stored).toEqual([true, true, false, true, false]);
      });

      it('a result for a paused, finished or archived campaign is stored', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const first = await loop.startOne(robot);
        const second = await loop.startOne(robot);
        await moveCampaign(engine, loop.person, id, 'paused');
        expect(await submit(engine, robot, loop.measured(first))).toMatchObject({
          disposition: 'accepted',
          notice: expect.stringMatching(/is paused; the result is stored/),
        });
        await moveCampaign(engine, loop.person, id, 'archived');
        expect(await submit(engine, robot, loop.measured(second))).toMatchObject({
          disposition: 'accepted',
          notice: expect.stringMatching(/is archived/),
        });
      });

      it('planner killed between thinking and saving: the same batch comes after the restart', async () => {
        const thoughts: string[] = [];
        const dying: Planner = {
          version: planner.version,
          plan: async (request) => {
            thoughts.push(JSON.stringify(await planner.plan(request)));
            throw new Error('killed');
          },
        };
        const { id } = await loop.campaign({ budget: 20 });
        const robot = await loop.station();
        for (let n = 0; n < 5; n += 1) {
          await loop.runOne(robot, 1e-5 * (n + 1));
          if (n < 4) await loop.look(id);
        }
        await expect(planOnce(engine, dying, id)).rejects.toThrow('killed');
        await planOnce(engine, planner, id);
        const [thought] = thoughts;
        const proposals = (JSON.parse(thought ?? '') as { proposals: { point: unknown }[] }).proposals;
        const newest = (await engine.store.read.experiments(id)).slice(-proposals.length);
        expect(newest.map(({ point }) => point)).toEqual(proposals.map(({ point }) => point));
      });

      it('poison experiment: after its attempts it is quarantined, and a person is asked', async () => {
        const { id } = await loop.campaign({ lab: hasty, parallel: 1 });
        const robot = await loop.station();
        for (let n = 0; n < 2; n += 1) {
          const fault = await loop.startOne(robot);
          await submit(engine, robot, {
            ...loop.measured(fault),
            outcome: 'instrument_fault',
            measurements: [],
          });
        }
        const [poison] = await engine.store.read.experiments(id);
        expect(poison).toMatchObject({ state: 'quarantined', fence: 2 });
      });

      it('a failed sample ends the experiment and teaches; an instrument fault only ends the attempt', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const failed = await loop.startOne(robot);
        await submit(engine, robot, {
          ...loop.measured(failed),
          outcome: 'failed_sample',
          measurements: [],
          note: 'cracked',
        });
        expect(await loop.experiment(failed.experimentId)).toMatchObject({
          state: 'failed_sample',
          note: 'cracked',
        });
        const fault = await loop.startOne(robot);
        await submit(engine, robot, {
          ...loop.measured(fault),
          outcome: 'instrument_fault',
          measurements: [],
        });
        expect(await state(fault.experimentId)).toBe('queued');
        expect((await loop.now(id)).dataRevision).toBe(0);
      });

      it('races of twenty stations claim each experiment once', async () => {
        await loop.campaign({ parallel: 12, budget: 12, initial: 12 });
        const robots = await Promise.all(Array.from({ length: 20 }, (_, i) => loop.station(`robot-${i}`)));
        const claims = await Promise.all(
          robots.map((robot) => claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })),
        );
        const claimed = claims.flat().map(({ experimentId }) => experimentId);
        expect(claimed).toHaveLength(12);
        expect(new Set(claimed).size).toBe(12);
      });
    });

    describe('what a station hands in', () => {
      it('a resistance with its geometry becomes a conductivity, and both are kept', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const impedance = { resistanceOhm: 1000, thicknessCm: 0.1, areaCm2: 0.5 };
        await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', impedance }],
        });
        const [measurement] = await engine.store.read.measurements(id);
        expect(measurement?.value).toBeCloseTo(2e-4, 12);
        expect(measurement).toMatchObject({ unit: 'S/cm', raw: { impedance } });
      });

      it('several temperatures become an Arrhenius line, read where the campaign asks, with its error', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        // σT = 1e4·exp(−0.5 eV/kT), with one reading a little off the line.
        const off = [1, 1.03, 0.98, 1.01];
        const series = [200, 250, 300, 350].map((temperatureC, i) => {
          const kelvin = temperatureC + 273.15;
          const conductivity = (1e4 * Math.exp(-0.5 / (8.617333262e-5 * kelvin))) / kelvin;
          return { temperatureC, value: conductivity * (off[i] ?? 1), unit: 'S/cm' };
        });
        const { disposition } = await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', series, conditions: { electrode: 'Au' } }],
        });
        expect(disposition).toBe('accepted');
        const [measurement] = await engine.store.read.measurements(id);
        const wanted = (1e4 * Math.exp(-0.5 / (8.617333262e-5 * 573.15))) / 573.15;
        expect((measurement?.value ?? 0) / wanted).toBeCloseTo(1, 1);
        expect(measurement?.uncertainty).toBeGreaterThan(0);
        expect(measurement).toMatchObject({ unit: 'S/cm', conditions: { electrode: 'Au' }, flags: [] });
        const { series: kept, arrhenius } = measurement?.raw as {
          series: readonly { temperatureC: number; value: number }[];
          arrhenius: {
            activationEnergyEv: number;
            at25C: { value: number; uncertainty: number };
            interval95: { low: number; high: number; unit: string };
            flags: readonly string[];
          };
        };
        expect(kept.map(({ temperatureC, value }) => [temperatureC, value])).toEqual(
          series.map(({ temperatureC, value }) => [temperatureC, value]),
        );
        expect(arrhenius.activationEnergyEv).toBeCloseTo(0.5, 1);
        expect(arrhenius.at25C.value).toBeGreaterThan(0);
        expect(arrhenius.at25C.uncertainty).toBeGreaterThan(0);
        expect(arrhenius.flags).toEqual([]);
        expect(arrhenius.interval95.low).toBeLessThan(measurement?.value ?? 0);
        expect(arrhenius.interval95.high).toBeGreaterThan(measurement?.value ?? 0);
        expect(arrhenius.interval95.unit).toBe('S/cm');
      });

      it('a line read far outside its temperatures waits for a person', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const series = [20, 40, 60].map((temperatureC, i) => ({
          temperatureC,
          value: 1e-6 * 2 ** i,
          unit: 'S/cm',
        }));
        const answer = await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', series }],
        });
        expect(answer.disposition).toBe('flagged');
        const attempt = await engine.store.read.attempt(run.attemptId);
        expect(attempt?.note).toMatch(/Arrhenius: 300 °C lies outside the temperatures by \d+ %/);
      });

      it.each([
        [
          'a line that does not explain its points',
          [1e-5, 1e-3, 2e-5, 1e-4],
          /Arrhenius: r² is 0\.\d+, below 0\.98/,
        ],
        ['a line through two temperatures', [1e-5, 1e-4], /Arrhenius: 2 temperatures always lie on a line/],
      ])('%s waits for a person', async (_, values, says) => {
        await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const series = values.map((value, i) => ({ temperatureC: 200 + 50 * i, value, unit: 'S/cm' }));
        const answer = await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', series }],
        });
        expect(answer.disposition).toBe('flagged');
        expect((await engine.store.read.attempt(run.attemptId))?.note).toMatch(says);
      });

      it.each([
        [
          'a temperature that was not asked for',
          { value: 1e-4, unit: 'S/cm', temperatureC: 25 },
          /25 °C.*300 °C/,
        ],
        [
          'a circuit that does not fit the spectrum',
          { impedance: { resistanceOhm: 1000, thicknessCm: 0.1, areaCm2: 0.5, residual: 0.3 } },
          /30.*% away/,
        ],
      ])('%s flags the value', async (_, measurement, says) => {
        await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const { disposition } = await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', ...measurement }],
        });
        expect(disposition).toBe('flagged');
        expect((await engine.store.read.attempt(run.attemptId))?.note).toMatch(says);
      });

      it('a result for another spec than was leased is refused', async () => {
        await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const other = { ...loop.measured(run), specHash: '0'.repeat(64) };
        await expect(submit(engine, robot, other)).rejects.toEqual(refusal('SPEC_CHANGED'));
        const own = { ...loop.measured(run), specHash: run.specHash };
        expect((await submit(engine, robot, own)).disposition).toBe('accepted');
      });

      it('units are converted, and what came in is kept', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', value: 0.3, unit: 'mS/cm', uncertainty: 0.03 }],
        });
        const [measurement] = await engine.store.read.measurements(id);
        expect(measurement?.value).toBeCloseTo(3e-4, 12);
        expect(measurement?.uncertainty).toBeCloseTo(3e-5, 12);
        expect(measurement?.raw).toMatchObject({ value: 0.3, unit: 'mS/cm' });
      });

      it.each([
        ['a unit that does not convert', { value: 1, unit: 'eV' }, /eV/],
        ['a negative conductivity', { value: -1e-4, unit: 'S/cm' }, /-0\.0001|positive/],
        ['NaN', { value: Number.NaN, unit: 'S/cm' }, /NaN|finite/],
        ['a conductivity beyond anything known', { value: 1e9, unit: 'S/cm' }, /range|between|plausible/],
        ['a value without a unit', { value: 1e-4 }, /unit/],
        ['an unknown property', { property: 'colour', value: 1, unit: '' }, /colour/],
        ['neither value nor impedance', {}, /neither/],
        ['a temperature below 0 K', { value: 1e-4, unit: 'S/cm', temperatureC: -274 }, /0 K/],
        ['a series of one temperature', { series: [{ temperatureC: 25, value: 1e-4, unit: 'S/cm' }] }, /two/],
        [
          'a series with a value beside it',
          { value: 1, series: [{ temperatureC: 25, value: 1e-4, unit: 'S/cm' }] },
          /both a series/,
        ],
        [
          'frequencies that fall',
          {
            impedance: {
              resistanceOhm: 1,
              thicknessCm: 1,
              areaCm2: 1,
              frequencyHz: { min: 1e6, max: 1 },
            },
          },
          /rise/,
        ],
      ])('refuses %s by name, and the attempt goes on', async (_, measurement, says) => {
        await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const request = {
          ...loop.measured(run),
          measurements: [{ property: 'ionic_conductivity', ...measurement }],
        };
        await expect(submit(engine, robot, request)).rejects.toEqual(refusal('INVALID_INPUT', says));
        expect(await attemptState(run.attemptId)).toBe('started');
        expect((await submit(engine, robot, loop.measured(run))).disposition).toBe('accepted');
      });

      it('a doubtful result waits for a person, and can be put aside', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const answer = await submit(engine, robot, {
          ...loop.measured(run),
          measurements: [
            { property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm', suspect: 'contact was poor' },
          ],
        });
        expect(answer.disposition).toBe('flagged');
        expect((await loop.now(id)).dataRevision).toBe(0);
        await decideResult(engine, loop.person, run.attemptId, 'discard', 'measure it again');
        expect(await state(run.experimentId)).toBe('queued');
        expect(await engine.store.read.measurements(id)).toMatchObject([{ status: 'excluded' }]);
      });

      it('an accepted measurement can be excluded and restored, by name and with a reason', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const { measurementIds } = await loop.runOne(robot);
        const [measurementId] = measurementIds;
        await decideMeasurement(engine, loop.person, measurementId ?? '', 'excluded', 'wrong pellet');
        expect(await engine.store.read.measurements(id)).toMatchObject([
          { status: 'excluded', note: 'wrong pellet' },
        ]);
        await decideMeasurement(engine, loop.person, measurementId ?? '', 'accepted', 'it was the right one');
        expect((await loop.now(id)).dataRevision).toBe(3);
      });
    });

    describe('the files that come with a result', () => {
      const bytes = someBytes(500);
      const sha256 = sha256Of(bytes);
      const keep = async (hash: string, mediaType = 'application/json'): Promise<void> => {
        const artifact = { sha256: hash, bytes: 500, mediaType, station: 'robot', tokenId: 'token' };
        await engine.store.artifacts.add(artifact);
      };

      it('are part of the log: with the measurement they belong to, or with the attempt', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const photo = sha256Of(someBytes(1));
        await keep(sha256);
        await keep(photo, 'image/png');
        const result = {
          ...loop.measured(run),
          artifacts: [
            { sha256, name: 'eis.json', kind: 'impedance_spectrum', measurement: 0 },
            { sha256: photo, name: 'pellet', mediaType: 'image/jpeg' },
          ],
        };
        const answer = await submit(engine, robot, result);
        expect(await submit(engine, robot, result)).toEqual(answer);
        const all = await engine.store.read.attachments(id);
        expect(all).toMatchObject([
          {
            attemptId: run.attemptId,
            experimentId: run.experimentId,
            measurementId: answer.measurementIds[0],
            sha256,
            name: 'eis.json',
            mediaType: 'application/json',
            bytes: 500,
            kind: 'impedance_spectrum',
          },
          { measurementId: null, sha256: photo, mediaType: 'image/jpeg', kind: null },
        ]);
        const events = await engine.store.read.events(id, 0, 100);
        const submitted = events.find(({ event }) => event.type === 'attempt.submitted');
        expect(submitted?.event).toMatchObject({ artifacts: all.map(({ id: own }) => ({ id: own })) });
      });

      it('torn-upload: one that is not here is named with its place, and the result is not lost by it', async () => {
        const { id } = await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        const missing = sha256Of(someBytes(2, 77));
        await keep(sha256);
        const result = {
          ...loop.measured(run),
          artifacts: [
            { sha256, name: 'a' },
            { sha256: missing, name: 'b' },
          ],
        };
        await expect(submit(engine, robot, result)).rejects.toMatchObject({
          code: 'ARTIFACT_MISSING',
          field: 'artifacts[1].sha256',
          message: expect.stringContaining(missing) as unknown,
        });
        expect(await attemptState(run.attemptId)).toBe('started');
        await keep(missing);
        expect((await submit(engine, robot, result)).disposition).toBe('accepted');
        expect(await engine.store.read.attachments(id)).toHaveLength(2);
      });

      it('are kept with a late result and with a fault too', async () => {
        const { id } = await loop.campaign({ lab: hasty });
        const robot = await loop.station();
        await keep(sha256);
        const artifacts = [{ sha256, name: 'log.txt' }];
        const stale = await loop.claimOne(robot);
        await pause(90);
        await loop.look(id);
        const late = await submit(engine, robot, { ...loop.measured(stale), artifacts });
        expect(late.disposition).toBe('late');
        const faulty = await loop.startOne(robot);
        const fault = { outcome: 'instrument_fault', note: 'no argon', measurements: [] } as const;
        await submit(engine, robot, { ...loop.measured(faulty), ...fault, artifacts });
        const attempts = (await engine.store.read.attachments(id)).map(({ attemptId }) => attemptId);
        expect(attempts).toEqual([stale.attemptId, faulty.attemptId]);
      });

      it.each([
        ['artifacts[0].sha256', { sha256: 'nonsense', name: 'a' }],
        ['artifacts[0].name', { sha256, name: ' ' }],
        ['artifacts[0].mediaType', { sha256, name: 'a', mediaType: 'png' }],
        ['artifacts[0].measurement', { sha256, name: 'a', measurement: 1 }],
      ])('are refused by their field: %s', async (field, artifact) => {
        await loop.campaign();
        const robot = await loop.station();
        const run = await loop.startOne(robot);
        await keep(sha256);
        const wrong = submit(engine, robot, { ...loop.measured(run), artifacts: [artifact] });
        await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
      });
    });
  });
}
