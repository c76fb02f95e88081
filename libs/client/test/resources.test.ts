import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runImport } from '@ionloop/engine';
import { points, ternary } from '../../../apps/api/test/support/campaign.js';
import { Station } from '../../../apps/api/test/support/station.js';
import { station, TestServer } from '../../../apps/api/test/support/server.js';
import { type documents, InputRefused, IonloopClient } from '../src/index.js';

let server: TestServer;
const clients: IonloopClient[] = [];
beforeAll(async () => {
  server = await TestServer.start();
}, 120_000);
afterAll(async () => {
  for (const client of clients) await client.close();
  await server.close();
});

const as = (who: keyof TestServer['tokens']): IonloopClient => {
  const client = new IonloopClient({ url: server.url, token: server.tokens[who] });
  clients.push(client);
  return client;
};

const input = { ...ternary, start: true } as const as documents.CreateCampaignInput;
const conductivity = (value: number) => ({ property: 'ionic_conductivity', value, unit: 'S/cm' });

/** A campaign with its experiments at points that nobody has decided on. */
async function proposed(name: string, count = points.length) {
  const planner = as('planner');
  const { id } = await planner.campaigns.create({ ...input, name });
  const experiments = [];
  for (const point of points.slice(0, count))
    experiments.push(await planner.experiments.add({ campaignId: id, point, reason: 'I want to know' }));
  return { id, experiments };
}

/** One whose first experiments were approved and measured by hand. */
async function measured(name: string, values: readonly number[]) {
  const { id, experiments } = await proposed(name, values.length);
  const admin = as('admin');
  await admin.experiments.approve(experiments.map((one) => one.id));
  const measurements = [];
  for (const [i, value] of values.entries())
    measurements.push(
      await admin.measurements.record({
        experimentId: experiments[i]!.id,
        measurement: conductivity(value),
        reason: 'made by hand',
      }),
    );
  return { id, experiments, measurements };
}

