import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@ionloop/embedded-postgres';
import { redisAvailable, startRedis, type TestRedis } from '../support/redis.js';
import { until } from '../support/running.js';
import { metricsAt, ServiceProcess } from './processes.js';

const answers = async (url: string, status: number, word: string): Promise<boolean> => {
  const response = await fetch(`${url}/health/ready`);
  return response.status === status && (await response.text()).includes(word);
};

let folder: string;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ionloop-away-'));
  chmodSync(folder, 0o755);
  postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
}, 60_000);

afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const environment = (more: Record<string, string> = {}): Record<string, string> => ({
  DATABASE_URL: postgres.url(),
  IONLOOP_HOME: folder,
  IONLOOP_LOG_LEVEL: 'warn',
  IONLOOP_WORKER_THREADS: '1',
  IONLOOP_SWEEP_SECONDS: '0.2',
  ...more,
});

(redisAvailable() ? describe : describe.skip)('where PostgreSQL and Redis are killed again and again', () => {
  let redis: TestRedis;
  let api: ServiceProcess;
  let worker: ServiceProcess;

  beforeAll(async () => {
    redis = await startRedis();
    const env = environment({ REDIS_URL: redis.url });
    api = new ServiceProcess('api', env);
    await api.url();
    worker = new ServiceProcess('worker', env);
    await worker.url();
  }, 90_000);

  afterAll(async () => {
    await Promise.all([api.end(), worker.end()]);
    await redis.stop();
  }, 60_000);

  it('server and worker stay, and are ready again by themselves', async () => {
    const apiUrl = await api.url();
    for (let n = 0; n < 4; n += 1) {
      // Always in the middle of something: the worker looks five times a second, and so do we.
      const asking = [1, 2, 3].map(() => fetch(`${apiUrl}/health/ready`).catch(() => null));
      process.kill(postgres.pid, 'SIGKILL');
      if (n % 2 === 1) {
        await redis.stop();
        redis = await startRedis(redis.port);
      }
      await Promise.all(asking);
      for (const service of [api, worker]) {
        const url = await service.url();
        await until('it to be ready again', () => answers(url, 200, 'ready'), { seconds: 60 }).catch(
          (error: unknown) => {
            throw new Error(`${String(error)}\n${service.text.slice(-2000)}`);
          },
        );
      }
    }
    expect({ api: api.alive, worker: worker.alive }).toEqual({ api: true, worker: true });
    for (const service of [api, worker]) {
      expect(await metricsAt(await service.url())).toMatch(/^ionloop_unexpected_errors_total 0$/m);
    }
  }, 240_000);
});

describe('a start before the database', () => {
  it.each(['api', 'worker'] as const)(
    'waits for it: %s',
    async (app) => {
      const real = new URL(postgres.url());
      const gate = createServer();
      await new Promise<void>((listening) => void gate.listen(0, '127.0.0.1', listening));
      const { port } = gate.address() as { port: number };
      await new Promise<void>((closed) => void gate.close(() => closed()));
      const url = new URL(postgres.url());
      url.port = String(port);
      const service = new ServiceProcess(
        app,
        environment({ DATABASE_URL: url.href, IONLOOP_START_SECONDS: '60' }),
      );
      await until('it to say that it waits', () =>
        Promise.resolve(service.lines.some(({ msg }) => msg?.includes('cannot be reached yet'))),
      );
      const late = createServer((socket) => {
        const through = connect(Number(real.port), '127.0.0.1');
        socket.pipe(through).pipe(socket);
        for (const end of [socket, through])
          end.on('error', () => [socket, through].forEach((each) => each.destroy()));
      });
      await new Promise<void>((listening) => void late.listen(port, '127.0.0.1', listening));
      expect(await service.url()).toContain('http://');
      expect(await service.end()).toEqual({ code: 0, signal: null });
      late.close();
    },
    120_000,
  );
});
