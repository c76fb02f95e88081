import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { openJobs, type Jobs, type JobsConnection } from '../../src/index.js';
import { Recorder, until } from './recorder.js';

/** A queue server that the tests may treat badly. */
export interface Backend {
  connection(): JobsConnection;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Everything in it is lost, behind everyone's back. */
  wipe(): Promise<void>;
  /** Cuts all connections and takes no new ones, until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

const timeoutMs = 60_000;

const open = (): number =>
  process.getActiveResourcesInfo().filter((kind) => /TCPSocket|Timeout/.test(kind)).length;

/** What must hold whatever the queues are kept in. */
export function describeJobs(where: string, backend: Backend): void {
  describe(`jobs on ${where}`, () => {
    let jobs: Jobs;
    let recorder: Recorder;
    let round = 0;

    beforeAll(() => backend.start());
    afterAll(() => backend.stop());

    beforeEach(async () => {
      recorder = new Recorder();
      round += 1;
      jobs = await openJobs(backend.connection(), {
        prefix: `test${round}`,
        onError: (error) => recorder.errors.push(error),
      });
    });
    afterEach(() => jobs.close());

    const work = (sweepSeconds = 600, concurrency = 4) =>
      jobs.work(recorder.handlers, { concurrency, sweepSeconds });

    describe('a screen', () => {
      it('is looked at when its chunks have ended, on either backend', async () => {
        expect(await jobs.idle()).toBe(true);
        await jobs.screen('garnets', [0, 1, 2]);
        expect(await jobs.idle()).toBe(false);
        await work();
        await until(() => recorder.screened.length === 4);
        expect(recorder.screened.slice(0, 3).sort()).toEqual(['garnets/0', 'garnets/1', 'garnets/2']);
        expect(recorder.screened[3]).toBe('garnets');
        await jobs.screen('glasses');
        await until(() => recorder.screened.length === 5);
        expect(recorder.screened[4]).toBe('glasses');
        await jobs.analyse('the-front');
        await until(() => recorder.analysed.length === 1);
        expect(recorder.analysed).toEqual(['the-front']);
        await jobs.import('the-table');
        await until(() => recorder.imported.length === 1);
        expect(recorder.imported).toEqual(['the-table']);
      });
    });

    describe('how the queues stand', () => {
      const kind = async (name: string) => (await jobs.overview()).find((one) => one.name === name);

      it('is told of each kind: what waits, since when, and what is done', async () => {
        expect(await jobs.oldest()).toMatchObject({ reconcile: 0, import: 0 });
        await jobs.import('one');
        await pause(300);
        await jobs.import('another');
        expect(await kind('import')).toMatchObject({
          waiting: 2,
          running: 0,
          done: 0,
          failed: 0,
          failures: [],
        });
        const { import: waited, reconcile } = await jobs.oldest();
        expect(waited).toBeGreaterThanOrEqual(0.25);
        expect(reconcile).toBe(0);
        expect((await kind('import'))?.oldestSeconds).toBeGreaterThanOrEqual(waited);

        await work();
        await until(() => recorder.imported.length === 2);
        for (let tries = 0; (await kind('import'))?.done !== 2; tries += 1) {
          expect(tries).toBeLessThan(500);
          await pause(20);
        }
        expect(await kind('import')).toMatchObject({ waiting: 0, running: 0, failed: 0, oldestSeconds: 0 });
      });

      it('names what failed, with its reason, once it is not tried again', async () => {
        await jobs.work(
          { ...recorder.handlers, verify: () => Promise.reject(new Error('the log has a hole')) },
          { concurrency: 1, sweepSeconds: 600 },
        );
        const asked = jobs.ask('verify', { campaignId: 'lithium' }, { timeoutMs });
        await expect(asked).rejects.toMatchObject({ code: 'JOB_FAILED' });
        expect(await kind('verify')).toMatchObject({
          failed: 1,
          failures: [
            { reason: 'the log has a hole', attempts: 1, at: expect.stringMatching(/^2\d{3}-.*Z$/) },
          ],
        });
        expect(await kind('reconcile')).toMatchObject({ failed: 0, failures: [] });
      });
    });

    describe('a wake-up', () => {
      it('runs the handler with its campaign', async () => {
        await work();
        await jobs.wake('lithium');
        await until(() => recorder.reconciled.length === 1);
        expect(recorder.reconciled).toEqual(['lithium']);
      });

      it('that waits takes in all further ones for the same campaign, and none for another', async () => {
        for (let i = 0; i < 5; i++) await jobs.wake('lithium');
        await jobs.wake('sodium');
        expect(await jobs.depth()).toEqual({
          reconcile: 2,
          sweep: 0,
          posterior: 0,
          verify: 0,
          screen: 0,
          analysis: 0,
          import: 0,
        });

        await work();
        await until(() => recorder.reconciled.length === 2);
        await pause(300);
        expect([...recorder.reconciled].sort()).toEqual(['lithium', 'sodium']);
      });

      it('that comes while its campaign is being looked at makes for exactly one more look, not at the same time', async () => {
        const release = recorder.hold();
        await work();
        await jobs.wake('lithium');
        await until(() => recorder.reconciled.length === 1);
        for (let i = 0; i < 3; i++) await jobs.wake('lithium');
        await pause(300);
        expect(recorder.reconciled).toHaveLength(1);

        release();
        await until(() => recorder.reconciled.length === 2);
        await pause(300);
        expect(recorder.reconciled).toEqual(['lithium', 'lithium']);
      });

      it('is tried again when its handler fails', async () => {
        let runs = 0;
        await jobs.work(
          {
            ...recorder.handlers,
            reconcile: () => {
              runs += 1;
              return runs === 1 ? Promise.reject(new Error('the record is busy')) : Promise.resolve();
            },
          },
          { concurrency: 1, sweepSeconds: 600 },
        );
        await jobs.wake('lithium');
        await until(() => runs === 2);
        expect(recorder.errors.map(({ message }) => message)).toContain('the record is busy');
      });

      it('that is badly written is reported and not sent', async () => {
        await jobs.wake('');
        expect(jobs.lostWakeUps).toBe(1);
        expect((await jobs.depth()).reconcile).toBe(0);
        expect(recorder.errors.map(({ name }) => name)).toEqual(['WakeUpLostError']);
      });
    });

    describe('the sweep', () => {
      it('repeats, once each time however many workers there are', async () => {
        await work(0.5);
        await work(0.5);
        await until(() => recorder.sweeps >= 1);
        const before = recorder.sweeps;
        await pause(3_000);
        expect(recorder.sweeps - before).toBeGreaterThanOrEqual(5);
        expect(recorder.sweeps - before).toBeLessThanOrEqual(7);
      });

      it('comes back by itself after the queues were emptied', async () => {
        await work(0.5);
        await until(() => recorder.sweeps >= 2);
        await jobs.empty();
        const before = recorder.sweeps;
        await until(() => recorder.sweeps >= before + 3);
      });

      it('comes back by itself after the server lost everything, and wake-ups work again', async () => {
        await work(0.5);
        await until(() => recorder.sweeps >= 1);
        await backend.wipe();
        const before = recorder.sweeps;
        await until(() => recorder.sweeps >= before + 3);
        await jobs.wake('lithium');
        await until(() => recorder.reconciled.length === 1);
      });
    });

    describe('a question', () => {
      it('gets its answer', async () => {
        await work();
        expect(await jobs.ask('posterior', { campaignId: 'lithium', resolution: 3 }, { timeoutMs })).toEqual({
          campaignId: 'lithium',
          values: [0, 0.25, 0.5],
        });
        expect(await jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs })).toEqual({ same: true });
      });

      it('is answered at once, and many at a time', async () => {
        await work();
        await jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs });
        const begin = performance.now();
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            jobs.ask('posterior', { campaignId: `c${i}`, resolution: 2 }, { timeoutMs }),
          ),
        );
        expect(performance.now() - begin).toBeLessThan(2_000);
        expect(answers).toEqual(
          Array.from({ length: 20 }, (_, i) => ({ campaignId: `c${i}`, values: [0, 0.25] })),
        );
      });

      it('gets the error that its handler threw, with its message', async () => {
        await work();
        await expect(
          jobs.ask('posterior', { campaignId: 'unknown', resolution: 3 }, { timeoutMs }),
        ).rejects.toMatchObject({
          code: 'JOB_FAILED',
          job: 'posterior',
          message: 'there is no campaign unknown',
        });
      });

      it('that nobody answers times out, and is withdrawn', async () => {
        await expect(jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs: 300 })).rejects.toMatchObject({
          code: 'JOB_TIMED_OUT',
          message: 'The job verify gave no answer within 300 ms.',
        });
        await pause(300);
        expect((await jobs.depth()).verify).toBe(0);
      });

      it('that is badly put is refused before it is sent', async () => {
        await expect(
          jobs.ask('posterior', { campaignId: 'lithium', resolution: 0.5 }, { timeoutMs }),
        ).rejects.toMatchObject({ code: 'PAYLOAD_INVALID', field: 'resolution' });
      });

      it('whose queue is emptied under it fails at once', async () => {
        const asked = jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs: 20_000 });
        const lost = expect(asked).rejects.toMatchObject({ code: 'JOB_LOST' });
        await pause(300);
        await jobs.empty();
        await lost;
      });

      it('that takes long keeps no wake-up waiting', async () => {
        await work(600, 1);
        const slow = jobs.ask('posterior', { campaignId: 'slow', resolution: 2 }, { timeoutMs });
        await pause(100);
        await jobs.wake('lithium');
        await until(() => recorder.reconciled.length === 1);
        recorder.release();
        await slow;
      });

      it('that waits when the jobs are closed is told so', async () => {
        const asked = jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs });
        const closed = expect(asked).rejects.toMatchObject({ code: 'JOBS_CLOSED' });
        await pause(200);
        await jobs.close();
        await closed;
      });
    });

    describe('when the server goes away', () => {
      afterEach(() => backend.comeBack());

      it('for a moment, workers go on by themselves soon after it is back', async () => {
        await work(0.5);
        await jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs });
        await backend.goAway();
        await backend.comeBack();

        await jobs.wake('lithium');
        await until(() => recorder.reconciled.length === 1);
        const before = recorder.sweeps;
        await until(() => recorder.sweeps > before + 1);
        expect(await jobs.ask('verify', { campaignId: 'honest' }, { timeoutMs })).toEqual({ same: true });
      });

      it('for longer, wake-ups are lost without a throw, and all goes on when it is back', async () => {
        await work(0.5);
        await until(() => recorder.sweeps >= 1);
        await backend.goAway();
        await pause(1_500);
        await jobs.wake('lithium');
        expect(jobs.lostWakeUps).toBe(1);
        expect(recorder.errors.at(-1)).toBeInstanceOf(Error);
        await pause(1_500);
        await backend.comeBack();

        const before = recorder.sweeps;
        await until(() => recorder.sweeps > before);
        await jobs.wake('sodium');
        await until(() => recorder.reconciled.includes('sodium'));
      });

      it('closing still ends, and soon leaves nothing open', async () => {
        const before = open();
        await work(0.5);
        await backend.goAway();
        await jobs.close();
        await until(() => open() <= before);
      });
    });

    it('leaves nothing open when it is closed', async () => {
      const open = () =>
        process.getActiveResourcesInfo().filter((kind) => /TCPSocket|Timeout/.test(kind)).length;
      await jobs.close();
      await pause(100);
      const before = open();
      const others = await openJobs(backend.connection(), { prefix: 'closing' });
      await others.work(recorder.handlers, { concurrency: 2, sweepSeconds: 0.5 });
      await others.ask('verify', { campaignId: 'honest' }, { timeoutMs });
      expect(open()).toBeGreaterThan(before);
      await others.close();
      await pause(500);
      expect(open()).toBeLessThanOrEqual(before);
    });

    it('keeps installations with different prefixes apart', async () => {
      const other = await openJobs(backend.connection(), { prefix: 'other' });
      await work();
      await other.wake('lithium');
      await jobs.wake('sodium');
      await until(() => recorder.reconciled.length === 1);
      await pause(200);
      expect(recorder.reconciled).toEqual(['sodium']);
      expect((await other.depth()).reconcile).toBe(1);
      await other.close();
    });
  });
}
