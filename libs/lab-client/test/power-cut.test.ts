import { describe, expect, it } from '@jest/globals';
import { DurableList } from '../src/durable-list.js';
import { MemoryDisk, PowerCut, type Tear } from '../src/testing/index.js';

interface Item {
  readonly id: number;
  readonly words: string;
}

const path = '/spool/station/results.jsonl';
const read = (value: unknown): Item => {
  const item = value as Item;
  if (typeof item.id !== 'number') throw new TypeError('not an item');
  return item;
};
const itemOf = (id: number): Item => ({ id, words: `the result of attempt ${id}` });

const tears: readonly (readonly [string, Tear])[] = [
  ['nothing of it', () => ''],
  ['half of it', (text) => text.slice(0, Math.floor(text.length / 2))],
  ['all but its last letter', (text) => text.slice(0, -1)],
  ['all of it', (text) => text],
  ['zeros where it should stand', (text) => '\0'.repeat(text.length)],
];
const names: readonly (readonly [string, (name: string) => boolean])[] = [
  ['every name that was not synced', () => false],
  ['no name', () => true],
  ['the names of half-written files', (name) => !name.endsWith('.next')],
  ['the renamed name', (name) => name.endsWith('.next')],
];

/** Six results come and four go; what is certain is what had resolved before the power went. */
async function story(disk: MemoryDisk): Promise<{ must: Set<number>; mayBe: Set<number> }> {
  const must = new Set<number>();
  const mayBe = new Set<number>();
  try {
    const list = await DurableList.open(path, disk, read);
    for (let id = 1; id <= 6; id++) {
      const item = itemOf(id);
      mayBe.add(id);
      await list.add(item);
      must.add(id);
      if (id < 3) continue;
      const old = list.items[0] as Item;
      must.delete(old.id);
      await list.remove(old);
      mayBe.delete(old.id);
    }
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
  return { must, mayBe };
}

describe('A power cut', () => {
  it.each(tears.flatMap(([tear, torn]) => names.map(([lost, survives]) => ({ tear, torn, lost, survives }))))(
    'at any moment, that leaves $tear and loses $lost, takes no result that was kept and brings none back',
    async ({ torn, survives }) => {
      const whole = new MemoryDisk();
      await story(whole);
      expect(whole.operations).toBeGreaterThan(25);
      for (let moment = 0; moment < whole.operations; moment++) {
        const disk = new MemoryDisk();
        disk.cutAfter(moment, torn);
        const { must, mayBe } = await story(disk);
        disk.powerBack(survives);

        const list = await DurableList.open(path, disk, read);
        const found = list.items.map(({ id }) => id);
        expect({ moment, lost: [...must].filter((id) => !found.includes(id)) }).toEqual({ moment, lost: [] });
        expect({ moment, risen: found.filter((id) => !mayBe.has(id)) }).toEqual({ moment, risen: [] });
        expect(new Set(found).size).toBe(found.length);
        expect(list.items).toEqual(found.map(itemOf));

        await list.add(itemOf(7));
        disk.powerBack(() => false);
        const again = await DurableList.open(path, disk, read);
        expect(again.items).toEqual([...found.map(itemOf), itemOf(7)]);
      }
    },
  );

  it('in a second that follows the first takes nothing either', async () => {
    for (let moment = 0; moment < 12; moment++) {
      const disk = new MemoryDisk();
      const list = await DurableList.open(path, disk, read);
      await list.add(itemOf(1));
      disk.cutAfter(0, (text) => text.slice(0, -1));
      await expect(list.add(itemOf(2))).rejects.toThrow(PowerCut);
      disk.powerBack(() => false);
      disk.cutAfter(moment, (text) => text.slice(0, -1));
      try {
        await (await DurableList.open(path, disk, read)).add(itemOf(3));
      } catch (error) {
        expect(error).toBeInstanceOf(PowerCut);
      }
      disk.powerBack(() => false);
      const found = (await DurableList.open(path, disk, read)).items.map(({ id }) => id);
      expect(found.slice(0, 2)).toEqual([1, 2]);
    }
  });

  it('is told from a disk without room: what is added later is kept with what was refused', async () => {
    const disk = new MemoryDisk();
    const list = await DurableList.open(path, disk, read);
    await list.add(itemOf(1));
    disk.full = true;
    await expect(list.add(itemOf(2))).rejects.toThrow('ENOSPC');
    disk.full = false;
    await list.add(itemOf(3));
    disk.powerBack(() => false);
    expect((await DurableList.open(path, disk, read)).items.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});
