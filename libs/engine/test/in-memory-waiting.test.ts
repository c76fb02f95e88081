import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryStore } from '../src/index.js';
import { ada, newMeasurement, StoreStory } from '../src/testing/store-story.js';

let second: number;
let store: InMemoryStore;
let story: StoreStory;
beforeEach(() => {
  second = 0;
  store = new InMemoryStore(() => new Date(1000 * second));
  story = new StoreStory(store);
});

const lab = { heartbeatSeconds: 10, leaseSeconds: 60, suspectSeconds: 100, attemptCap: 3 };
const patient = { ...lab, claimSeconds: 500, taskSeconds: 900 };
const switched = (id: string, dispatch: boolean) =>
  story.step(id, (tx) => tx.append({ type: 'campaign.switched', proposing: true, dispatch }));

describe('a deadline', () => {
  it('of a task passes, whatever its campaign does; of a claim only while stations may claim', async () => {
    const id = await story.activeCampaign({ lab: patient });
    const queued = await story.queued(id);
    const proposed = await story.experiment(id);
    const due = async () => (await store.read.due(id, 9)).map((subject) => subject.id);
    second = 499;
    expect(await due()).toEqual([]);
    second = 500;
    expect(await store.read.due(id, 9)).toEqual([{ kind: 'experiment', id: queued }]);
    second = 900;
    expect(await due()).toEqual([queued, proposed]);
    expect(await store.read.due(id, 1)).toHaveLength(1);
    await switched(id, false);
    expect(await due()).toEqual([proposed]);
    await switched(id, true);
    await story.step(id, (tx) => tx.append({ type: 'campaign.moved', to: 'paused', note: null }));
    expect(await due()).toEqual([proposed]);
    expect(await store.read.due('nothing', 9)).toEqual([]);
  });

  it('is nobody’s any more once the operator was asked', async () => {
    const id = await story.activeCampaign({ lab: patient });
    const proposed = await story.experiment(id);
    second = 900;
    await store.transact(id, ada, async (tx) => {
      await tx.experiment(proposed);
      const subject = { kind: 'experiment', id: proposed } as const;
      const deadline = new Date(950_000).toISOString();
      tx.append({ type: 'task.escalated', subject, owner: 'role:admin', deadline });
    });
    second = 2000;
    expect(await store.read.due(id, 9)).toEqual([]);
  });
});

describe('what is queued and nobody can make', () => {
  const robot = {
    ...{ id: 's1', name: 'robot', bootId: 'b', schemaVersion: 1, properties: ['ionic_conductivity'] },
    limits: {},
  };

  it('is told once it has waited for a lease, and again when somebody can', async () => {
    const id = await story.activeCampaign({ lab: patient });
    const [first, other] = [await story.queued(id), await story.queued(id)];
    const stuck = (limit = 9) => store.read.stuck(id, limit);
    second = 59;
    expect(await stuck()).toEqual({ unable: [], ableAgain: [] });
    second = 60;
    expect(await stuck()).toEqual({ unable: [first, other], ableAgain: [] });
    expect(await stuck(1)).toEqual({ unable: [first], ableAgain: [] });
    for (const experimentId of [first, other]) {
      await store.transact(id, ada, async (tx) => {
        await tx.experiment(experimentId);
        tx.append({ type: 'experiment.stuck', experimentId, kind: 'no_station', reason: 'none' });
      });
    }
    expect(await stuck()).toEqual({ unable: [], ableAgain: [] });
    await store.stations.register({ ...robot, workspace: 'other', id: 's2' });
    expect(await stuck()).toEqual({ unable: [], ableAgain: [] });
    await store.stations.register(robot);
    expect(await stuck()).toEqual({ unable: [], ableAgain: [first, other] });
    expect(await stuck(1)).toEqual({ unable: [], ableAgain: [first] });
    await store.stations.setPaused('s1', true);
    expect(await stuck()).toEqual({ unable: [], ableAgain: [] });
    await store.stations.setPaused('s1', false);
    await switched(id, false);
    expect(await stuck()).toEqual({ unable: [], ableAgain: [] });
    expect(await store.read.stuck('nothing', 9)).toEqual({ unable: [], ableAgain: [] });
  });
});

describe('what would be forgotten', () => {
  const why = async (id: string) =>
    (await store.read.forgotten(id)).map((one) => [one.kind, one.id, one.why]);

  it('is nothing where each has a deadline or a person', async () => {
    const id = await story.activeCampaign();
    await story.experiment(id);
    await story.queued(id);
    const leased = await story.leased(id, await story.queued(id));
    await story.about(id, leased, (tx) => {
      const now = new Date(0);
      tx.setLease({ attemptId: leased, deadline: now, lastSeen: now, stage: null, progress: null });
    });
    await story.accepted(id);
    expect(await why(id)).toEqual([]);
    expect(await why('nothing')).toEqual([]);
  });

  it('is what is approved and never queued', async () => {
    const id = await story.activeCampaign();
    const experimentId = await story.experiment(id);
    await store.transact(id, ada, async (tx) => {
      const { specHash } = await tx.experiment(experimentId);
      tx.append({ type: 'experiment.approved', experimentId, specHash });
    });
    expect(await why(id)).toEqual([['experiment', experimentId, 'approved and not queued']]);
  });

  it('is what a station holds without a lease', async () => {
    const id = await story.activeCampaign();
    const claimed = await story.queued(id);
    const leased = await story.leased(id, claimed);
    expect(await why(id)).toEqual([
      ['experiment', claimed, 'claimed, and nobody has it'],
      ['attempt', leased, 'leased, without a deadline'],
    ]);
    await story.start(id, leased);
    expect(await why(id)).toEqual([
      ['experiment', claimed, 'running, and nobody has it'],
      ['attempt', leased, 'started, without a deadline'],
    ]);
    await story.submit(id, leased, [newMeasurement()]);
    expect(await why(id)).toEqual([
      ['experiment', claimed, 'measured, and nobody has it'],
      ['attempt', leased, 'submitted, and not judged'],
    ]);
  });

  it('is what waits in a campaign that is over', async () => {
    const id = await story.activeCampaign();
    const [queued, proposed] = [await story.queued(id), await story.experiment(id)];
    await story.step(id, (tx) => tx.append({ type: 'campaign.moved', to: 'completed', note: null }));
    expect(await why(id)).toEqual([
      ['experiment', queued, 'queued in a campaign that is over'],
      ['experiment', proposed, 'proposed in a campaign that is over'],
    ]);
  });
});
