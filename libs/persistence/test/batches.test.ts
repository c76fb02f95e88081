import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkChain, IonloopError, invalidState } from '@ionloop/domain';
import {
  addExperiment,
  approveExperiments,
  claim,
  createCampaign,
  moveCampaign,
  quietEngine,
  registerStation,
} from '@ionloop/engine';
import { ada, newExperiment, StoreStory, ternary, TestLoop } from '@ionloop/engine/testing';
import fc from 'fast-check';
import { withAdmin } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

/** What one of many does that wait for a campaign at the same time. */
const deeds = [
  'adds',
  'refuses before',
  'refuses after',
  'breaks after',
  'remembers',
  'is refused by the log',
] as const;
type Deed = (typeof deeds)[number];

describe('those that wait for one campaign', () => {
  let opened: Opened;
  let story: StoreStory;

  beforeAll(async () => {
    opened = await migratedDatabase();
    story = new StoreStory(opened.persistence.store);
  });
  afterAll(() => opened.close());

  const does = (campaignId: string, deed: Deed, i: number): Promise<string> =>
    opened.persistence.store.transact(
      campaignId,
      { ...ada, name: `person ${i}` },
      async (tx) => {
        const key = `${campaignId}/${i % 3}`;
        const earlier = await tx.recall('batch', key);
        if (deed === 'remembers' && earlier) return earlier.response as string;
        if (deed === 'refuses before') throw invalidState('not now');
        const experiment = newExperiment(tx.campaign.experiments + 1);
        tx.append({ type: 'experiment.added', experiment });
        if (deed === 'refuses after') throw invalidState('on second thoughts');
        if (deed === 'breaks after') throw new Error('broken');
        if (deed === 'is refused by the log') tx.append({ type: 'campaign.moved', to: 'active', note: null });
        if (deed === 'remembers') tx.remember('batch', key, { requestHash: 'same', response: experiment.id });
        return experiment.id;
      },
      { answers: [{ scope: 'batch', key: `${campaignId}/${i % 3}` }] },
    );

  it('each get what they would get alone, whatever the others do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...deeds), { minLength: 2, maxLength: 20 }),
        async (crowd) => {
          const id = await story.activeCampaign();
          const before = await opened.persistence.store.read.lastSeq(id);
          const ends = await Promise.allSettled(crowd.map((deed, i) => does(id, deed, i)));
          const added = new Map<string, number>();
          for (const [i, end] of ends.entries()) {
            const good = crowd[i] === 'adds' || crowd[i] === 'remembers';
            expect([crowd[i], end.status]).toEqual([crowd[i], good ? 'fulfilled' : 'rejected']);
            if (end.status === 'fulfilled') added.set(end.value, i);
            else if (crowd[i] !== 'breaks after') expect(end.reason).toBeInstanceOf(IonloopError);
          }
          const experiments = await opened.persistence.store.read.experiments(id);
          expect(new Set(experiments.map((one) => one.id))).toEqual(new Set(added.keys()));
          const events = await opened.persistence.store.read.events(id, 0, 1000);
          expect(checkChain(events).seq).toBe(before + added.size);
          // Signed by whoever did it, and in the order of asking.
          const signed = events.slice(before).map(({ actor }) => Number(actor.name.slice('person '.length)));
          expect(signed).toEqual(signed.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('share a commit', async () => {
    const id = await story.activeCampaign();
    await Promise.all(Array.from({ length: 100 }, (_, i) => does(id, 'adds', i)));
    const commits = await withAdmin(opened.url, async (client) => {
      const { rows } = await client.query<{ commits: number }>(
        `SELECT count(DISTINCT xmin::text)::int AS commits FROM event
         WHERE campaign_id = $1 AND event ->> 'type' = 'experiment.added'`,
        [id],
      );
      return rows[0]?.commits;
    });
    // The first goes at once, the others in batches.
    expect(commits).toBe(3);
  });

  it('are counted among what a station has in its hands', async () => {
    const engine = quietEngine(opened.persistence.store);
    const loop = new TestLoop(engine, { version: 'none', plan: () => Promise.reject(new Error('no plan')) });
    const { id } = await createCampaign(engine, loop.person, {
      ...ternary,
      budget: 20,
      parallel: 20,
      initial: 20,
    });
    await moveCampaign(engine, loop.person, id, 'active');
    for (let n = 1; n <= 8; n += 1) {
      const point = { composition: { Li3PO4: n / 20, Li3BO3: 0, Li2SO4: 1 - n / 20 } };
      const added = await addExperiment(engine, loop.person, { campaignId: id, point, reason: 'why' });
      await approveExperiments(engine, loop.person, [added.id]);
    }
    const voice = { station: `two-hands-${id}`, bootId: 'boot' };
    const properties = ['ionic_conductivity'];
    await registerStation(engine, { ...voice, properties, limits: { maxConcurrent: 2 }, schemaVersion: 1 });
    const claims = Array.from({ length: 12 }, (_, i) =>
      claim(engine, voice, { idempotencyKey: `${id}/${i}`, max: 1 }),
    );
    const leased = (await Promise.all(claims)).flat();
    expect(new Set(leased.map(({ experimentId }) => experimentId)).size).toBe(2);
    expect(leased).toHaveLength(2);
  });

  it('are answered from the queue in its order, however many ask', async () => {
    const { store } = opened.persistence;
    const id = await story.activeCampaign();
    await store.transact(id, ada, (tx) => {
      for (let n = 1; n <= 40; n += 1) {
        const experiment = newExperiment(n);
        tx.append({ type: 'experiment.added', experiment });
        tx.append({
          type: 'experiment.approved',
          experimentId: experiment.id,
          specHash: experiment.specHash,
        });
        tx.append({ type: 'experiment.moved', experimentId: experiment.id, to: 'queued', note: null });
      }
      return Promise.resolve();
    });
    const take = (queued: number, backAgain: boolean): Promise<readonly number[]> =>
      store.transact(
        id,
        ada,
        async (tx) => {
          const first = await tx.experiments({ states: ['queued'], limit: 2 });
          for (const { id: experimentId } of first)
            tx.append({ type: 'experiment.moved', experimentId, to: 'proposed', note: 'taken' });
          const [one] = first;
          if (backAgain && one) {
            tx.append({ type: 'experiment.approved', experimentId: one.id, specHash: one.specHash });
            tx.append({ type: 'experiment.moved', experimentId: one.id, to: 'queued', note: null });
          }
          return first.map(({ number }) => number);
        },
        { queued },
      );
    // Some look ahead too little, some not at all, and some put back what they took.
    const taken = await Promise.all(
      Array.from({ length: 25 }, (_, i) => take([2, 1, 0, 5][i % 4] ?? 0, i % 5 === 4)),
    );
    const expected: number[][] = [];
    let line = Array.from({ length: 40 }, (_, i) => i + 1);
    for (let i = 0; i < 25; i += 1) {
      const first = line.slice(0, 2);
      expected.push(first);
      line = i % 5 === 4 ? line.filter((n) => n !== first[1]) : line.slice(2);
    }
    expect(taken).toEqual(expected);
  });
});
