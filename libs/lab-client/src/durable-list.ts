import { dirname } from 'node:path';
import type { Disk } from './disk.js';
import { messageOf } from './errors.js';

/** A list on disk, one JSON value a line. What `add` has resolved for is still there after a kill or a power cut. */
export class DurableList<T> {
  #items: readonly T[];
  #work: Promise<unknown> = Promise.resolve();
  #whole = true;

  private constructor(
    private readonly path: string,
    private readonly disk: Disk,
    items: readonly T[],
  ) {
    this.#items = items;
  }

  /** Lines that cannot be read are set aside in `<path>.unreadable`: a torn tail must not hide what follows it. */
  static async open<T>(path: string, disk: Disk, read: (value: unknown) => T): Promise<DurableList<T>> {
    for (const made of await disk.makeFolder(dirname(path))) await disk.syncFolder(dirname(made));
    const items: T[] = [];
    const torn: string[] = [];
    const content = await disk.read(path);
    for (const line of content.split('\n')) {
      if (line === '') continue;
      try {
        items.push(read(JSON.parse(line)));
      } catch (error) {
        torn.push(JSON.stringify({ line, error: messageOf(error) }));
      }
    }
    const list = new DurableList(path, disk, items);
    if (torn.length > 0) {
      await appendDurably(disk, `${path}.unreadable`, torn.map((line) => `${line}\n`).join(''));
    }
    // A last line may be whole but for its end: what is added next would be torn with it.
    if (torn.length > 0 || (content !== '' && !content.endsWith('\n'))) await list.#rewrite();
    return list;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** Where the disk refuses, the item stays in the list and the next write tries again. */
  add(item: T): Promise<void> {
    return this.#next(async () => {
      this.#items = [...this.#items, item];
      if (!this.#whole) return this.#rewrite();
      this.#whole = false;
      await appendDurably(this.disk, this.path, lineOf(item));
      this.#whole = true;
    });
  }

  remove(item: T): Promise<void> {
    return this.#next(async () => {
      this.#items = this.#items.filter((other) => other !== item);
      await this.#rewrite();
    });
  }

  #next(write: () => Promise<void>): Promise<void> {
    const done = this.#work.then(write);
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** After a write that failed half-way (a full disk) the file may end in the middle of a line: hence `#whole`. */
  async #rewrite(): Promise<void> {
    this.#whole = false;
    const next = `${this.path}.next`;
    await this.disk.write(next, this.#items.map(lineOf).join(''));
    await this.disk.rename(next, this.path);
    await this.disk.syncFolder(dirname(this.path));
    this.#whole = true;
  }
}

const lineOf = (item: unknown): string => `${JSON.stringify(item)}\n`;

export async function appendDurably(disk: Disk, path: string, text: string): Promise<void> {
  await disk.append(path, text);
  await disk.syncFolder(dirname(path));
}
