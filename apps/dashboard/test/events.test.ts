import { describe, expect, test } from '@jest/globals';
import { followEvents, mergeEvents, retryDelayMs, type Sink } from '../src/api/event-feed.js';
import { staleAfter, StaleTopics, type Topic } from '../src/api/topics.js';

interface Event {
  readonly seq: number;
}

/** A server and a clock held in the hand. */
function rig(after = 0) {
  const opened: { after: number; sink: Sink<Event>; open: boolean }[] = [];
  const waiting: { run: () => void; delayMs: number }[] = [];
  const seen: number[] = [];
  const states: string[] = [];
  const feed = followEvents<Event>({
    after,
    open: (from, sink) => {
      const stream = { after: from, sink, open: true };
      opened.push(stream);
      return () => (stream.open = false);
    },
    onEvent: ({ seq }) => seen.push(seq),
    onState: (state) => states.push(state),
    schedule: (run, delayMs) => {
      const entry = { run, delayMs };
      waiting.push(entry);
      return () => waiting.splice(waiting.indexOf(entry), 1);
    },
  });
  return { feed, opened, waiting, seen, states };
}

describe('following events', () => {
  test('a broken stream is resumed after the last event seen', () => {
    const { opened, waiting, seen, states } = rig(10);
    opened[0]!.sink.next({ seq: 11 });
    opened[0]!.sink.next({ seq: 12 });
    opened[0]!.sink.ended();
    waiting.shift()!.run();
    expect(opened.map((stream) => stream.after)).toEqual([10, 12]);
    opened[1]!.sink.next({ seq: 13 });
    expect(seen).toEqual([11, 12, 13]);
    expect(states).toEqual(['connecting', 'live', 'live', 'reconnecting', 'live']);
  });

  test('an event that was seen is not told again', () => {
    const { opened, seen } = rig(4);
    for (const seq of [4, 5, 5, 3, 6]) opened[0]!.sink.next({ seq });
    expect(seen).toEqual([5, 6]);
  });

  test('a stream that has ended is heard no more, and ends once', () => {
    const { opened, waiting, seen } = rig();
    opened[0]!.sink.ended();
    opened[0]!.sink.ended();
    opened[0]!.sink.next({ seq: 1 });
    expect(seen).toEqual([]);
    expect(waiting).toHaveLength(1);
  });

  test('each failure waits longer, and a connection forgets them', () => {
    const { feed, opened, waiting } = rig();
    const delays: number[] = [];
    for (let i = 0; i < 4; i++) {
      opened[i]!.sink.ended();
      const entry = waiting.shift()!;
      delays.push(entry.delayMs);
      entry.run();
    }
    expect(delays).toEqual([500, 1000, 2000, 4000]);
    feed.connected();
    opened[4]!.sink.ended();
    expect(waiting[0]!.delayMs).toBe(500);
    expect(retryDelayMs(1000)).toBe(30_000);
  });

  test('closing ends the stream, or the wait for the next', () => {
    const live = rig();
    live.feed.close();
    expect(live.opened[0]!.open).toBe(false);
    const broken = rig();
    broken.opened[0]!.sink.ended();
    broken.feed.close();
    expect(broken.waiting).toEqual([]);
  });
});

test('the list of events keeps the newest, each once', () => {
  const merged = mergeEvents([{ seq: 3 }, { seq: 2 }], [{ seq: 3 }, { seq: 5 }, { seq: 4 }], 3);
  expect(merged).toEqual([{ seq: 5 }, { seq: 4 }, { seq: 3 }]);
});

describe('what events make stale', () => {
  test('a plan brings a model and proposals, a switch only the head', () => {
    expect(staleAfter('plan.committed')).toEqual(['head', 'open', 'model']);
    expect(staleAfter('campaign.switched')).toEqual(['head']);
    expect(staleAfter('something.new')).toEqual(['head']);
  });

  test('a burst is one refetch, after the pause or after the longest wait', () => {
    const timers: { run: () => void; delayMs: number; off: boolean }[] = [];
    const asked: Topic[][] = [];
    const stale = new StaleTopics(
      (topics) => asked.push([...topics].sort()),
      (run, delayMs) => {
        const timer = { run, delayMs, off: false };
        timers.push(timer);
        return () => (timer.off = true);
      },
    );
    stale.add(['head']);
    stale.add(['open', 'head']);
    const pending = timers.filter(({ off }) => !off);
    expect(pending.map(({ delayMs }) => delayMs).sort((a, b) => a - b)).toEqual([250, 1000]);
    pending[0]!.run();
    expect(asked).toEqual([['head', 'open']]);
    expect(timers.every(({ off }) => off)).toBe(true);
  });
});
