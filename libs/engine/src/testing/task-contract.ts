import { describe, expect, it } from '@jest/globals';
import { type Json, type JsonObject, type Task, type TaskKind } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import {
  approveExperiments,
  assignTask,
  cancelExperiment,
  claim,
  createCampaign,
  decideResult,
  extendTask,
  heartbeat,
  moveCampaign,
  type Planner,
  reconcile,
  registerStation,
  requeueExperiment,
  resolveSuspect,
  startAttempt,
  submit,
  switchCampaign,
  taskId,
  taskSubject,
  withdrawApproval,
} from '../index.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';
import { refusal } from './refusal.js';
import { hasty, pause, type TestLoop } from './loop.js';
import { ternary } from './ternary.js';

const day = 86_400_000;
/** Deadlines that pass while a test waits. */
const impatient: JsonObject = { taskSeconds: 0.05 };

/** Nothing that is not at an end is without a deadline or a person, whichever store keeps the record. */
export function taskContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`tasks for people, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const tasks = (campaignId: string): Promise<readonly Task[]> =>
      engine.store.read.tasks({ campaignId }, { first: 100 });
    const kinds = async (campaignId: string): Promise<readonly TaskKind[]> =>
      (await tasks(campaignId)).map(({ kind }) => kind);
    const only = async (campaignId: string): Promise<Task> => {
      const [task, ...more] = await tasks(campaignId);
      if (!task || more.length > 0)
        throw new Error(`one task was expected, not ${JSON.stringify([task, ...more])}`);
      return task;
    };
    const types = async (campaignId: string): Promise<readonly string[]> =>
      (await engine.store.read.events(campaignId, 0, 1000)).map(({ event }) => event.type);
    /** From the log: on a slow machine more than one deadline passes between two looks. */
    const escalatedTo = async (campaignId: string): Promise<readonly string[]> =>
      (await engine.store.read.events(campaignId, 0, 1000)).flatMap(({ event }) =>
        event.type === 'task.escalated' ? [event.owner] : [],
      );
    /** A campaign that keeps one experiment open, and a robot that does it. */
    const one = (lab: Json = null, change: JsonObject = {}) =>
      loop.campaign({ parallel: 1, ...(lab === null ? {} : { lab }), ...change });

    describe('each state in which a person must act', () => {
      it('a draft, a pause, a switch that is off: the planner’s, and turning them on ends it', async () => {
        const { id } = await createCampaign(engine, loop.person, { ...ternary, approval: 'manual' });
        expect(await only(id)).toMatchObject({
          kind: 'start_campaign',
          owner: 'role:planner',
          subject: { kind: 'campaign', id },
          campaignId: id,
          experimentId: null,
          escalations: 0,
        });
        await moveCampaign(engine, loop.person, id, 'active');
        expect(await tasks(id)).toEqual([]);
        await moveCampaign(engine, loop.person, id, 'paused');
        expect(await kinds(id)).toEqual(['resume_campaign']);
        await moveCampaign(engine, loop.person, id, 'active');
        await switchCampaign(engine, loop.person, id, { proposing: false });
        expect(await kinds(id)).toEqual(['proposing_off']);
        await switchCampaign(engine, loop.person, id, { dispatch: false });
        expect(await kinds(id)).toEqual(['dispatch_off']);
        await switchCampaign(engine, loop.person, id, { dispatch: true });
        expect(await kinds(id)).toEqual(['proposing_off']);
        await switchCampaign(engine, loop.person, id, { proposing: true });
        expect(await tasks(id)).toEqual([]);
      });

      it('a proposal: an approver’s within a day, until it is approved', async () => {
        const { id } = await loop.campaign({ approval: 'manual' });
        const asked = await tasks(id);
        expect(asked.map(({ kind }) => kind)).toEqual(Array(3).fill('review_proposal'));
        const [first] = asked;
        if (!first) throw new Error('nothing is asked');
        expect(first.owner).toBe('role:approver');
        expect(Date.parse(first.deadline) - Date.parse(first.since)).toBe(day);
        await approveExperiments(engine, loop.person, [first.experimentId ?? '']);
        expect(await kinds(id)).toHaveLength(2);
        await withdrawApproval(engine, loop.person, first.experimentId ?? '', 'after all not');
        const again = (await tasks(id)).find(({ experimentId }) => experimentId === first.experimentId);
        expect(Date.parse(again?.since ?? '')).toBeGreaterThanOrEqual(Date.parse(first.since));
      });

      it('a suspect attempt, until a person decides or the station is heard of', async () => {
        const { id } = await one(hasty);
        const robot = await loop.station();
        const { attemptId, experimentId } = await loop.startOne(robot);
        expect(await tasks(id)).toEqual([]);
        await pause(100);
        await loop.look(id);
        expect(await only(id)).toMatchObject({
          kind: 'suspect_attempt',
          subject: { kind: 'attempt', id: attemptId },
          experimentId,
        });
        await heartbeat(engine, robot, [{ attemptId }]);
        expect(await tasks(id)).toEqual([]);
        await pause(100);
        await loop.look(id);
        await resolveSuspect(engine, loop.person, attemptId, 'requeue', 'the furnace was off');
        expect(await tasks(id)).toEqual([]);
      });

      it('a late result, until it is accepted or discarded', async () => {
        const { id } = await one(hasty);
        const robot = await loop.station();
        const late = await loop.claimOne(robot);
        await pause(100);
        await loop.look(id);
        expect(await submit(engine, robot, loop.measured(late))).toMatchObject({ disposition: 'late' });
        expect(await only(id)).toMatchObject({ kind: 'late_result', subject: { id: late.attemptId } });
        await decideResult(engine, loop.person, late.attemptId, 'accept', 'it is this sample');
        expect(await tasks(id)).toEqual([]);
      });

      it('a doubtful result, until it is decided on', async () => {
        const { id } = await one();
        const robot = await loop.station();
        const started = await loop.startOne(robot);
        const result = loop.measured(started);
        const measurements = result.measurements.map((one) => ({ ...one, suspect: 'contact was poor' }));
        await submit(engine, robot, { ...result, measurements });
        expect(await only(id)).toMatchObject({ kind: 'flagged_result', subject: { id: started.attemptId } });
        await decideResult(engine, loop.person, started.attemptId, 'discard', 'contact was poor indeed');
        expect(await tasks(id)).toEqual([]);
      });

      it('a quarantined experiment, until it is queued again or given up', async () => {
        const { id } = await one({ ...hasty, attemptCap: 1 });
        const robot = await loop.station();
        const { attemptId, fence, experimentId } = await loop.startOne(robot);
        const fault = { attemptId, fence, idempotencyKey: loop.key(), measurements: [] };
        await submit(engine, robot, { ...fault, outcome: 'instrument_fault' });
        expect(await only(id)).toMatchObject({ kind: 'quarantined', subject: { id: experimentId } });
        await cancelExperiment(engine, loop.person, experimentId, 'it cannot be made');
        expect(await kinds(id)).toEqual([]);
      });

      it('planning that failed, with its reason, until a plan comes', async () => {
        let broken = true;
        const moody: Planner = {
          version: planner.version,
          plan: (request) =>
            broken ? Promise.reject(new Error('no covariance can be factored')) : planner.plan(request),
        };
        const { id } = await createCampaign(engine, loop.person, ternary);
        await moveCampaign(engine, loop.person, id, 'active');
        for (let look = 0; look < 3; look += 1) {
          await expect(reconcile(engine, moody, id)).rejects.toThrow('no covariance can be factored');
        }
        expect(await only(id)).toMatchObject({
          kind: 'planning_failed',
          note: 'no covariance can be factored',
        });
        expect((await types(id)).filter((type) => type === 'campaign.planningFailed')).toHaveLength(1);
        broken = false;
        await reconcile(engine, moody, id);
        expect(await tasks(id)).toEqual([]);
      });
    });

    describe('deadlines', () => {
      it('pass: first its owner, then the campaign’s, then the operator, who keeps it', async () => {
        const { id } = await one({ ...hasty, ...impatient, leaseSeconds: 60 });
        const robot = await loop.station();
        await loop.startOne(robot);
        await pause(100);
        await loop.look(id);
        const { since } = await only(id);
        for (let round = 0; round < 4; round += 1) {
          await pause(70);
          await loop.look(id);
        }
        expect(await escalatedTo(id)).toEqual(['person:ada', 'role:admin']);
        expect(await only(id)).toMatchObject({ owner: 'role:admin', escalations: 2, since });
        const overdue = await engine.store.read.tasks({ campaignId: id, overdue: true }, { first: 9 });
        expect(overdue.map(({ owner }) => owner)).toEqual(['role:admin']);
      });

      it('are the campaign’s to set, each kind’s too, and so is who is asked first', async () => {
        const lab = { taskSeconds: 600, taskSecondsBy: { resume_campaign: 60 }, taskOwner: 'person:grace' };
        const { id } = await loop.campaign({ approval: 'manual', lab });
        const minutes = (task: Task): number => (Date.parse(task.deadline) - Date.parse(task.since)) / 60_000;
        await moveCampaign(engine, loop.person, id, 'paused');
        const all = await tasks(id);
        expect(all.map((task) => [task.kind, minutes(task), task.owner])).toEqual([
          ['resume_campaign', 1, 'person:grace'],
          ...Array<unknown>(3).fill(['review_proposal', 10, 'person:grace']),
        ]);
      });

      it('pass in a draft too', async () => {
        const { id } = await createCampaign(engine, loop.person, { ...ternary, lab: impatient });
        await pause(70);
        await loop.look(id);
        expect((await only(id)).kind).toBe('start_campaign');
        expect((await escalatedTo(id))[0]).toBe('person:ada');
      });

      it('are extended, and tasks assigned, by name and in the log', async () => {
        const { id } = await loop.campaign({ approval: 'manual', parallel: 1 });
        const task = taskId((await only(id)).subject);
        const assigned = await assignTask(engine, loop.person, task, {
          owner: 'person:grace',
          note: 'you know it',
        });
        expect(assigned).toMatchObject({ owner: 'person:grace', escalations: 0 });
        const now = await engine.store.read.now();
        const extended = await extendTask(engine, loop.person, task, { seconds: 7200 });
        expect(Date.parse(extended.deadline) - now.getTime()).toBeGreaterThan(7_190_000);
        expect(Date.parse(extended.deadline) - now.getTime()).toBeLessThan(7_260_000);
        expect(extended.owner).toBe('person:grace');
        expect((await types(id)).slice(-2)).toEqual(['task.assigned', 'task.extended']);
      });

      it('are not given for what is done, to nobody, or into the past', async () => {
        const { id } = await loop.campaign({ approval: 'manual', parallel: 1 });
        const { subject, experimentId } = await only(id);
        const task = taskId(subject);
        await expect(assignTask(engine, loop.person, task, { owner: 'somebody' })).rejects.toEqual(
          refusal('INVALID_INPUT', /nobody to ask/),
        );
        await expect(extendTask(engine, loop.person, task, { seconds: -5 })).rejects.toEqual(
          refusal('INVALID_INPUT', /seconds is -5/),
        );
        await approveExperiments(engine, loop.person, [experimentId ?? '']);
        await expect(extendTask(engine, loop.person, task, { seconds: 60 })).rejects.toEqual(
          refusal('INVALID_STATE', /is done/),
        );
        await expect(extendTask(engine, loop.person, 'experiment:nowhere', { seconds: 60 })).rejects.toEqual(
          refusal('NOT_FOUND', /no task/),
        );
        expect(taskSubject('furnace:1')).toBeNull();
      });
    });

    describe('what is queued', () => {
      const shy = { ...hasty, suspectSeconds: 60 };

      it('that no station can make is a task that says what each lacks, until one comes that can', async () => {
        const { id } = await one(shy);
        await registerStation(engine, {
          station: 'cold',
          bootId: 'boot',
          properties: ['ionic_conductivity'],
          limits: { temperatureC: [20, 100] },
          schemaVersion: 1,
        });
        await pause(100);
        await loop.look(id);
        expect(await only(id)).toMatchObject({
          kind: 'no_station',
          owner: 'role:approver',
          note: 'cold cannot: measuring temperature 300 °C > limit 100 °C',
        });
        await loop.look(id);
        expect((await types(id)).filter((type) => type === 'experiment.stuck')).toHaveLength(1);
        const robot = await loop.station();
        await loop.look(id);
        expect(await tasks(id)).toEqual([]);
        await loop.startOne(robot);
      });

      it('waits for a station that is on', async () => {
        const { id } = await one(shy);
        await loop.station();
        const robot = await engine.store.stations.byName('robot');
        await engine.store.stations.setPaused(robot?.id ?? '', true);
        await pause(100);
        await loop.look(id);
        expect(await only(id)).toMatchObject({ kind: 'no_station', note: 'robot is off' });
        await engine.store.stations.setPaused(robot?.id ?? '', false);
        await loop.look(id);
        expect(await tasks(id)).toEqual([]);
      });

      it('and not claimed in time is a task, and a claim ends it', async () => {
        const { id } = await one({ ...shy, leaseSeconds: 60, claimSeconds: 0.05 });
        const robot = await loop.station();
        await pause(100);
        await loop.look(id);
        expect(await only(id)).toMatchObject({
          kind: 'not_claimed',
          note: 'robot can and has not claimed it',
        });
        const [assignment] = await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 });
        expect(await tasks(id)).toEqual([]);
        if (assignment) await startAttempt(engine, robot, assignment);
      });

      it('is asked about with its campaign while that is paused or dispatch is off', async () => {
        const { id } = await one({ ...shy, claimSeconds: 0.05 });
        await moveCampaign(engine, loop.person, id, 'paused');
        await pause(100);
        await loop.look(id);
        expect(await kinds(id)).toEqual(['resume_campaign']);
      });
    });

    describe('in a campaign that is over', () => {
      it('nothing is queued any more: a person is told, and what comes back by itself ends', async () => {
        const { id } = await one({ ...hasty, leaseSeconds: 60, attemptCap: 3 }, { parallel: 3 });
        const robot = await loop.station();
        const faulty = await loop.startOne(robot);
        const silent = await loop.startOne(robot);
        const doubtful = await loop.startOne(robot);
        const result = loop.measured(doubtful);
        await submit(engine, robot, {
          ...result,
          measurements: result.measurements.map((one) => ({ ...one, suspect: 'poor' })),
        });
        await pause(100);
        await moveCampaign(engine, loop.person, id, 'completed', 'enough');
        await loop.look(id);
        const { attemptId, fence } = faulty;
        const fault = { attemptId, fence, idempotencyKey: loop.key(), measurements: [] };
        await submit(engine, robot, { ...fault, outcome: 'instrument_fault' });
        expect(await loop.experiment(faulty.experimentId)).toMatchObject({
          state: 'cancelled',
          note: expect.stringMatching(/the campaign is completed/) as unknown,
        });
        await expect(
          resolveSuspect(engine, loop.person, silent.attemptId, 'requeue', 'again'),
        ).rejects.toEqual(refusal('INVALID_STATE', /completed; it takes no more/));
        await resolveSuspect(engine, loop.person, silent.attemptId, 'abandon', 'it was dropped');
        await decideResult(engine, loop.person, doubtful.attemptId, 'discard', 'poor');
        expect((await loop.experiment(doubtful.experimentId)).state).toBe('cancelled');
        expect(await tasks(id)).toEqual([]);
      });

      it('a quarantined one is given up or used, and not queued', async () => {
        const { id } = await one({ ...hasty, attemptCap: 1 });
        const robot = await loop.station();
        const { attemptId, fence, experimentId } = await loop.startOne(robot);
        const fault = { attemptId, fence, idempotencyKey: loop.key(), measurements: [] };
        await submit(engine, robot, { ...fault, outcome: 'instrument_fault' });
        await moveCampaign(engine, loop.person, id, 'completed');
        expect(await kinds(id)).toEqual(['quarantined']);
        await expect(requeueExperiment(engine, loop.person, experimentId, 'again')).rejects.toEqual(
          refusal('INVALID_STATE', /completed/),
        );
        await expect(withdrawApproval(engine, loop.person, experimentId, 'again')).rejects.toEqual(
          refusal('INVALID_STATE', /completed/),
        );
        await cancelExperiment(engine, loop.person, experimentId, 'given up');
        expect(await tasks(id)).toEqual([]);
      });
    });

    it('are listed with the most pressing first, by owner, kind and page', async () => {
      const { id } = await loop.campaign({
        approval: 'manual',
        lab: { taskSecondsBy: { resume_campaign: 60 } },
      });
      await moveCampaign(engine, loop.person, id, 'paused');
      const { read } = engine.store;
      const all = await tasks(id);
      expect(all.map(({ kind }) => kind)).toEqual([
        'resume_campaign',
        ...Array<string>(3).fill('review_proposal'),
      ]);
      const paged: Task[] = [];
      for (;;) {
        const last = paged.at(-1);
        const after = last && { deadline: last.deadline, id: taskId(last.subject) };
        const page = await read.tasks({ campaignId: id }, { first: 1, ...(after && { after }) });
        if (page.length === 0) break;
        paged.push(...page);
      }
      expect(paged).toEqual(all);
      const count = (filter: object): Promise<number> => read.countTasks({ campaignId: id, ...filter });
      expect(await count({})).toBe(4);
      expect(await count({ owners: ['role:planner'] })).toBe(1);
      expect(await count({ owners: ['role:planner', 'role:approver'] })).toBe(4);
      expect(await count({ kinds: ['review_proposal'] })).toBe(3);
      expect(await count({ overdue: true })).toBe(0);
      expect(await count({ overdue: false })).toBe(4);
      expect(await count({ subject: { kind: 'campaign', id } })).toBe(1);
    });
  });
}
