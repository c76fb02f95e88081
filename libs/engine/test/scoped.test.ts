import { describe, expect, it } from '@jest/globals';
import { hashOf } from '@ionloop/domain';
import { InMemoryStore, type RecordStore, ScopedStore } from '../src/index.js';
import { ada, allOf, listContract, newId, StoreStory } from '../src/testing/index.js';

const memory = () => new InMemoryStore(() => new Date());
const within = (store: RecordStore, workspace: string, campaign: string | null = null) =>
  new ScopedStore(store, { workspace, campaign });
const open = () => Promise.resolve({ store: within(memory(), 'default'), close: () => Promise.resolve() });

listContract('memory, from within a workspace', open);

const page = { first: 100 };
const listed = { count: 100, backward: false, from: null };
const request = {
  settings: {},
  goal: 'maximise',
  model: 'gp',
  observations: [],
  failures: [],
} as const;

/** One of everything in a workspace, and how each is asked for. */
async function filled(record: RecordStore, workspace: string) {
  const store = within(record, workspace);
  const story = new StoreStory(store);
  const id = await story.everything();
  const draft = await story.activeCampaign();
  await story.queued(draft);
  const screen = await store.screens.add({ id: newId('screen'), campaignId: id, request, createdBy: 'ada' });
  const analysis = await store.analyses.ask({
    ...{
      id: newId('analysis'),
      campaignId: id,
      kind: 'verification',
      key: 'k',
      dataRevision: 1,
      createdBy: 'ada',
    },
    request: { kind: 'verification' },
  });
  const tokenId = newId('token');
  const token = await store.tokens.add(
    {
      id: tokenId,
      name: 'laptop',
      hash: hashOf(tokenId),
      role: 'planner',
      station: null,
      oneTime: false,
      campaign: null,
      instance: false,
    },
    3600,
  );
  const sha256 = hashOf(newId('artifact'));
  await store.artifacts.add({ sha256, bytes: 1, mediaType: 'a/b', station: 'robot', tokenId });
  const station = await store.stations.register({
    ...{ id: newId('station'), name: 'robot', bootId: 'boot', properties: ['ionic_conductivity'] },
    ...{ limits: {}, schemaVersion: 1 },
  });
  const experiments = (await store.read.experiments(id)).map((one) => one.id);
  const attempts = (await store.read.attempts(experiments)).map((one) => one.id);
  const [measurement] = await store.read.measurements(id);
  const [model] = await store.read.models(id);
  const [plan] = await store.read.plans(id);
  const [attachment] = await store.read.attachments(id);
  if (!measurement || !model || !plan || !attachment) throw new Error('the story is not complete');
  const reads: Readonly<Record<string, (from: ScopedStore) => Promise<unknown>>> = {
    campaign: ({ read }) => read.campaign(id),
    campaignsById: ({ read }) => read.campaignsById([id]),
    standings: ({ read }) => read.standings([id]),
    progress: ({ read }) => read.progress([id], 10),
    bestResults: ({ read }) => read.bestResults([id]),
    experiments: ({ read }) => read.experiments(id),
    countExperiments: ({ read }) => read.countExperiments(id),
    experiment: ({ read }) => read.experiment(experiments[0] ?? ''),
    experimentsById: ({ read }) => read.experimentsById(experiments),
    attempt: ({ read }) => read.attempt(attempts[0] ?? ''),
    attempts: ({ read }) => read.attempts(experiments),
    measurement: ({ read }) => read.measurement(measurement.id),
    measurements: ({ read }) => read.measurements(id),
    measurementsOf: ({ read }) => read.measurementsOf(experiments),
    attachments: ({ read }) => read.attachments(id),
    attachmentsOf: ({ read }) => read.attachmentsOf([id], attempts),
    plans: ({ read }) => read.plans(id),
    knowledge: ({ read }) => read.knowledge([id]),
    models: ({ read }) => read.models(id),
    latestModel: ({ read }) => read.latestModel(id),
    latestModels: ({ read }) => read.latestModels([id]),
    modelBody: ({ read }) => read.modelBody(model.id),
    events: ({ read }) => read.events(id, 0, 1000),
    lastSeq: ({ read }) => read.lastSeq(id),
    lastSeqs: ({ read }) => read.lastSeqs([id]),
    tasks: ({ read }) => read.tasks({ campaignId: id }, page),
    tasksOf: ({ read }) => read.tasksOf([id], page),
    countTasks: ({ read }) => read.countTasks({ campaignId: id }),
    taskCounts: ({ read }) => read.taskCounts([id]),
    planningSnapshot: ({ read }) => read.planningSnapshot(id),
    'lists.experiments': ({ read }) =>
      read.lists.experiments([id], {}, { by: 'number', descending: false }, listed),
    'lists.countExperiments': ({ read }) => read.lists.countExperiments([id], {}),
    'lists.countEvents': ({ read }) => read.lists.countEvents([id], {}),
    'lists.countMeasurements': ({ read }) => read.lists.countMeasurements([id], {}),
    'lists.countAttempts': ({ read }) => read.lists.countAttempts([id], {}),
    'lists.countModels': ({ read }) => read.lists.countModels([id]),
    'lists.attemptsById': ({ read }) => read.lists.attemptsById(attempts),
    'lists.measurementsById': ({ read }) => read.lists.measurementsById([measurement.id]),
    'lists.attachmentsById': ({ read }) => read.lists.attachmentsById([attachment.id]),
    'lists.modelsById': ({ read }) => read.lists.modelsById([model.id]),
    'lists.plansById': ({ read }) => read.lists.plansById([plan.id]),
    'screens.byId': ({ screens }) => screens.byId(screen.id),
    'screens.byIds': ({ screens }) => screens.byIds([screen.id]),
    'screens.pages': ({ screens }) => allOf(screens, id),
    'screens.counts': ({ screens }) => screens.counts([id]),
    'analyses.byIds': ({ analyses }) => analyses.byIds([analysis.id]),
    'analyses.pages': ({ analyses }) => allOf(analyses, id),
    'analyses.counts': ({ analyses }) => analyses.counts([id]),
    'analyses.unfinished': ({ analyses }) => analyses.unfinished(id),
    'tokens.valid': ({ tokens }) => tokens.valid(hashOf(tokenId)),
    'artifacts.find': ({ artifacts }) => artifacts.find([sha256]),
    'stations.byId': ({ stations }) => stations.byId(station.id),
    'workspaces.ofCampaign': ({ workspaces }) => workspaces.ofCampaign(id),
    'workspaces.campaignOfModel': ({ workspaces }) => workspaces.campaignOfModel(model.id),
    'workspaces.byId': ({ workspaces }) => workspaces.byId(workspace),
  };
  return { id, draft, screen, analysis, token, station, reads };
}

