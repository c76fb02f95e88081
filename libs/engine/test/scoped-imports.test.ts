import { describe, expect, it } from '@jest/globals';
import { type HistoryImport, InMemoryStore, ScopedStore } from '../src/index.js';
import { ada, newId, StoreStory } from '../src/testing/index.js';

const missing = expect.objectContaining({ code: 'NOT_FOUND' });

async function collected<T>(pieces: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of pieces) all.push(one);
  return all;
}

/** A table in a campaign of one workspace, as it is seen from there and from the other. */
async function brought() {
  const record = new InMemoryStore(() => new Date());
  await record.workspaces.add({ id: 'other', name: 'Other' });
  const inside = new ScopedStore(record, { workspace: 'default', campaign: null }).imports;
  const outside = new ScopedStore(record, { workspace: 'other', campaign: null }).imports;
  const story = new StoreStory(new ScopedStore(record, { workspace: 'default', campaign: null }));
  const campaignId = await story.campaign();
  const added = { fileName: 'old.csv', options: {}, actor: ada, key: 'once' };
  const { id } = await inside.add({ ...added, id: newId('import'), campaignId });
  await inside.addPiece(id, 0, Buffer.from('a,b\n'));
  const now = async (): Promise<HistoryImport | undefined> => (await record.imports.byIds([id]))[0];
  return { record, inside, outside, campaignId, id, added, now };
}

describe('tables that are brought, from within a workspace', () => {
  it('are taken through all their stages by those inside', async () => {
    const { inside, id, campaignId, now } = await brought();
    expect(await inside.uploaded(id, { bytes: 4, sha256: 'f'.repeat(64) })).toBe(true);
    expect((await inside.neglected(-60)).map((one) => one.id)).toEqual([id]);
    expect(Buffer.concat(await collected(inside.content(id))).toString()).toBe('a,b\n');
    const run = await inside.begin(id, 60);
    if (run === null) throw new Error('nobody else has it');
    expect(await inside.progress(id, run, { rows: 1, bytes: 4, bad: 1, written: 0 })).toBe(true);
    const bad = { line: 2, column: 'b', reason: 'is no number' };
    await inside.addBad(id, run, [bad]);
    expect((await collected(inside.badRows(id))).flat()).toEqual([bad]);
    expect(await inside.end(id, run, 'surveyed', {})).toBe(true);
    expect(await now()).toMatchObject({ state: 'surveyed', progress: { rows: 1, bad: 1 } });
    expect(await inside.ask(id, ['surveyed'], { state: 'importing', options: {}, actor: ada })).toBe(true);
    expect(await inside.cancel(id)).toBe(true);
    expect(await now()).toMatchObject({ state: 'cancelled' });
    expect((await inside.ofCampaigns([campaignId])).map((one) => one.id)).toEqual([id]);
  });

  it('are not there for those outside: neither seen, read, taken, nor changed', async () => {
    const { record, outside, campaignId, id, added, now } = await brought();
    expect(await outside.byIds([id])).toEqual([]);
    expect(await outside.ofCampaigns([campaignId])).toEqual([]);
    await record.imports.uploaded(id, { bytes: 4, sha256: 'f'.repeat(64) });
    expect(await outside.neglected(-60)).toEqual([]);
    const before = await now();
    const tries: readonly (() => Promise<unknown>)[] = [
      () => outside.add({ ...added, id: newId('import'), campaignId }),
      () => outside.addPiece(id, 1, Buffer.from('c')),
      () => outside.uploaded(id, { bytes: 1, sha256: '0'.repeat(64) }),
      () => outside.remove(id),
      () => outside.ask(id, ['uploading', 'surveying'], { state: 'importing', options: {}, actor: ada }),
      () => outside.begin(id, -60),
      () => outside.progress(id, 1, null),
      () => outside.end(id, 1, 'failed', { error: 'not yours' }),
      () => outside.cancel(id),
      () => outside.addBad(id, 1, []),
      () => collected(outside.content(id)),
      () => collected(outside.badRows(id)),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toEqual(missing);
    expect(await outside.sweep()).toBe(0);
    expect(await now()).toEqual(before);
    expect(await record.imports.ofCampaigns([campaignId])).toHaveLength(1);
  });

  it('are forgotten by those inside where their upload broke off', async () => {
    const { inside, id, now } = await brought();
    await inside.remove(id);
    expect(await now()).toBeUndefined();
    expect(await inside.byIds([id])).toEqual([]);
  });
});
