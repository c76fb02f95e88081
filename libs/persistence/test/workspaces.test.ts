import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessChange } from '@ionloop/domain';
import { StoreStory } from '@ionloop/engine/testing';
import { migratedDatabase, type Opened } from './support/database.js';

describe('workspaces on PostgreSQL', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await migratedDatabase();
  });
  afterAll(() => opened.close());

  it('are listed in the order in which they were made, the default one first', async () => {
    const { workspaces } = opened.persistence.store;
    const added = await workspaces.add({ id: 'glasses', name: 'Gläser “und” mehr' });
    await workspaces.add({ id: 'alloys', name: 'Alloys' });
    expect(added).toMatchObject({ id: 'glasses', name: 'Gläser “und” mehr' });
    expect(Date.parse(added.createdAt)).not.toBeNaN();
    expect((await workspaces.all()).map(({ id }) => id)).toEqual(['default', 'glasses', 'alloys']);
    expect(await workspaces.byId('glasses')).toEqual(added);
    expect(await workspaces.byId('nowhere')).toBeNull();
  });

  it('are made once: the second is refused, and the first stays as it was', async () => {
    const { workspaces } = opened.persistence.store;
    await expect(workspaces.add({ id: 'default', name: 'Mine' })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'id',
      message: 'workspace default exists already',
    });
    expect((await workspaces.byId('default'))?.name).not.toBe('Mine');
  });

  it('know where a campaign and a model are', async () => {
    const { store } = opened.persistence;
    const campaignId = await new StoreStory(store).activeCampaign();
    expect(await store.workspaces.ofCampaign(campaignId)).toBe('default');
    // From what was looked up before.
    expect(await store.workspaces.ofCampaign(campaignId)).toBe('default');
    expect(await store.workspaces.ofCampaign('nothing')).toBeNull();
    expect(await store.workspaces.campaignOfModel('nothing')).toBeNull();
  });
});

describe('the log of access on PostgreSQL', () => {
  let opened: Opened;
  const change = (n: number, over: Partial<AccessChange> = {}): Omit<AccessChange, 'at'> => ({
    id: `change-${n}`,
    workspace: 'default',
    actor: { kind: 'person', name: 'ada' },
    action: 'token.created',
    subject: `token-${n}`,
    detail: { scope: { campaign: null }, n },
    ...over,
  });
  beforeAll(async () => {
    opened = await migratedDatabase();
    const { accessLog, workspaces } = opened.persistence.store;
    await workspaces.add({ id: 'elsewhere', name: 'Elsewhere' });
    for (const n of [3, 1, 5, 2, 4]) await accessLog.add(change(n));
    await accessLog.add(change(6, { workspace: 'elsewhere' }));
  });
  afterAll(() => opened.close());

  it('is read from the newest, page by page, each workspace by itself', async () => {
    const { accessLog } = opened.persistence.store;
    const idsOf = (page: readonly AccessChange[]): readonly string[] => page.map(({ id }) => id);
    expect(idsOf(await accessLog.page('default', 2))).toEqual(['change-5', 'change-4']);
    expect(idsOf(await accessLog.page('default', 2, 'change-4'))).toEqual(['change-3', 'change-2']);
    expect(idsOf(await accessLog.page('default', 2, 'change-2'))).toEqual(['change-1']);
    expect(idsOf(await accessLog.page('default', 2, 'change-1'))).toEqual([]);
    expect(idsOf(await accessLog.page('elsewhere', 9))).toEqual(['change-6']);
  });

  it('keeps what was said the first time, by the clock of the database', async () => {
    const { accessLog } = opened.persistence.store;
    await accessLog.add(change(5, { subject: 'another', action: 'token.revoked' }));
    const [newest] = await accessLog.page('default', 1);
    expect(newest).toMatchObject(change(5));
    expect(new Date(newest!.at).toISOString()).toBe(newest!.at);
    expect(await accessLog.page('default', 100)).toHaveLength(5);
  });
});
