import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const note = '.ended-by-watchdog';

/** Ends this process once a mutant has used more of the processor's time than it was allowed, and leaves a note for the next. */
export class Watchdog {
  /** The mutant, and the seconds of this process at which it ends; none while that is 0. */
  #shared = new Float64Array(new SharedArrayBuffer(16));

  constructor() {
    const worker = new Worker(watch, { eval: true, workerData: { shared: this.#shared, note } });
    worker.unref();
  }

  allow(mutant, seconds) {
    const { user, system } = process.cpuUsage();
    this.#shared[0] = Number(mutant);
    this.#shared[1] = (user + system) / 1e6 + seconds;
  }

  rest() {
    this.#shared[1] = 0;
  }

  /** Whether this mutant was what the process before this one was ended for; asked once. */
  endedBy(mutant) {
    if (!existsSync(note)) return false;
    const ended = readFileSync(note, 'utf8') === String(Number(mutant));
    rmSync(note);
    return ended;
  }
}

const watch = `
const { workerData: { shared, note } } = require('node:worker_threads');
const { writeFileSync } = require('node:fs');
setInterval(() => {
  const { user, system } = process.cpuUsage();
  if (shared[1] === 0 || (user + system) / 1e6 < shared[1]) return;
  writeFileSync(note, String(shared[0]));
  process.kill(process.pid, 'SIGKILL');
}, 500);
`;
