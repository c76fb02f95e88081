import { setTimeout as pause } from 'node:timers/promises';
import { linkedTo } from '../http/linked.js';

const lookMs = 300;

export interface Watched<T> {
  /** Undefined where it is not there any more. */
  readonly look: () => Promise<T | undefined>;
  readonly isOver: (state: T) => boolean;
}

/** Something as it is, and again each time that anything of it has changed; ends when it does, or the reader. */
export function watch<T>(
  watched: Watched<T>,
  ending: AbortSignal,
): AsyncIterableIterator<T, void, undefined> {
  const { signal, abort: leave } = linkedTo(ending);
  const states = statesOf(watched, signal);
  return {
    next: () => states.next(),
    return: () => {
      leave();
      return states.return();
    },
    throw: (error: unknown) => {
      leave();
      return states.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* statesOf<T>(
  { look, isOver }: Watched<T>,
  ended: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  let told = '';
  while (!ended.aborted) {
    const found = await look();
    if (found === undefined) return;
    const state = JSON.stringify(found);
    if (state !== told) yield found;
    told = state;
    if (isOver(found)) return;
    await pause(lookMs, undefined, { signal: ended }).catch(() => undefined);
  }
}
