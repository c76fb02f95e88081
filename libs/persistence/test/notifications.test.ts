import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreStory } from '@ionloop/engine/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { terminate } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

describe('notifications', () => {
  let opened: Opened;
  let story: StoreStory;

  beforeAll(async () => {
    opened = await migratedDatabase();
    story = new StoreStory(opened.persistence.store);
  });
  afterAll(() => opened.close());

  const until = async (reached: () => boolean): Promise<void> => {
    while (!reached()) await sleep(5);
  };
  const listen = async () => {
    const heard: [string, number][] = [];
    let missed = 0;
    const subscription = await opened.persistence.notifications.listen(
      (campaignId, seq) => heard.push([campaignId, seq]),
      () => (missed += 1),
    );
    return { heard, missed: () => missed, close: () => subscription.close() };
  };

  it('tell every subscriber how far the log of a campaign goes, once for each transaction', async () => {
    const one = await listen();
    const two = await listen();
    const id = await story.campaign();
    await story.queue(id, await story.experiment(id));
    await until(() => one.heard.length >= 3 && two.heard.length >= 3);
    expect(one.heard).toEqual([
      [id, 1],
      [id, 2],
      [id, 4],
    ]);
    expect(two.heard).toEqual(one.heard);
    await one.close();
    await two.close();
  });

  it('come from committed transactions only, and not after closing', async () => {
    const closed = await listen();
    const open = await listen();
    await closed.close();
    const id = await story.campaign();
    const failing = story.step(id, (tx) => {
      tx.append({ type: 'campaign.moved', to: 'active', note: null });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await story.experiment(id);
    await until(() => open.heard.length >= 2);
    expect(open.heard).toEqual([
      [id, 1],
      [id, 2],
    ]);
    expect(closed.heard).toEqual([]);
    await open.close();
  });

  it('start again by themselves after a lost connection, and say that some may have been missed', async () => {
    const listener = await listen();
    expect(await terminate(opened.url, 'ionloop events')).toBe(1);
    await until(() => listener.missed() === 1);
    const id = await story.campaign();
    await until(() => listener.heard.length === 1);
    expect(listener.heard).toEqual([[id, 1]]);
    await listener.close();
    expect(await terminate(opened.url, 'ionloop events')).toBe(0);
  });
});
