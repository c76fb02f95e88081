import { dirname } from 'node:path';
import type { Disk } from '../disk.js';

/** A file: what it holds, and the name it has for certain or only so far. */
interface Kept {
  text: string;
}

/** What a write that the power cut hit has left: nothing of it, a part, all, or what the disk had there before. */
export type Tear = (written: string) => string;

/** A power cut, felt by whoever is in the middle of a write. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/**
 * A disk in memory that keeps what a real one promises and not a letter more: after a power cut a name that was not
 * synced with its folder is gone or the old one, and the write that was cut is torn.
 */
export class MemoryDisk implements Disk {
  #names = new Map<string, Kept>();
  #certain = new Map<string, Kept>();
  #folders = new Set<string>(['/']);
  #certainFolders = new Set<string>(['/']);
  #off = false;
  #full = false;
  #left = Infinity;
  #tear: Tear = (written) => written;
  /** How many operations that change something there were. */
  operations = 0;

  /** The power goes in the middle of the operation after so many more. */
  cutAfter(operations: number, tear: Tear): void {
    this.#left = operations;
    this.#tear = tear;
  }

  /** Whether there is room; while there is none every write is refused. */
  set full(full: boolean) {
    this.#full = full;
  }

  /** What is found when the power is back; `survives` says which names that nobody synced are there all the same. */
  powerBack(survives: (path: string) => boolean): void {
    for (const folder of [...this.#folders].sort()) {
      const certain = this.#certainFolders.has(folder) || survives(folder);
      if (folder !== '/' && !(certain && this.#folders.has(dirname(folder)))) this.#folders.delete(folder);
    }
    const found = new Map<string, Kept>();
    for (const path of new Set([...this.#names.keys(), ...this.#certain.keys()])) {
      const kept = survives(path) ? this.#names.get(path) : this.#certain.get(path);
      if (kept && this.#folders.has(dirname(path))) found.set(path, kept);
    }
    this.#names = found;
    this.#certain = new Map(found);
    this.#certainFolders = new Set(this.#folders);
    this.#off = false;
    this.#left = Infinity;
  }

  get isOff(): boolean {
    return this.#off;
  }

  get files(): ReadonlyMap<string, string> {
    return new Map([...this.#names].map(([path, { text }]) => [path, text]));
  }

  read(path: string): Promise<string> {
    if (this.#off) return Promise.reject(new PowerCut());
    return Promise.resolve(this.#names.get(path)?.text ?? '');
  }

  append(path: string, text: string): Promise<void> {
    return this.#change((whole) => this.#put(path, this.#names.get(path)?.text ?? '', text, whole));
  }

  write(path: string, text: string): Promise<void> {
    return this.#change((whole) => this.#put(path, '', text, whole));
  }

  async store(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return this.write(path, Buffer.concat(chunks).toString('latin1'));
  }

  size(path: string): Promise<number | null> {
    if (this.#off) return Promise.reject(new PowerCut());
    return Promise.resolve(this.#names.get(path)?.text.length ?? null);
  }

  async readBytes(path: string, from: number, length: number): Promise<Uint8Array> {
    return Buffer.from(await this.read(path), 'latin1').subarray(from, from + length);
  }

  remove(path: string): Promise<void> {
    return this.#change((whole) => {
      if (whole) this.#names.delete(path);
    });
  }

  names(folder: string): Promise<readonly string[]> {
    if (this.#off) return Promise.reject(new PowerCut());
    const inside = [...this.#names.keys()].filter((path) => dirname(path) === folder);
    return Promise.resolve(inside.map((path) => path.slice(folder.length + 1)));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change((whole) => {
      const kept = this.#names.get(from);
      if (!kept) throw new Error(`ENOENT: there is no ${from}`);
      if (!whole) return;
      this.#names.delete(from);
      this.#names.set(to, kept);
    });
  }

  async makeFolder(path: string): Promise<readonly string[]> {
    const made: string[] = [];
    for (let folder = path; !this.#folders.has(folder); folder = dirname(folder)) made.unshift(folder);
    if (made.length > 0) {
      await this.#change(() => {
        for (const folder of made) this.#folders.add(folder);
      });
    }
    return made;
  }

  syncFolder(path: string): Promise<void> {
    return this.#change((whole) => {
      if (!whole) return;
      for (const folder of this.#folders) if (dirname(folder) === path) this.#certainFolders.add(folder);
      for (const name of [...this.#certain.keys()]) if (dirname(name) === path) this.#certain.delete(name);
      for (const [name, kept] of this.#names) if (dirname(name) === path) this.#certain.set(name, kept);
    });
  }

  #put(path: string, before: string, text: string, whole: boolean): void {
    if (!this.#folders.has(dirname(path))) throw new Error(`ENOENT: there is no ${dirname(path)}`);
    if (this.#full) throw new Error('ENOSPC: no space left on device');
    const kept = this.#names.get(path) ?? { text: '' };
    kept.text = before + (whole ? text : this.#tear(text));
    this.#names.set(path, kept);
  }

  #change(act: (whole: boolean) => void): Promise<void> {
    return Promise.resolve().then(() => this.#changeNow(act));
  }

  #changeNow(act: (whole: boolean) => void): void {
    if (this.#off) throw new PowerCut();
    this.operations += 1;
    const whole = this.#left > 0;
    this.#left -= 1;
    act(whole);
    if (whole) return;
    this.#off = true;
    throw new PowerCut();
  }
}
