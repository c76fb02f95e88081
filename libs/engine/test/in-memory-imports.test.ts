import { beforeEach, describe, expect, it } from '@jest/globals';
import { type HistoryImport, type ImportState, InMemoryStore } from '../src/index.js';
import { ada } from '../src/testing/store-story.js';

const at = (second: number): string => new Date(1000 * second).toISOString();
const ben = { kind: 'person', name: 'ben' } as const;
const nothing = { rows: 0, bytes: 0, bad: 0, written: 0 };
const far = { rows: 7, bytes: 70, bad: 1, written: 3 };
const report = { rows: 7 } as never;
const preview = { meanings: ['heat'] } as never;

let second: number;
let imports: InMemoryStore['imports'];
beforeEach(() => {
  second = 1;
  ({ imports } = new InMemoryStore(() => new Date(1000 * second)));
});

const add = (id: string, campaignId = 'c', key: string | null = null): Promise<HistoryImport> =>
  imports.add({ id, campaignId, fileName: `${id}.csv`, options: {}, actor: ada, key });
const one = async (id: string): Promise<HistoryImport> => {
  const [found] = await imports.byIds([id]);
  if (!found) throw new Error('it is gone');
  return found;
};
const idsOf = (found: readonly HistoryImport[]): readonly string[] => found.map(({ id }) => id);
async function surveying(id: string, campaignId?: string): Promise<void> {
  await add(id, campaignId);
  await imports.uploaded(id, { bytes: 3, sha256: 'hash' });
}
async function running(id: string, campaignId?: string): Promise<number> {
  await surveying(id, campaignId);
  return (await imports.begin(id, 60)) ?? NaN;
}
const write = { state: 'importing', options: { force: true }, actor: ben } as const;

describe('a table that is brought', () => {
  it('is there once under its key, in each campaign', async () => {
    const first = await add('a', 'c', 'k');
    second = 5;
    expect(await add('b', 'c', 'k')).toEqual(first);
    expect(
      idsOf([await add('d', 'other', 'k'), await add('e', 'c', 'l'), await add('f'), await add('g')]),
    ).toEqual([...['d', 'e', 'f', 'g']]);
    expect(first).toEqual({
      ...{ id: 'a', campaignId: 'c', fileName: 'a.csv', options: {}, actor: ada, bytes: 0, sha256: '' },
      ...{ state: 'uploading', progress: nothing, report: null, preview: null, error: null },
      ...{ createdAt: at(1), startedAt: null, touchedAt: at(1), endedAt: null },
    });
  });

  it('comes in pieces by number, until it is there', async () => {
    await add('a');
    await imports.addPiece('a', 1, Buffer.from('c,d'));
    second = 2;
    await imports.addPiece('a', 0, Buffer.from('a,b'));
    expect((await one('a')).touchedAt).toBe(at(2));
    const parts: string[] = [];
    for await (const part of imports.content('a')) parts.push(Buffer.from(part).toString());
    expect(parts).toEqual(['a,b', 'c,d']);
    expect(await imports.uploaded('a', { bytes: 6, sha256: 'hash' })).toBe(true);
    expect(await one('a')).toMatchObject({ state: 'surveying', bytes: 6, sha256: 'hash' });
    expect(await imports.uploaded('a', { bytes: 7, sha256: 'other' })).toBe(false);
    expect(await one('a')).toMatchObject({ bytes: 6 });
    expect(await imports.uploaded('nothing', { bytes: 7, sha256: 'other' })).toBe(false);
    await expect(imports.addPiece('nothing', 0, Buffer.from('a'))).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', message: 'there is no import nothing' },
    });
    for await (const part of imports.content('nothing')) throw new Error(`there is ${String(part)}`);
  });

  it('is listed with those of its campaigns, the newest first', async () => {
    await add('b');
    await add('a');
    second = 2;
    await add('d', 'other');
    await add('c');
    await add('e', 'third');
    expect(idsOf(await imports.ofCampaigns(['c', 'other']))).toEqual(['d', 'c', 'b', 'a']);
    expect(idsOf(await imports.ofCampaigns([]))).toEqual([]);
  });
});

