import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreStory } from '@ionloop/engine/testing';
import { openPersistence, type Persistence } from '../src/index.js';
import { migratedDatabase, type Opened } from './support/database.js';

/** Whoever watches hears of statements and of changes, and is in the way of neither. */
describe('an observer of the record', () => {
  let opened: Opened;
  let watched: Persistence;
  const statements: { readonly seconds: number; readonly failed: boolean }[] = [];
  const changed: string[] = [];

  beforeAll(async () => {
    opened = await migratedDatabase();
    watched = await openPersistence({
      url: opened.url,
      poolSize: 2,
      observer: {
        statement: (seconds, failed) => statements.push({ seconds, failed }),
        transaction: (campaignId, work) => {
          changed.push(campaignId);
          return work();
        },
      },
    });
  });
  afterAll(async () => {
    await watched.close();
    await opened.close();
  });

  it('hears how long each statement took', async () => {
    const before = statements.length;
    await watched.ping();
    const heard = statements.slice(before);
    expect(heard.length).toBeGreaterThan(0);
    for (const { seconds, failed } of heard) {
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(30);
      expect(failed).toBe(false);
    }
  });

  it('hears of every change of a campaign, which is made as without it', async () => {
    const story = new StoreStory(watched.store);
    const campaignId = await story.activeCampaign();
    expect(changed).toContain(campaignId);
    expect(await opened.persistence.store.read.campaign(campaignId)).toMatchObject({ state: 'active' });
  });

  it('hears of statements that fail', async () => {
    const before = statements.length;
    await expect(watched.figures(['a state with \u0000'])).rejects.toThrow();
    expect(statements.slice(before).some(({ failed }) => failed)).toBe(true);
  });
});

describe('figures of the record', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await migratedDatabase();
  });
  afterAll(() => opened.close());

  it('count what there is, by state', async () => {
    const { figures, store } = opened.persistence;
    expect(await figures(['draft', 'active', 'paused'])).toMatchObject({
      campaigns: { draft: 0, active: 0, paused: 0 },
      attempts: { leased: 0, started: 0, suspect: 0 },
      oldestLeaseAge: null,
      oldestModelAge: null,
      overdueLeases: 0,
      waitingTasks: 0,
      stations: { heard: 0, silent: 0, paused: 0 },
    });
    await new StoreStory(store).activeCampaign();
    const told = await figures(['draft', 'active', 'paused']);
    expect(told.campaigns).toEqual({ draft: 0, active: 1, paused: 0 });
    expect(told.eventLogBytes).toBeGreaterThan(0);
    expect(opened.persistence.pool()).toMatchObject({ waiting: 0 });
  });
});
