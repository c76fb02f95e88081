import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, messageOf } from './errors.js';

/** A list on disk, one JSON value a line. What `add` has resolved for is still there after a kill or a power cut. */
export class DurableList<T> {
  readonly #path: string;
  #items: readonly T[];
  #work: Promise<unknown> = Promise.resolve();
  #whole = true;

  private constructor(path: string, items: readonly T[]) {
    this.#path = path;
    this.#items = items;
  }

  /** Lines that cannot be read are set aside in `<path>.unreadable`: a torn tail must not hide what follows it. */
  static async open<T>(path: string, read: (value: unknown) => T): Promise<DurableList<T>> {
    await mkdir(dirname(path), { recursive: true });
    const items: T[] = [];
    const torn: string[] = [];
    for (const line of (await contentOf(path)).split('\n')) {
      if (line === '') continue;
      try {
        items.push(read(JSON.parse(line)));
      } catch (error) {
        torn.push(JSON.stringify({ line, error: messageOf(error) }));
      }
    }
    const list = new DurableList(path, items);
    if (torn.length > 0) {
      await appendDurably(`${path}.unreadable`, torn.map((line) => `${line}\n`).join(''));
      await list.#rewrite();
    }
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
      await appendDurably(this.#path, lineOf(item));
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
    const next = `${this.#path}.next`;
    const file = await open(next, 'w');
    try {
      await file.writeFile(this.#items.map(lineOf).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, this.#path);
    await syncFolder(this.#path);
    this.#whole = true;
  }
}

const lineOf = (item: unknown): string => `${JSON.stringify(item)}\n`;

export async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(path);
}

/** A new name is only certain once its folder is on disk; systems that cannot sync a folder do not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}
