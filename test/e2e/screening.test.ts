import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCampaign, type Engine, quietEngine, type Screen, screenProgress } from '@ionloop/engine';
import { type Jobs, openJobs } from '@ionloop/jobs';
import { openStream } from '@ionloop/space';
import { Client } from 'pg';
import { migratedDatabase, type Opened } from '../../libs/persistence/test/support/database.js';

const entry = resolve(__dirname, '../../apps/worker/dist/main.js');
const space = {
  parameters: [
    {
      kind: 'mixture' as const,
      name: 'salt',
      step: 0.005,
      components: [{ name: 'A' }, { name: 'B' }, { name: 'C' }, { name: 'D' }],
    },
  ],
};
/** 1 373 701 recipes, 84 chunks. */
const stream = openStream(space);
const observations = Array.from({ length: 20 }, (_, i) => {
  const point = stream.pointAt((BigInt(i * 7919 + 13) * stream.size) / 170_000n);
  const { A = 0, B = 0, C = 0 } = point['salt'] as Record<string, number>;
  return { point, values: [A * B - (C - 0.3) ** 2] };
});
const settings = {
  space,
  top: 100,
  acquisition: 'ucb',
  beta: 1,
  filters: [{ kind: 'range', name: 'some A', column: 'A', min: 0.05 }],
  student: null,
  range: null,
  seed: 'kill',
};
const request = { settings, goal: 'maximise' as const, model: 'gp', observations, failures: [] };

describe('a screen whose worker is killed', () => {
  let opened: Opened;
  let jobs: Jobs;
  let campaignId: string;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    opened = await migratedDatabase();
    jobs = await openJobs({ kind: 'postgres', url: opened.url });
    const engine: Engine = quietEngine(opened.persistence.store);
    const actor = { kind: 'person', name: 'ada' } as never;
    const objective = { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' };
    ({ id: campaignId } = await createCampaign(engine, actor, {
      ...{ name: 'screened', space, objective, strategy: 'auto', budget: 10 },
    }));
  }, 60_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await jobs.close();
    await opened.close();
  }, 30_000);

  function startWorker(): ChildProcess {
    const worker = spawn(process.execPath, ['--conditions=default', entry], {
      env: {
        ...process.env,
        DATABASE_URL: opened.url,
        IONLOOP_SWEEP_SECONDS: '1',
        IONLOOP_WORKER_THREADS: '1',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    workers.push(worker);
    return worker;
  }

  async function started(id: string): Promise<Screen> {
    const screen = await opened.persistence.store.screens.add({ id, campaignId, request, createdBy: 'ada' });
    await jobs.screen(screen.id);
    return screen;
  }

  async function until(id: string, isSo: (screen: Screen, done: number) => boolean): Promise<Screen> {
    const { screens } = opened.persistence.store;
    const giveUp = performance.now() + 150_000;
    for (;;) {
      const screen = await screens.byId(id);
      const { chunks } = await screens.done(id);
      if (screen && isSo(screen, chunks)) return screen;
      if (performance.now() > giveUp)
        throw new Error(`${id} is ${screen?.status}, ${chunks} chunks: ${screen?.error}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }

  /** The bytes that are stored, in the order of the chunks. */
  async function bytes(id: string): Promise<readonly unknown[]> {
    const client = new Client({ connectionString: opened.url });
    await client.connect();
    const chunks = await client.query(
      'SELECT chunk, candidates, result::text FROM screen_chunk WHERE screen_id = $1 ORDER BY chunk',
      [id],
    );
    const whole = await client.query('SELECT plan::text, result::text FROM screen WHERE id = $1', [id]);
    await client.end();
    return [...(chunks.rows as unknown[]), ...(whole.rows as unknown[])];
  }

  it('comes to the same bytes as one that nobody disturbed', async () => {
    const { screens } = opened.persistence.store;
    await started('killed');
    const victim = startWorker();
    const before = await until('killed', (_, done) => done >= 5);
    victim.kill('SIGKILL');
    expect(before.status).toBe('running');
    const { chunks: survived } = await screens.done('killed');
    expect(survived).toBeLessThan(before.size?.chunks ?? 0);
    startWorker();
    const after = await until('killed', ({ endedAt }) => endedAt !== null);
    expect([after.status, after.error]).toEqual(['completed', null]);

    await started('undisturbed');
    await until('undisturbed', ({ endedAt }) => endedAt !== null);
    const [one, other] = [await bytes('killed'), await bytes('undisturbed')];
    expect(one).toHaveLength((after.size?.chunks ?? 0) + 1);
    expect(other).toEqual(one);

    const progress = screenProgress(after, await screens.done('killed'));
    expect(progress.candidatesDone).toBe(Number(stream.size));
    expect(progress.secondsLeft).toBe(0);
    const result = (await screens.result('killed')) as {
      best: unknown[];
      stages: { came: number; passed: number }[];
    };
    expect(result.best).toHaveLength(100);
    expect(result.stages[0]?.came).toBe(Number(stream.size));
    expect(result.stages[1]?.came).toBe(result.stages[0]?.passed);
  }, 300_000);

  it('is left alone once it is cancelled', async () => {
    const { screens } = opened.persistence.store;
    await started('cancelled');
    await until('cancelled', (_, done) => done >= 2);
    expect(await screens.end('cancelled', 'cancelled', {})).toBe(true);
    await new Promise((resume) => setTimeout(resume, 3000));
    const { chunks } = await screens.done('cancelled');
    await new Promise((resume) => setTimeout(resume, 2000));
    expect((await screens.done('cancelled')).chunks).toBe(chunks);
    expect(await screens.end('cancelled', 'completed', {})).toBe(false);
  }, 200_000);

  it('says why it cannot be prepared', async () => {
    const { screens } = opened.persistence.store;
    const wrong = {
      ...request,
      settings: { ...settings, filters: [{ ...settings.filters[0], column: 'E' }] },
    };
    await screens.add({ id: 'wrong', campaignId, request: wrong, createdBy: 'ada' });
    await jobs.screen('wrong');
    const { status, error } = await until('wrong', ({ endedAt }) => endedAt !== null);
    expect(status).toBe('failed');
    expect(error).toContain('there is no column "E"');
  }, 60_000);
});
