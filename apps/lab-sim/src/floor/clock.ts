import { realClock, type Clock } from '@ionloop/lab-client';

/** The time of the lab, so many times faster than ours. */
export const scaledClock = (speed: number): Clock => ({
  now: () => realClock.now() * speed,
  after: (ms, call) => realClock.after(ms / speed, call),
});

interface Due {
  readonly at: number;
  readonly call: () => void;
}

/** A clock that stands still until it is moved to the next moment at which something is due. */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #due: Due[] = [];
  #wake: (() => void) | null = null;

  now(): number {
    return this.#now;
  }

  /** What is due at the same moment is called in the order in which it was asked for. */
  after(ms: number, call: () => void): () => void {
    const due = { at: this.#now + Math.max(0, ms), call };
    let place = this.#due.length;
    while (place > 0 && (this.#due[place - 1] as Due).at > due.at) place -= 1;
    this.#due.splice(place, 0, due);
    this.#wake?.();
    return () => {
      const found = this.#due.indexOf(due);
      if (found >= 0) this.#due.splice(found, 1);
    };
  }

  /** False where nothing is due, ever. */
  jump(): boolean {
    const next = this.#due.shift();
    if (!next) return false;
    this.#now = next.at;
    next.call();
    return true;
  }

  somethingDue(): Promise<void> {
    if (this.#due.length > 0) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

/**
 * Moves the clock on each time everything has come to rest. `atRest` resolves when nobody can do anything any more
 * before the clock moves.
 */
export async function letTimePass(
  clock: VirtualClock,
  atRest: () => Promise<void>,
  over: AbortSignal,
): Promise<void> {
  const end = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
  const isOver = (): boolean => over.aborted;
  while (!isOver()) {
    await Promise.race([clock.somethingDue(), end]);
    await Promise.race([atRest(), end]);
    if (!isOver()) clock.jump();
  }
}

/** Where all else is promises in this process: they have run out when the event loop comes round. */
export const promisesRunOut = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
