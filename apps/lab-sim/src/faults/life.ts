import type { Disk } from '@ionloop/lab-client';

/** The station's process has died; whatever it still wanted to do does not happen. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** One run of a station's program, from its start to its end or its death. */
export class Life {
  readonly #end = new AbortController();
  #dead = false;

  constructor(stop: AbortSignal) {
    if (stop.aborted) this.#end.abort(stop.reason);
    stop.addEventListener('abort', () => this.#end.abort(stop.reason), { once: true });
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** As kill -9 would: not a word is sent, not a letter written any more. */
  kill(): Died {
    const died = new Died('the station’s process has died');
    this.#dead = true;
    this.#end.abort(died);
    return died;
  }

  mustLive(): void {
    if (this.#dead) throw new Died('the station’s process has died');
  }
}

/** The disk as a mortal sees it: it takes nothing from the dead, and nothing while it is full. */
export const diskOf = (disk: Disk, life: Life, isFull: () => boolean): Disk => {
  const write =
    <A extends readonly unknown[], T>(act: (...args: A) => Promise<T>, needsRoom: boolean) =>
    (...args: A): Promise<T> =>
      Promise.resolve().then(() => {
        life.mustLive();
        if (needsRoom && isFull()) throw new Error('ENOSPC: no space left on device');
        return act(...args);
      });
  return {
    read: (path) => disk.read(path),
    append: write((path, text) => disk.append(path, text), true),
    write: write((path, text) => disk.write(path, text), true),
    store: write((path, content) => disk.store(path, content), true),
    size: (path) => disk.size(path),
    readBytes: (path, from, length) => disk.readBytes(path, from, length),
    remove: write((path) => disk.remove(path), false),
    names: (folder) => disk.names(folder),
    rename: write((from, to) => disk.rename(from, to), false),
    makeFolder: write((path) => disk.makeFolder(path), true),
    syncFolder: write((path) => disk.syncFolder(path), false),
  };
};
