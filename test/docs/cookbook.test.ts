import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@ionloop/domain';
import { OperationTypeNode, parse } from 'graphql';
import { pino } from 'pino';
import ts from 'typescript';
import { lab, station, TestServer } from '../../apps/api/test/support/server.js';
import { bootWorker, type RunningWorker } from '../../apps/worker/src/boot.js';
import { IonloopClient } from '../../libs/client/src/index.js';
import { until } from '../support/running.js';
import { type Block, tasksOfTheCookbook } from './cookbook.js';

type Data = Readonly<Record<string, never>>;

const answered = (result: object) => ({ analysis: { status: 'completed', result } });
const counted = (state: string, count: number): unknown => expect.arrayContaining([{ state, count }]);
const because = (why: string): unknown => expect.objectContaining({ why });
const identical = expect.objectContaining({ identical: true });
const withGrounds = expect.objectContaining({
  reason: expect.stringMatching(/./),
  grounds: expect.objectContaining({ nearest: expect.objectContaining({ distance: expect.any(Number) }) }),
});
const fiveOf = Array.from({ length: 5 }, () => ({ score: expect.any(Number) }));
const tenOf = Array.from({ length: 10 }, () => ({ score: expect.any(Number) }));

/** Each task of the cookbook as it stands there, one after the other, on one server with its worker. */
describe('the cookbook', () => {
  const tasks = tasksOfTheCookbook();
  /** What answers told, by the names in braces. */
  const told: Record<string, string> = {};
  let server: TestServer;
  let worker: RunningWorker;
  let admin: IonloopClient;

  beforeAll(async () => {
    server = await TestServer.start();
    worker = await bootWorker(
      { ...lab, databaseUrl: server.database.url, redisUrl: undefined, workerThreads: 1, sweepSeconds: 1 },
      pino({ level: 'silent' }),
    );
    admin = new IonloopClient({ url: server.url, token: server.tokens.admin });
  }, 180_000);
  afterAll(async () => {
    await admin.close();
    await worker.close();
    await server.close();
  }, 60_000);

  it('has at least twenty tasks, numbered in their order, each with something to send', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(20);
    expect(tasks.map(({ number }) => number)).toEqual(tasks.map((_, i) => i + 1));
    for (const { title, blocks } of tasks) expect({ [title]: blocks.length }).not.toEqual({ [title]: 0 });
  });

  it.each(tasks.map((task) => [`${task.number}. ${task.title}`, task] as const))(
    '%s',
    async (_, task) => {
      await before[task.number]?.();
      const answers: Data[] = [];
      for (const block of task.blocks) {
        if (block.language === 'typescript') await runProgram(block);
        else answers.push(await send(block));
      }
      expect(answers).toMatchObject(after[task.number] ?? []);
      expect(answers).toHaveLength(after[task.number]?.length ?? 0);
    },
    180_000,
  );

  async function send({ text, variables }: Block): Promise<Data> {
    const role = /^# (\w+)/.exec(text)?.[1] as Role;
    const given = JSON.parse(
      variables.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = told[name];
        if (value === undefined) throw new Error(`nothing has told {${name}}`);
        return value;
      }),
    ) as Record<string, unknown>;
    const data = isSubscription(text) ? await firstOf(text, given) : await ask(role, text, given);
    for (const payload of Object.values(data) as readonly { readonly userErrors?: unknown }[]) {
      if (Object.hasOwn(payload, 'userErrors')) expect(payload.userErrors).toEqual([]);
    }
    await learn(data);
    return data;
  }

  async function ask(role: Role, query: string, variables: Record<string, unknown>): Promise<Data> {
    const { data, errors } = await server.query<Data>(role, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  async function firstOf(query: string, variables: Record<string, unknown>): Promise<Data> {
    for await (const data of admin.subscribe<Data>(query, variables)) return data;
    throw new Error('the subscription ended');
  }

  /** Keeps the ids that later tasks have in braces; what takes a worker's time is waited for. */
  async function learn(data: Data): Promise<void> {
    const made = data as Readonly<
      Record<string, Readonly<Record<string, { readonly id: string } | undefined>>>
    >;
    for (const [field, entity, name] of [
      ['createCampaign', 'campaign', 'campaign'],
      ['addExperiment', 'experiment', 'added'],
      ['recordMeasurement', 'measurement', 'measurement'],
      ['startAnalysis', 'analysis', 'analysis'],
      ['startScreen', 'screen', 'screen'],
      ['createToken', 'token', 'token'],
      ['addKnowledge', 'knowledge', 'knowledge'],
    ] as const) {
      const id = made[field]?.[entity]?.id;
      if (id === undefined) continue;
      told[name] = id;
      if (name === 'analysis') await over(() => admin.analyses.get(id));
      if (name === 'screen') await over(() => admin.screens.get(id));
    }
  }

  const over = async (
    look: () => Promise<{ readonly status: string; readonly error: string | null } | null>,
  ): Promise<void> => {
    const { status, error } = await until('an answer', async () => {
      const found = await look();
      return found !== null && ['completed', 'failed', 'cancelled'].includes(found.status) && found;
    });
    expect({ status, error }).toEqual({ status: 'completed', error: null });
  };

  /** A program of the page, with what it says that it has. */
  async function runProgram({ text }: Block): Promise<void> {
    const { outputText } = ts.transpileModule(`const program = async () => {${text}};`, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    });
    let lines = 0;
    const listening = { log: () => (lines += 1) };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const programIn = new Function('ionloop', 'campaign', 'console', `${outputText}; return program;`) as (
      ...given: readonly unknown[]
    ) => () => Promise<void>;
    await programIn(admin, told['campaign'], listening)();
    // Of bad rows there are none, and of promising proposals maybe none.
    if (/^console\.log|^for .*events/m.test(text)) expect(lines).toBeGreaterThan(0);
  }

  const proposals = async () => admin.experiments.proposals(told['campaign']!).toArray();

  /** What life would bring between two tasks. */
  const before: Readonly<Record<number, () => Promise<void>>> = {
    5: async () => {
      const made = await until('four proposals', async () => {
        const list = await proposals();
        return list.length >= 4 && list;
      });
      for (const [i, name] of (['first', 'second', 'third'] as const).entries()) {
        told[name] = made[i]!.id;
        told[`${name}Hash`] = made[i]!.specHash;
      }
    },
    10: async () => {
      const values = await admin.campaigns.measurements(told['campaign']!, { newestFirst: false }).toArray();
      told['outlier'] = values.find(({ status }) => status === 'accepted')!.id;
    },
    19: async () => {
      const measured = await admin.experiments
        .list(told['campaign']!, { filter: { hasValue: true } })
        .toArray(4);
      const { store, ids } = server.engine;
      const rest = { unit: 'g/cm3', uncertainty: null, conditions: {}, raw: {}, flags: [] };
      for (const [i, { id: experimentId }] of measured.entries()) {
        await store.transact(told['campaign']!, { kind: 'station', name: station }, async (tx) => {
          await tx.experiment(experimentId);
          const measurement = { id: ids.next(), property: 'density', value: 2.2 + i / 10, ...rest };
          tx.append({ type: 'measurement.recorded', experimentId, measurement });
        });
      }
    },
    22: async () => {
      const headers = { 'ionloop-boot': 'boot-1', 'idempotency-key': 'cookbook-claim' };
      const secret = server.tokens.lab;
      const register = { station, bootId: 'boot-1', properties: ['ionic_conductivity'], schemaVersion: 1 };
      await server.rest('POST', '/lab/v1/register', { secret, headers, body: register });
      const claimed = await server.rest('POST', '/lab/v1/claim', {
        secret,
        headers,
        body: { max: 1, wait: 0 },
      });
      const [work] = claimed.body['assignments'] as readonly {
        readonly attemptId: string;
        readonly fence: number;
        readonly specHash: string;
      }[];
      const { attemptId, fence, specHash } = work!;
      const started = await server.rest('POST', `/lab/v1/attempts/${attemptId}/start`, {
        ...{ secret, headers, body: { fence, specHash } },
      });
      expect(started.status).toBe(200);
      await server.sql(
        `UPDATE lease SET deadline = now() - interval '1 second' WHERE attempt_id = '${attemptId}'`,
      );
      await until('the suspect to be one', async () => {
        const attempts = admin.campaigns.attempts(told['campaign']!, { filter: { states: ['suspect'] } });
        return (await attempts.count()) === 1;
      });
      told['attempt'] = attemptId;
      told['station'] = (await admin.stations.list().toArray())[0]!.id;
    },
  };
  /** What an answer says, beside that nothing was wrong. */
  const after: Readonly<Record<number, readonly unknown[]>> = {
    1: [
      {
        campaignTemplates: expect.arrayContaining([expect.objectContaining({ key: 'ternary-electrolyte' })]),
      },
      { createCampaign: { campaign: { state: 'draft', spaceEffects: { size: 231 } } } },
    ],
    3: [{ moveCampaign: { campaign: { state: 'active', counts: counted('accepted', 10) } } }],
    4: [{ proposeNow: { campaign: { asked: 4 } } }],
    5: [{ campaign: { experiments: { nodes: expect.arrayContaining([withGrounds]) } } }],
    6: [
      { editExperiment: { experiment: { proposedBy: 'a planner' } } },
      {
        approveExperiments: { experiments: [{ state: 'queued', approvedBy: 'a approver' }] },
        rejectExperiment: { experiment: { state: 'rejected', note: 'no borate left' } },
      },
    ],
    7: [
      { addExperiment: { experiment: { origin: 'person', outside: null } } },
      { addReplicates: { experiments: [{}] }, reorderExperiments: { experiments: [{}] } },
    ],
    8: [{ recordMeasurement: { measurement: { value: 3.1e-4, unit: 'S/cm', status: 'accepted' } } }],
    9: [{ supersedeMeasurement: { measurement: { value: 2.8e-4, status: 'accepted' } } }],
    10: [
      { decideMeasurement: { measurement: { status: 'excluded' } } },
      { campaign: { measurements: { totalCount: 2 } } },
    ],
    11: [
      {
        updateCampaign: { campaign: { strategy: 'gp-ucb', budget: 40, revision: 1, settings: { beta: 3 } } },
      },
    ],
    12: [{ campaignEvents: { seq: 1, type: 'campaign.created' } }],
    13: [{}, answered({ count: 231, whole: true, candidates: { nodes: tenOf } })],
    14: [{}, answered({ axes: [{ name: 'composition.Li2SO4' }], cells: expect.any(Array) })],
    15: [
      {},
      answered({
        models: [
          { name: 'gp', error: null },
          { name: 'knn', error: null },
        ],
      }),
    ],
    16: [{}, answered({ proposals: [{ mean: expect.any(Number) }, { mean: expect.any(Number) }] })],
    17: [{}, answered({ stop: { verdict: expect.stringMatching(/^(stop|go on)$/) } })],
    18: [
      { startScreen: { screen: { status: 'preparing' } } },
      { screen: { status: 'completed', error: null, result: { best: fiveOf } } },
    ],
    19: [{}, answered({ points: expect.arrayContaining([expect.objectContaining({ onFront: true })]) })],
    21: [
      { createToken: { token: { role: 'viewer' }, secret: expect.any(String) } },
      { revokeToken: { token: { name: 'a guest', revokedAt: expect.any(String) } } },
      { accessLog: expect.arrayContaining([expect.objectContaining({ actor: 'a admin' })]) },
    ],
    22: [
      { campaign: { waiting: { suspects: 1 }, attempts: { nodes: [{ station: { name: station } }] } } },
      { resolveSuspect: { experiment: { state: 'queued' } } },
      { pauseStation: { station: { name: station, paused: true } } },
    ],
    23: [{ campaign: { audit: { nodes: expect.arrayContaining([because('no borate left')]) } } }],
    24: [{}, answered({ ok: true, faults: [], plans: expect.arrayContaining([identical]) })],
    25: [
      { tasks: { nodes: expect.arrayContaining([expect.objectContaining({ kind: 'review_proposal' })]) } },
    ],
    26: [
      {
        addKnowledge: {
          knowledge: {
            rowCount: 2,
            rows: [
              {
                values: [
                  {
                    property: 'ionic_conductivity',
                    value: expect.closeTo(5e-5, 12),
                    sd: expect.closeTo(1e-5, 12),
                  },
                ],
                note: '10.1000/a',
              },
            ],
          },
        },
      },
      {
        campaign: {
          knowledge: [{ name: 'A review of 2019', origin: { kind: 'table', citation: 'doi:10.1000/182' } }],
        },
      },
      { removeKnowledge: { knowledge: { removed: { reason: 'another method of measuring' } } } },
    ],
  };
});

const isSubscription = (text: string): boolean =>
  parse(text).definitions.some(
    (one) => 'operation' in one && one.operation === OperationTypeNode.SUBSCRIPTION,
  );