describe('access', () => {
  test('a token is made, works, is listed without its secret, and is of no use once it is revoked', async () => {
    const admin = as('admin');
    const { token, secret } = await admin.access.createToken({ name: 'of a guest', role: 'viewer', days: 2 });
    expect(token).toMatchObject({ name: 'of a guest', role: 'viewer', revokedAt: null });
    const guest = new IonloopClient({ url: server.url, token: secret });
    clients.push(guest);
    expect(await guest.access.viewer()).toMatchObject({ name: 'of a guest', role: 'viewer' });

    const listed = await admin.access.tokens();
    expect(listed.find(({ id }) => id === token.id)).toEqual(token);
    expect(JSON.stringify(listed)).not.toContain(secret);

    expect((await admin.access.revokeToken(token.id)).revokedAt).not.toBeNull();
    await expect(guest.access.viewer()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('a workspace is made once, and listed', async () => {
    const admin = as('admin');
    const made = await admin.access.createWorkspace({ id: 'glasses', name: 'Glasses' });
    expect(made).toMatchObject({ id: 'glasses', name: 'Glasses' });
    expect((await admin.access.workspaces()).map(({ id }) => id)).toContain('glasses');
    await expect(admin.access.createWorkspace({ id: 'glasses', name: 'Again' })).rejects.toBeInstanceOf(
      InputRefused,
    );
  });

  test('the log tells every change, the newest first, whatever the size of its pages', async () => {
    const admin = as('admin');
    for (const name of ['first', 'second', 'third'])
      await admin.access.createToken({ name, role: 'viewer', days: 1 });
    const whole = [];
    for await (const change of admin.access.log()) whole.push(change);
    const inPairs = [];
    for await (const change of admin.access.log(2)) inPairs.push(change);
    expect(whole.length).toBeGreaterThanOrEqual(3);
    expect(inPairs).toEqual(whole);
    const times = whole.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('queues are shown to whoever looks after the instance, and to nobody else', async () => {
    expect((await as('admin').access.queues()).kinds.map(({ name }) => name)).toContain('reconcile');
    await expect(as('planner').access.queues()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('measurements', () => {
  test('are recorded, corrected, taken out and taken back, and the campaign’s best follows', async () => {
    const { id, experiments, measurements } = await measured('Measured by hand', [1e-4, 2e-4]);
    const admin = as('admin');
    const bestSoFar = async () => (await admin.campaigns.progress(id)).at(-1)?.best;
    expect(await bestSoFar()).toBe(2e-4);

    const corrected = await admin.measurements.supersede({
      measurementId: measurements[0]!.id,
      measurement: conductivity(5e-4),
      reason: 'the area was wrong',
    });
    expect(corrected).toMatchObject({ value: 5e-4, supersedes: measurements[0]!.id, status: 'accepted' });
    expect(await bestSoFar()).toBe(5e-4);

    expect(await admin.measurements.exclude(corrected.id, 'a crack')).toMatchObject({ status: 'excluded' });
    expect(await bestSoFar()).toBe(2e-4);
    expect(await admin.measurements.accept(corrected.id, 'no crack')).toMatchObject({ status: 'accepted' });
    expect(await bestSoFar()).toBe(5e-4);

    const all = await admin.campaigns.measurements(id).toArray();
    expect(all.map(({ value }) => value).sort()).toEqual([1e-4, 2e-4, 5e-4]);
    expect(await admin.campaigns.attempts(id).toArray()).toEqual([]);
    const full = await admin.experiments.get(experiments[0]!.id);
    expect(full).toMatchObject({ id: experiments[0]!.id, state: 'accepted' });
    expect(await admin.experiments.artifacts(experiments[0]!.id)).toEqual([]);
  });
});

describe('experiments', () => {
  test('are withdrawn, taken back, put in order, repeated and given up', async () => {
    const { id, experiments } = await proposed('Moved about');
    const [first, second, third] = experiments.map((one) => one.id) as [string, string, string];
    const admin = as('admin');
    await admin.experiments.approve([first, second]);
    expect((await admin.experiments.withdrawApproval(first, 'too soon')).state).toBe('proposed');
    await admin.experiments.reject(third, 'no sulfate');
    expect((await admin.experiments.withdrawRejection(third, 'it came')).state).toBe('proposed');
    await admin.experiments.approve([first, third]);

    await admin.experiments.reorder({ campaignId: id, ids: [third], place: 'first' });
    const queued = await admin.experiments.list(id, { filter: { states: ['queued'] } }).toArray();
    const [next] = queued.sort((a, b) => a.rank - b.rank);
    expect(queued).toHaveLength(3);
    expect(next?.id).toBe(third);

    const again = await admin.experiments.replicate({ id: second, count: 2, reason: 'is it so?' });
    expect(again.map(({ replicateOf }) => replicateOf)).toEqual([second, second]);

    expect((await admin.experiments.cancel(first, 'the oven broke')).state).toBe('cancelled');
    expect((await admin.experiments.restore(first, 'it is mended')).state).toBe('proposed');
    await expect(admin.experiments.requeue(first, 'at once')).rejects.toBeInstanceOf(InputRefused);
    await expect(admin.experiments.approve([first, experiments[1]!])).rejects.toBeInstanceOf(TypeError);
  });
});

describe('campaigns', () => {
  test('are changed, switched off and on, started, finished and put away', async () => {
    const planner = as('planner');
    const { id } = await planner.campaigns.create({ ...input, name: 'To be changed', start: false });
    const changed = await planner.campaigns.update({ id, budget: 25, reason: 'more was granted' });
    expect(changed).toMatchObject({ id, budget: 25 });
    expect(await planner.campaigns.start(id, 'now')).toMatchObject({ state: 'active' });
    expect(await planner.campaigns.switch({ id, dispatch: false })).toMatchObject({
      dispatch: false,
      proposing: true,
    });
    expect(await planner.campaigns.finish(id)).toMatchObject({ state: 'completed' });
    expect(await planner.campaigns.archive(id, 'done with')).toMatchObject({ state: 'archived' });
    await expect(planner.campaigns.start(id)).rejects.toBeInstanceOf(InputRefused);
  });

  test('begin from templates, and a space is looked at before one is made of it', async () => {
    const planner = as('planner');
    const templates = await planner.campaigns.templates();
    expect(templates.length).toBeGreaterThan(0);
    const before = await planner.campaigns.previewSpace(ternary.space);
    const { id } = await planner.campaigns.create({ ...input, name: 'Looked at before' });
    expect(await planner.campaigns.spaceEffects(id)).toEqual(before);
    await expect(planner.campaigns.previewSpace({ parameters: [] })).rejects.toMatchObject({
      name: 'InputRefused',
    });
  });

  test('learn from another one, and forget it again', async () => {
    const planner = as('planner');
    const { id: other } = await measured('The older one', [3e-4, 1e-5]);
    const { id } = await planner.campaigns.create({ ...input, name: 'The younger one' });
    const known = await planner.campaigns.addKnowledge({ campaignId: id, campaign: { id: other } });
    expect(known).toMatchObject({ rowCount: 2, origin: { kind: 'campaign', campaignId: other } });
    expect((await planner.campaigns.knowledge(id)).map((one) => one.id)).toEqual([known.id]);
    await planner.campaigns.removeKnowledge({ campaignId: id, id: known.id, reason: 'other furnace' });
    expect(await planner.campaigns.knowledge(id)).toEqual([]);
    expect((await planner.campaigns.knowledge(id, true)).map((one) => one.id)).toEqual([known.id]);
    expect(await planner.campaigns.models(id).toArray()).toEqual([]);
    expect(await planner.campaigns.posterior(id)).toBeNull();
  });
});

describe('stations and tasks', () => {
  test('a paused station is given nothing, and tells so in the list', async () => {
    const robot = new Station(server, server.tokens.lab);
    await robot.register();
    const admin = as('admin');
    const [listed] = await admin.stations.list().toArray();
    expect(listed).toMatchObject({ name: station, paused: false });
    expect(await admin.stations.pause(listed!.id)).toMatchObject({ paused: true });
    const { experiments } = await proposed('For the robot', 1);
    await admin.experiments.approve([experiments[0]!.id]);
    expect(await robot.claim()).toEqual([]);
    expect(await admin.stations.pause(listed!.id, false)).toMatchObject({ paused: false });
    const [given] = await robot.claim();
    const made = await admin.experiments.get(given!.experimentId);
    const attempts = await admin.campaigns.attempts(made!.campaignId).toArray();
    expect(attempts.map((one) => one.id)).toEqual([given?.attemptId]);
  });

  test('what waits for people is listed with its owner, who may change, and its time, which may grow', async () => {
    const { id, experiments } = await proposed('Waits for people', 1);
    const admin = as('admin');
    const [task] = await admin.tasks.list({ campaignId: id }).toArray();
    expect(task).toMatchObject({ campaignId: id, experimentId: experiments[0]!.id });
    const assigned = await admin.tasks.assign({ id: task!.id, owner: { person: 'Ada' }, note: 'she knows' });
    expect(assigned.owner).toMatchObject({ person: 'Ada' });
    const later = await admin.tasks.extend({ id: task!.id, seconds: 7 * 86_400 });
    expect(Date.parse(later.deadline)).toBeGreaterThan(Date.parse(task!.deadline));
    await admin.experiments.approve([experiments[0]!.id]);
    expect(await admin.tasks.list({ campaignId: id }).toArray()).toEqual([]);
  });
});

describe('tables that a worker imports', () => {
  const work = (id: string): Promise<void> =>
    runImport(server.engine, { import: () => Promise.resolve() }, id);
  const table = 'P;B;S;sigma\n0,25;0,15;0,6;1e-4\n0,5;0,25;0,25;oops\n';
  const columns = [
    { header: 'P', means: 'Li3PO4' },
    { header: 'B', means: 'Li3BO3' },
    { header: 'S', means: 'Li2SO4' },
    { header: 'sigma', means: 'ionic_conductivity' },
  ];

  test('are brought, looked at again as they are meant, started, and waited for', async () => {
    const planner = as('planner');
    const { id: campaignId } = await planner.campaigns.create({ ...input, name: 'With a table' });
    const { id } = await planner.imports.bring(campaignId, table, { name: 'old.csv' });
    await work(id);
    expect(await planner.imports.wait(id)).toMatchObject({ state: 'surveyed', fileName: 'old.csv' });
    await expect(planner.imports.start({ id })).rejects.toBeInstanceOf(InputRefused);

    expect(await planner.imports.preview(id, { columns })).toMatchObject({ state: 'surveying' });
    const states: string[] = [];
    const watched = (async () => {
      for await (const { state } of planner.imports.follow(id)) states.push(state);
    })();
    await work(id);
    await watched;
    expect(states.at(-1)).toBe('surveyed');
    expect(await planner.imports.get(id)).toMatchObject({ report: { good: 1, bad: 1 } });

    await planner.imports.start({ id, skipBad: true });
    await work(id);
    expect(await planner.imports.wait(id)).toMatchObject({ state: 'done', progress: { written: 1 } });
    expect((await planner.imports.list(campaignId).toArray()).map((one) => one.id)).toEqual([id]);
    expect(await planner.campaigns.progress(campaignId)).toHaveLength(1);
  });

  test('are cancelled, and then there is nothing to wait for', async () => {
    const planner = as('planner');
    const { id: campaignId } = await planner.campaigns.create({ ...input, name: 'Without its table' });
    const { id } = await planner.imports.bring(campaignId, table);
    expect(await planner.imports.cancel(id)).toMatchObject({ state: 'cancelled' });
    expect(await planner.imports.wait(id)).toMatchObject({ state: 'cancelled' });
    expect(await planner.imports.get('no-such-import')).toBeNull();
  });
});

describe('screens', () => {
  test('are started, listed, cancelled, and waited for until they are over', async () => {
    const { id: campaignId } = await measured('To be screened', [1e-4, 2e-4]);
    const planner = as('planner');
    const { id } = await planner.screens.start({ campaignId, top: 3 });
    expect((await planner.screens.list(campaignId).toArray()).map((one) => one.id)).toEqual([id]);
    expect(await planner.screens.get(id)).toMatchObject({ id, campaignId, settings: { top: 3 } });
    const seen: string[] = [];
    const over = planner.screens.wait(id, { everyMs: 10, onProgress: ({ status }) => seen.push(status) });
    await planner.screens.cancel(id);
    expect(await over).toMatchObject({ id, status: 'cancelled' });
    expect(seen.at(-1)).toBe('cancelled');
    expect(await planner.screens.get('no-such-screen')).toBeNull();
  });
});

describe('analyses', () => {
  test('that are cancelled end the waiting of whoever asked, in words', async () => {
    const { id: campaignId } = await measured('To be asked', [1e-4, 2e-4]);
    const planner = as('planner');
    const { id } = await planner.analyses.start(campaignId, { advice: {} });
    expect((await planner.analyses.list(campaignId).toArray()).map((one) => one.id)).toEqual([id]);
    await planner.analyses.cancel(id);
    const seen: string[] = [];
    for await (const { status } of planner.analyses.follow(id)) seen.push(status);
    expect(seen.at(-1)).toBe('cancelled');
    expect(await planner.analyses.get(id)).toMatchObject({ id, status: 'cancelled', result: null });
    const asked = planner.analyses.run(
      campaignId,
      { importances: {} },
      {
        onProgress: ({ id: running }) =>
          void as('planner')
            .analyses.cancel(running)
            .catch(() => undefined),
      },
    );
    await expect(asked).rejects.toMatchObject({ name: 'AnalysisUnanswered', code: 'CANCELLED' });
  });
});
