import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { IonloopError } from '@ionloop/domain';
import {
  cancelExperiment,
  claim,
  heartbeat,
  moveCampaign,
  resolveSuspect,
  startAttempt,
  submit,
} from '@ionloop/engine';
import { TestLoop } from '@ionloop/engine/testing';
import { openPersistence } from '@ionloop/persistence';
import { type LabDatabase, openLabDatabase, planner, type Server, startServer } from './servers.js';
import { soundVerbs } from './verbs.js';

/** Cases of the protocol that need two servers, a clock that moves, or a frozen process. */
describe('the lab protocol', () => {
  let database: LabDatabase;
  let servers: readonly [Server, Server];
  let here: TestLoop;
  let there: TestLoop;

  beforeAll(async () => {
    database = await openLabDatabase();
    servers = [await startServer(database.url, soundVerbs), await startServer(database.url, soundVerbs)];
    [here, there] = [new TestLoop(servers[0].engine, planner), new TestLoop(servers[1].engine, planner)];
  });
  afterAll(async () => {
    for (const { close } of servers) await close();
    await database.close();
  });

  // So that no robot is given work of another case.
  afterEach(async () => {
    for (const { id } of await here.engine.store.read.campaigns({ states: ['active'] }))
      await moveCampaign(here.engine, here.person, id, 'archived');
  });

  const stateOf = async (id: string): Promise<string> => (await here.experiment(id)).state;
  const attemptState = async (id: string): Promise<string | undefined> =>
    (await here.engine.store.read.attempt(id))?.state;
  const settled = async <T>(work: Promise<T>): Promise<T | IonloopError> =>
    work.catch((error: unknown) => error as IonloopError);

  it('clock-jump: a lease lives by the database’s clock, forward and back', async () => {
    const { id } = await here.campaign({ name: 'clock' });
    const robot = await here.station('clock-robot');
    const held = await here.claimOne(robot);
    await database.clock.move(-3600);
    await here.look(id);
    expect(await attemptState(held.attemptId)).toBe('leased');
    await database.clock.move(3600 + 50);
    await there.look(id);
    expect(await attemptState(held.attemptId)).toBe('leased');
    await database.clock.move(11);
    await there.look(id);
    expect(await attemptState(held.attemptId)).toBe('expired');
    expect(await stateOf(held.experimentId)).toBe('queued');
  });

  it('cancel racing start: one of the two wins, and both learn which', async () => {
    const outcomes = new Set<string>();
    await here.campaign({ name: 'cancel and start', budget: 20, parallel: 12, initial: 12 });
    const robot = await here.station('cancel-robot');
    for (let race = 0; race < 12; race += 1) {
      const held = await here.claimOne(robot);
      const [started, cancelled] = await Promise.all([
        settled(startAttempt(here.engine, robot, held)),
        cancelExperiment(there.engine, there.person, held.experimentId, 'not now'),
      ]);
      const [answer] = await heartbeat(here.engine, robot, [{ attemptId: held.attemptId }]);
      if (started instanceof Error) {
        expect(started).toMatchObject({ code: 'LEASE_LOST', message: expect.stringMatching(/not now/) });
        expect([cancelled.state, answer?.command]).toEqual(['cancelled', 'lease_lost']);
        outcomes.add('cancel');
      } else {
        expect([cancelled.state, answer?.command]).toEqual(['running', 'cancel']);
        outcomes.add('start');
      }
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('cancel racing submit: one of the two wins, and both learn which', async () => {
    await here.campaign({ name: 'cancel and submit', budget: 20, parallel: 8, initial: 8 });
    const robot = await here.station('submit-robot');
    for (let race = 0; race < 8; race += 1) {
      const held = await here.startOne(robot);
      const [receipt, cancelled] = await Promise.all([
        submit(here.engine, robot, here.measured(held)),
        settled(cancelExperiment(there.engine, there.person, held.experimentId, 'not now')),
      ]);
      // What is measured is measured: the cancel either came first and asked in vain, or is told that it is too late.
      expect(receipt.disposition).toBe('accepted');
      expect(await stateOf(held.experimentId)).toBe('accepted');
      if (cancelled instanceof Error) expect(cancelled).toMatchObject({ code: 'INVALID_STATE' });
      else expect(cancelled.state).toBe('running');
    }
  });

  it('a process that froze while it held a campaign: the lock ends with its deadline', async () => {
    const { id } = await here.campaign({ name: 'frozen' });
    const url = new URL(database.url);
    const frozen = await openPersistence({ url: url.href, poolSize: 1, lockSeconds: 1 });
    let thaw = (): void => undefined;
    let holding = (): void => undefined;
    const held = new Promise<void>((resolve) => (holding = resolve));
    let runs = 0;
    const stuck = frozen.store.transact(id, here.person, async (tx) => {
      runs += 1;
      if (runs === 1) {
        tx.append({ type: 'campaign.switched', proposing: false, dispatch: true });
        holding();
        await new Promise<void>((resolve) => (thaw = resolve));
      }
      return tx.campaign.dispatch;
    });
    await held;
    const startedAt = performance.now();
    await here.engine.store.transact(id, here.person, (tx) => {
      tx.append({ type: 'campaign.switched', proposing: true, dispatch: false });
      return Promise.resolve();
    });
    const waited = performance.now() - startedAt;
    expect(waited).toBeGreaterThan(500);
    expect(waited).toBeLessThan(15_000);
    thaw();
    // Its own transaction is gone, and done anew on what the record says now.
    expect(await stuck).toBe(false);
    expect([runs, (await here.now(id)).dispatch]).toEqual([2, false]);
    await frozen.close();
  });

  it('station gone for good: what it held ends up with a person or in the queue, none is lost', async () => {
    const { id } = await here.campaign({ name: 'gone', parallel: 3 });
    const robot = await here.station('gone-robot');
    const running = await here.startOne(robot);
    const waiting = await here.claimOne(robot);
    await database.clock.move(1801);
    await there.look(id);
    expect(await attemptState(running.attemptId)).toBe('suspect');
    expect(await stateOf(waiting.experimentId)).toBe('queued');
    await database.clock.move(30 * 86_400);
    await there.look(id);
    expect(await attemptState(running.attemptId)).toBe('suspect');
    await resolveSuspect(there.engine, there.person, running.attemptId, 'requeue', 'the robot was sold');
    const heir = await there.station('heir-robot');
    const inherited = await claim(there.engine, heir, { idempotencyKey: there.key(), max: 3 });
    expect(inherited.map(({ experimentId }) => experimentId)).toEqual(
      expect.arrayContaining([running.experimentId, waiting.experimentId]),
    );
  });
});
