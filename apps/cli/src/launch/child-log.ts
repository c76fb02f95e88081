import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const largest = 10 * 1024 * 1024;
const kept = 3;
const tailLines = 20;

/** What a child writes, in a file that is followed by older ones: api.log, api.log.1, api.log.2. */
export class ChildLog {
  #fd: number;
  #size: number;
  #tail = '';

  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.#fd = openSync(file, 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
  }

  write(text: string): void {
    this.#tail = `${this.#tail}${text}`
      .split('\n')
      .slice(-tailLines - 1)
      .join('\n');
    if (this.#size > largest) this.#rotate();
    try {
      this.#size += writeSync(this.#fd, text);
    } catch {
      // A full disk must not stop the lab; the last lines are still at hand.
    }
  }

  /** The last lines, for a message about why the child ended. */
  get tail(): string {
    return this.#tail.trim();
  }

  close(): void {
    closeSync(this.#fd);
  }

  #rotate(): void {
    closeSync(this.#fd);
    for (let age = kept - 1; age >= 1; age -= 1) {
      const younger = age === 1 ? this.file : `${this.file}.${age - 1}`;
      if (existsSync(younger)) renameSync(younger, `${this.file}.${age}`);
    }
    this.#fd = openSync(this.file, 'a', 0o600);
    this.#size = 0;
  }
}