describe('a worker', () => {
  it('takes one that is to be worked on, unless another is heard of', async () => {
    await add('a');
    expect(await imports.begin('a', 60)).toBeNull();
    expect(await imports.begin('nothing', 60)).toBeNull();
    await imports.uploaded('a', { bytes: 3, sha256: 'hash' });
    second = 10;
    expect(await imports.begin('a', 60)).toBe(1);
    expect(await one('a')).toMatchObject({ startedAt: at(10), touchedAt: at(10), progress: nothing });
    second = 70;
    expect(await imports.begin('a', 60)).toBeNull();
    second = 71;
    expect(await imports.begin('a', 60)).toBe(2);
  });

  it('writes one of a campaign at a time, and looks at as many as there are', async () => {
    for (const id of ['a', 'b', 'd']) {
      const run = await running(id, id === 'd' ? 'other' : 'c');
      await imports.end(id, run, 'surveyed', {});
    }
    const looked = await running('e');
    for (const id of ['a', 'b', 'd']) await imports.ask(id, ['surveyed'], write);
    expect(await imports.begin('a', 60)).not.toBeNull();
    expect(await imports.begin('b', 60)).toBeNull();
    expect(await imports.begin('d', 60)).not.toBeNull();
    await surveying('f');
    expect(await imports.begin('f', 60)).toBe(1);
    expect(looked).toBe(1);
    await imports.cancel('a');
    expect(await imports.begin('b', 60)).not.toBeNull();
  });

  it('tells how far it is, and is told when its run is over', async () => {
    const run = await running('a');
    second = 5;
    expect(await imports.progress('a', run, far)).toBe(true);
    second = 6;
    expect(await imports.progress('a', run, null)).toBe(true);
    expect(await one('a')).toMatchObject({ progress: far, touchedAt: at(6) });
    expect(await imports.progress('a', run + 1, nothing)).toBe(false);
    expect(await imports.progress('nothing', run, nothing)).toBe(false);
    expect(await imports.end('a', run + 1, 'surveyed', {})).toBe(false);
    expect(await imports.end('a', run, 'surveyed', { report, preview })).toBe(true);
    expect(await one('a')).toMatchObject({ state: 'surveyed', report, preview, error: null, endedAt: null });
    expect(await imports.progress('a', run, nothing)).toBe(false);
    expect(await imports.end('a', run, 'failed', { error: 'late' })).toBe(false);
  });

  it('fails in words, and another try forgets them', async () => {
    const run = await running('a');
    await imports.progress('a', run, far);
    await imports.end('a', run, 'failed', { error: 'no such column', report });
    expect(await one('a')).toMatchObject({ state: 'failed', error: 'no such column', endedAt: null, report });
    expect(await imports.ask('a', ['surveyed'], write)).toBe(false);
    expect(await imports.ask('nothing', ['surveyed'], write)).toBe(false);
    expect(await imports.ask('a', ['surveyed', 'failed'], { ...write, state: 'surveying' })).toBe(true);
    expect(await one('a')).toMatchObject({
      ...{ state: 'surveying', options: { force: true }, actor: ben, progress: nothing, error: null },
      ...{ startedAt: null, endedAt: null, report: null, preview: null },
    });
    expect(await imports.begin('a', 60)).toBe(run + 2);
    expect(await imports.progress('a', run, far)).toBe(false);
  });

  it('that writes keeps what was found, and what is done needs no bytes any more', async () => {
    const first = await running('a');
    await imports.addPiece('a', 0, Buffer.from('a'));
    await imports.end('a', first, 'surveyed', { report, preview });
    await imports.ask('a', ['surveyed'], write);
    expect(await one('a')).toMatchObject({ state: 'importing', report, preview });
    const run = (await imports.begin('a', 60)) ?? NaN;
    second = 9;
    expect(await imports.end('a', run, 'done', {})).toBe(true);
    expect(await one('a')).toMatchObject({ state: 'done', report, preview, endedAt: at(9) });
    for await (const part of imports.content('a')) throw new Error(`there is ${String(part)}`);
    expect(await imports.cancel('a')).toBe(false);
  });

  it('tells bad rows, those of the latest run alone', async () => {
    const bad = (line: number) => ({ line, column: null, reason: 'wrong' });
    const told = async () => {
      const portions: unknown[] = [];
      for await (const rows of imports.badRows('a')) portions.push(rows);
      return portions;
    };
    await running('a');
    expect(await told()).toEqual([]);
    await imports.addBad('a', 1, []);
    expect(await told()).toEqual([]);
    await imports.addBad('a', 1, [bad(1)]);
    await imports.addBad('a', 1, [bad(2)]);
    expect(await told()).toEqual([[bad(1), bad(2)]]);
    await imports.addBad('a', 2, [bad(3)]);
    expect(await told()).toEqual([[bad(3)]]);
  });
});

describe('what is left', () => {
  it('is heard of again where somebody is to work on it', async () => {
    await add('uploading');
    await surveying('waiting');
    await running('busy');
    const run = await running('surveyed');
    await imports.end('surveyed', run, 'surveyed', {});
    second = 61;
    expect(idsOf(await imports.neglected(60))).toEqual([]);
    second = 62;
    expect(idsOf(await imports.neglected(60))).toEqual(['waiting', 'busy']);
  });

  it('is swept away where nobody goes on with it', async () => {
    await add('uploading');
    await surveying('waiting');
    for (const [id, state] of [
      ['surveyed', 'surveyed'],
      ['failed', 'failed'],
      ['done', 'done'],
    ] as const) {
      await imports.end(id, await running(id), state, {});
    }
    await running('cancelled');
    expect(await imports.cancel('cancelled')).toBe(true);
    expect(await imports.cancel('nothing')).toBe(false);
    second = 61;
    expect(await imports.sweep(60)).toBe(0);
    second = 62;
    expect(await imports.sweep(60)).toBe(3);
    expect(await imports.byIds(['uploading'])).toEqual([]);
    const states = async (...ids: readonly string[]): Promise<readonly ImportState[]> =>
      (await imports.byIds(ids)).map(({ state }) => state);
    expect(await states('waiting', 'surveyed', 'failed', 'done', 'cancelled')).toEqual([
      ...['surveying', 'cancelled', 'cancelled', 'done', 'cancelled'],
    ]);
    expect((await one('surveyed')).endedAt).toBe(at(62));
    expect((await one('cancelled')).endedAt).toBe(at(1));
  });
});
