import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, issueToken, quietEngine } from '@ionloop/engine';
import { TestLoop } from '@ionloop/engine/testing';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { plan, plannerVersion } from '@ionloop/planner';
import { freshDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/running.js';
import { Collector } from './collector.js';
import { metricsAt, namesIn, ServiceProcess } from './processes.js';

const checkout = resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(join(checkout, file), 'utf8');

let database: TestDatabase;
let persistence: Persistence;
let collector: Collector;
let api: ServiceProcess;
let worker: ServiceProcess;
let home: string;
let admin: string;
let lab: string;

/** A campaign with results, at rest: the next thing that it wants is a plan by a model. */
async function campaignWithResults(engine: Engine): Promise<string> {
  const loop = new TestLoop(engine, {
    version: plannerVersion,
    plan: (asked) => Promise.resolve(plan(asked)),
  });
  const { id } = await loop.campaign({ initial: 3, budget: 30, parallel: 3, strategy: 'gp-ucb' });
  const robot = await loop.station('robot-1');
  for (const value of [1e-6, 1e-5, 1e-4]) await loop.runOne(robot, value);
  return id;
}

async function graphql(
  query: string,
  variables: object,
  secret = admin,
): Promise<{ data: unknown; requestId: string }> {
  const response = await fetch(`${await api.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return { data, requestId: response.headers.get('x-request-id') ?? '' };
}

const move = `mutation ($id: ID!, $to: CampaignState!) {
  moveCampaign(input: { id: $id, to: $to }) { userErrors { code message } }
}`;

let campaignId: string;
let asked: { data: unknown; requestId: string };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ionloop-operations-'));
  database = await freshDatabase();
  persistence = await openPersistence({ url: database.url, poolSize: 2 });
  await persistence.migrate();
  const engine: Engine = quietEngine(persistence.store);
  admin = (await issueToken(engine, { name: 'admin', role: 'admin', days: 1 })).secret;
  lab = (await issueToken(engine, { name: 'robot-1', role: 'lab', station: 'robot-1', days: 1 })).secret;
  campaignId = await campaignWithResults(engine);
  collector = await Collector.open();
  const env = {
    DATABASE_URL: database.url,
    IONLOOP_HOME: home,
    IONLOOP_LOG_LEVEL: 'trace',
    IONLOOP_WORKER_THREADS: '1',
    // Nobody but the mutation asks for a plan.
    IONLOOP_SWEEP_SECONDS: '3600',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  api = new ServiceProcess('api', env);
  await api.url();
  await graphql(move, { id: campaignId, to: 'paused' });
  worker = new ServiceProcess('worker', env);
  await worker.url();
  // Its first look around must not be what finds the campaign.
  await until('the first sweep', () =>
    Promise.resolve(worker.lines.some(({ msg, job }) => msg === 'a job is done' && job === 'sweep')),
  );
  await fetch(`${await api.url()}/graphql?secret=in-the-address`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer wrong-token' },
    body: '{"query":"{ viewer { id } }"}',
  });
  asked = await graphql(move, { id: campaignId, to: 'active' });
}, 180_000);

afterAll(async () => {
  for (const process of [api, worker] as (ServiceProcess | undefined)[]) await process?.end();
  await collector.close();
  await persistence.close();
  await database.drop();
  rmSync(home, { recursive: true, force: true });
}, 60_000);

describe('traces', () => {
  it('go from the mutation through the job into the thread that plans', async () => {
    const propose = await until(
      'the span of the proposal',
      () => Promise.resolve(collector.spans.find(({ name }) => name === 'propose')),
      { seconds: 120 },
    );
    const names = (): readonly string[] =>
      collector.above(propose).map(({ service, name }) => `${service} ${name}`);
    await until('all spans above it', () => Promise.resolve(names().length === 5), { seconds: 60 }).catch(
      () => undefined,
    );
    expect(names()).toEqual([
      'ionloop-worker propose',
      'ionloop-worker plan',
      'ionloop-worker job reconcile',
      'ionloop-api Mutation.moveCampaign',
      'ionloop-api POST /graphql',
    ]);
    const ofTrace = collector.spans.filter(({ traceId }) => traceId === propose.traceId);
    expect(ofTrace.map(({ name }) => name)).toEqual(expect.arrayContaining(['fit', 'transaction']));
    expect(ofTrace.find(({ name }) => name === 'fit')?.parentSpanId).toBe(propose.parentSpanId);
    const line = api.lines.find(({ msg, requestId }) => msg === 'answered' && requestId === asked.requestId);
    expect(line).toMatchObject({ traceId: propose.traceId, campaignId, path: '/graphql' });
  }, 200_000);
});

describe('metrics', () => {
  const inTable = (process: 'API' | 'worker'): readonly string[] =>
    [...read('docs/metrics.md').matchAll(/^\| `(ionloop_\w+)[^|]*\|([^|]*)\|/gm)].flatMap(
      ([, name = '', where = '']) => (where.includes(process) ? [name] : []),
    );

  it('are all in the table of docs/metrics.md, and all that is there is told', async () => {
    const [ofApi, ofWorker] = await Promise.all([metricsAt(await api.url()), metricsAt(await worker.url())]);
    expect([...namesIn(ofApi)].sort()).toEqual([...inTable('API')].sort());
    expect([...namesIn(ofWorker)].sort()).toEqual([...inTable('worker')].sort());
  }, 60_000);

  it('tell of the record and of the work that was done', async () => {
    const ofWorker = await until(
      'the plan to be counted',
      async () => {
        const text = await metricsAt(await worker.url());
        return /ionloop_plans_total\{strategy="gp-ucb",outcome="done"\} [1-9]/.test(text) && text;
      },
      { seconds: 60 },
    );
    expect(ofWorker).toMatch(/ionloop_fit_seconds_count\{strategy="gp-ucb"\} [1-9]/);
    expect(ofWorker).toMatch(/ionloop_proposal_seconds_count\{strategy="gp-ucb"\} [1-9]/);
    expect(ofWorker).toMatch(/ionloop_job_seconds_count\{job="reconcile",outcome="done"\} [1-9]/);
    expect(ofWorker).toMatch(/ionloop_job_wait_seconds_count\{job="reconcile"\} [1-9]/);
    expect(ofWorker).toContain('ionloop_compute_threads 1');
    const claimed = await fetch(`${await api.url()}/lab/v1/claim`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${lab}`,
        'idempotency-key': 'one',
        'ionloop-boot': 'boot-1',
      },
      body: JSON.stringify({ max: 1, wait: 0 }),
    });
    await claimed.text();
    const told = await until(
      'the plan to be seen in the record',
      async () => {
        const text = await metricsAt(await api.url());
        return /^ionloop_model_age_seconds (?!0$)\d/m.test(text) && text;
      },
      { seconds: 60 },
    );
    expect(told).toContain('ionloop_campaigns{state="active"} 1');
    expect(told).toMatch(/ionloop_lab_requests_total\{verb="claim",outcome="\w+"\} 1/);
    expect(told).toMatch(/ionloop_refusals_total\{code="UNAUTHENTICATED"\} [1-9]/);
    await until('the event log to be counted', async () =>
      /ionloop_events_written_total [1-9]\d/.test(await metricsAt(await api.url())),
    );
    expect(told).toMatch(/ionloop_queue_oldest_seconds\{job="reconcile"\} \d/);
    expect(told).toMatch(/nodejs_eventloop_lag_p99_seconds \d/);
  }, 150_000);

  it('are named right by the alerts and by the dashboard', () => {
    const known = new Set([...inTable('API'), ...inTable('worker')]);
    for (const file of ['deploy/prometheus/alerts.yml', 'deploy/grafana/ionloop.json']) {
      const named = [...read(file).matchAll(/\bionloop_[a-z_]+/g)].map(([name]) =>
        name.replace(/_(bucket|sum|count)$/, ''),
      );
      expect(named.length).toBeGreaterThan(5);
      expect({ file, unknown: named.filter((name) => !known.has(name)) }).toEqual({ file, unknown: [] });
    }
  });
});

describe('logs', () => {
  it('hold no token, no authorization and no password, whatever their level', async () => {
    const { password } = new URL(database.url);
    const written = [api.text, worker.text, ...collector.bodies].join('\n');
    expect(api.lines.length).toBeGreaterThan(3);
    expect(written).toContain(asked.requestId);
    const secrets = [admin, lab, 'wrong-token', 'in-the-address', ...(password === '' ? [] : [password])];
    for (const secret of secrets) expect(written.includes(secret)).toBe(false);
    expect(written).not.toMatch(/bearer [^*]/i);
    expect(written).not.toMatch(/:\/\/[^\s*/@"]+:[^\s*/@"]+@/);
    await Promise.resolve();
  });

  it('say which job and which campaign a line is about', () => {
    const lines = worker.lines.filter(({ job }) => job === 'reconcile');
    for (const line of lines) expect(line).toHaveProperty('campaignId');
    expect(existsSync(home) && readdirSync(home)).toBeTruthy();
  });
});
