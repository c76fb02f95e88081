import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issueToken } from '@ionloop/engine';
import { openJobs } from '@ionloop/jobs';
import { createCampaign } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => (server = await TestServer.start()));
afterAll(() => server.close());

interface Seen {
  readonly queues: {
    readonly keptIn: string;
    readonly about: string;
    readonly kinds: readonly {
      readonly name: string;
      readonly waiting: number;
      readonly failed: number;
      readonly oldestSeconds: number;
      readonly failures: readonly { readonly reason: string; readonly attempts: number }[];
    }[];
  };
}
const query = `{ queues { keptIn about lostWakeUps
  kinds { name waiting running later done failed oldestSeconds failures { id at reason attempts } } } }`;

test('queues tell where they are, what waits in them and what failed', async () => {
  await createCampaign(server);
  const { data, errors } = await server.query<Seen>('admin', query);
  expect(errors).toBeUndefined();
  expect(data.queues.keptIn).toBe('postgres');
  expect(data.queues.about).toContain('no REDIS_URL is set');
  const { kinds } = data.queues;
  expect(kinds.map(({ name }) => name).sort()).toEqual([
    ...['analysis', 'import', 'posterior', 'reconcile', 'screen', 'sweep', 'verify'],
  ]);
  const reconcile = kinds.find(({ name }) => name === 'reconcile');
  expect(reconcile?.waiting).toBeGreaterThan(0);
  expect(reconcile?.oldestSeconds).toBeGreaterThan(0);

  const jobs = await openJobs({ kind: 'postgres', url: server.database.url });
  const broken = (): Promise<never> => Promise.reject(new Error('the furnace is cold'));
  const nothing = (): Promise<void> => Promise.resolve();
  const working = await jobs.work(
    {
      ...{ reconcile: nothing, sweep: nothing, posterior: broken, verify: broken },
      ...{ screen: nothing, analysis: broken, import: broken },
    },
    { concurrency: 1, sweepSeconds: 3600, finishSeconds: 1 },
  );
  const asked = { campaignId: 'none', resolution: 2 };
  await expect(jobs.ask('posterior', asked, { timeoutMs: 60_000 })).rejects.toThrow('the furnace is cold');
  const later = await server.query<Seen>('admin', query);
  const posterior = later.data.queues.kinds.find(({ name }) => name === 'posterior');
  expect(posterior).toMatchObject({ failed: 1, failures: [{ reason: 'the furnace is cold', attempts: 1 }] });
  await working.close();
  await jobs.close();
}, 120_000);

test('queues are for who looks after the whole instance alone', async () => {
  for (const role of ['viewer', 'planner', 'approver', 'lab'] as const) {
    const { errors } = await server.query(role, query);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  const wanted = { name: 'of one workspace', role: 'admin', days: 1 } as const;
  const { secret } = await issueToken(server.engine, wanted);
  const { errors } = await server.send(secret, JSON.stringify({ query }));
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