const isNothing = (found: unknown): boolean =>
  found === null ||
  found === 0 ||
  (Array.isArray(found) && found.length === 0) ||
  (found instanceof Map && [...found.values()].every(isNothing));

describe('from within a workspace', () => {
  it('what it has is there, and what another has is not, whatever is asked', async () => {
    const record = memory();
    await record.workspaces.add({ id: 'other', name: 'Other' });
    const here = await filled(record, 'default');
    const there = await filled(record, 'other');
    const [inside, outside] = [within(record, 'default'), within(record, 'other')];
    for (const [name, read] of Object.entries(here.reads)) {
      expect([name, isNothing(await read(inside))]).toEqual([name, false]);
      expect([name, isNothing(await read(outside))]).toEqual([name, true]);
    }
    expect((await inside.read.campaigns()).map(({ id }) => id).sort()).toEqual([here.id, here.draft].sort());
    expect((await outside.read.campaigns()).map(({ id }) => id).sort()).toEqual(
      [there.id, there.draft].sort(),
    );
    const ability = { properties: ['ionic_conductivity'], limits: {} };
    expect(await outside.read.claimable(ability)).toEqual([there.draft]);
    expect((await outside.stations.all()).map(({ id }) => id)).toEqual([there.station.id]);
    expect((await outside.stations.byName('robot'))?.id).toBe(there.station.id);
    expect((await outside.tokens.all()).map(({ id }) => id)).toEqual([there.token.id]);
    expect((await outside.screens.unfinished()).map(({ id }) => id)).toEqual([there.screen.id]);
    expect((await outside.analyses.neglected(0)).map(({ id }) => id)).toEqual([there.analysis.id]);
    expect((await outside.workspaces.all()).map(({ id }) => id)).toEqual(['other']);
  });

  it('nothing of another is changed', async () => {
    const record = memory();
    await record.workspaces.add({ id: 'other', name: 'Other' });
    const { id, screen, analysis, token, station } = await filled(record, 'default');
    const outside = within(record, 'other');
    const missing = expect.objectContaining({ code: 'NOT_FOUND' });
    const tries: readonly (() => Promise<unknown>)[] = [
      () => outside.transact(id, ada, () => Promise.resolve()),
      () => outside.screens.add({ id: newId('screen'), campaignId: id, request, createdBy: 'ada' }),
      () => outside.screens.begin(screen.id, {}, { chunks: 1, candidates: '1', kept: 1 }),
      () => outside.screens.end(screen.id, 'cancelled', {}),
      () => outside.screens.plan(screen.id),
      () => outside.screens.result(screen.id),
      () => outside.screens.missingChunks(screen.id),
      () => outside.screens.done(screen.id),
      () => outside.screens.chunks(screen.id, 0, 1),
      () => outside.analyses.ask({ ...analysis, id: newId('analysis') }),
      () => outside.analyses.begin(analysis.id, 60),
      () => outside.analyses.progress(analysis.id, null),
      () => outside.analyses.end(analysis.id, 'cancelled', {}),
      () => outside.analyses.addCandidates(analysis.id, []),
      () => outside.analyses.countCandidates(analysis.id, {}),
      () => outside.tokens.revoke(token.id),
      () => outside.stations.setPaused(station.id, true),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toEqual(missing);
    expect((await record.screens.byId(screen.id))?.status).toBe('preparing');
    expect((await record.stations.byId(station.id))?.paused).toBe(false);
    expect((await record.tokens.all()).find((one) => one.id === token.id)?.revokedAt).toBeNull();
    const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });
    await expect(outside.tokens.redeem()).rejects.toEqual(forbidden);
    await expect(outside.workspaces.add()).rejects.toEqual(forbidden);
  });

  it('answers are kept under keys of its own', async () => {
    const record = memory();
    await record.workspaces.add({ id: 'other', name: 'Other' });
    const [one, other] = [within(record, 'default'), within(record, 'other')];
    const keep = async (store: ScopedStore, response: string): Promise<string> => {
      const campaign = await new StoreStory(store).campaign();
      await store.transact(campaign, ada, (tx) => {
        tx.remember('claim', 'key', { requestHash: 'hash', response });
        return Promise.resolve();
      });
      return campaign;
    };
    const campaign = await keep(one, 'ours');
    await keep(other, 'theirs');
    expect((await one.read.recall('claim', 'key'))?.response).toBe('ours');
    expect((await other.read.recall('claim', 'key'))?.response).toBe('theirs');
    expect(await one.transact(campaign, ada, (tx) => tx.recall('claim', 'key'))).toMatchObject({
      response: 'ours',
    });
    const request = { scope: 'claim', key: 'busy', requestHash: 'hash' };
    expect((await one.inFlight.hold(request, 'a', 60)).ours).toBe(true);
    expect((await other.inFlight.hold(request, 'b', 60)).ours).toBe(true);
    expect((await one.inFlight.hold(request, 'c', 60)).ours).toBe(false);
    await one.inFlight.release(request, 'a');
    expect((await one.inFlight.hold(request, 'c', 60)).ours).toBe(true);
  });
});

describe('from within one campaign', () => {
  it('there is no other, and none is made', async () => {
    const record = memory();
    const { id, draft } = await filled(record, 'default');
    const bound = within(record, 'default', draft);
    expect((await bound.read.campaigns()).map((one) => one.id)).toEqual([draft]);
    expect(await bound.read.campaign(id)).toBeNull();
    expect((await bound.read.campaign(draft))?.id).toBe(draft);
    expect(await bound.read.countTasks({ campaignId: id })).toBe(0);
    expect((await bound.read.tasks({}, page)).every(({ campaignId }) => campaignId === draft)).toBe(true);
    expect(await bound.read.lists.countCampaigns({})).toBe(1);
    await expect(new StoreStory(bound).campaign()).rejects.toThrow(
      `this token is bound to campaign ${draft}`,
    );
    await expect(bound.restore()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
