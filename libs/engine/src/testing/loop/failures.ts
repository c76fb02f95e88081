import { describe, expect, it } from '@jest/globals';
import type { Engine } from '../../deps.js';
import {
  approveExperiments,
  cancelExperiment,
  claim,
  decideResult,
  editExperiment,
  heartbeat,
  moveCampaign,
  type Planner,
  planOnce,
  resolveSuspect,
  startAttempt,
  submit,
  withdrawApproval,
} from '../../index.js';
import { hasty, pause, type TestLoop } from '../loop.js';
import { newLoopForEach, type OpenedEngine } from '../opened.js';
import { refusal } from '../refusal.js';

/** What a lab brings: lost replies, crashes, silence, races; the record stays right. */
export function failuresContract(open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe('the failures that a lab brings', () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const state = async (experimentId: string): Promise<string> =>
      (await loop.experiment(experimentId)).state;
    const attemptState = async (id: string): Promise<string | undefined> =>
      (await engine.store.read.attempt(id))?.state;

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
}
