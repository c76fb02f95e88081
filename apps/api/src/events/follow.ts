import type { RecordedEvent } from '@ionloop/domain';
import type { RecordReader } from '@ionloop/engine';
import { linkedTo } from '../http/linked.js';
import type { Signals } from './signals.js';

export interface Following {
  readonly read: Pick<RecordReader, 'events'>;
  readonly signals: Signals;
  readonly campaignId: string;
  /** Everything after this sequence number. */
  readonly after: number;
  readonly pageSize?: number;
  /** A hint that was missed delays by this much and no more. */
  readonly pollMs?: number;
}

/**
 * A campaign's events for ever, read from the log by sequence number, a page at a time and only when the reader asks
 * for more. Ends when the reader does, even in the middle of waiting.
 */
export function follow(
  following: Following,
  ending: AbortSignal,
): AsyncIterableIterator<RecordedEvent, void, undefined> {
  const { signal, abort: leave } = linkedTo(ending);
  const events = read(following, signal);
  return {
    next: () => events.next(),
    return: () => {
      leave();
      return events.return();
    },
    throw: (error: unknown) => {
      leave();
      return events.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* read(
  { read: reader, signals, campaignId, after, pageSize = 200, pollMs = 2000 }: Following,
  ended: AbortSignal,
): AsyncGenerator<RecordedEvent, void, undefined> {
  // Watching before reading: what happens between the two is heard of.
  const watch = signals.watch(campaignId);
  try {
    let seq = after;
    while (!ended.aborted) {
      const page = await reader.events(campaignId, seq, pageSize);
      for (const event of page) {
        yield event;
        seq = event.seq;
      }
      if (page.length < pageSize) await watch.next(pollMs, ended);
    }
  } finally {
    watch.close();
  }
}
