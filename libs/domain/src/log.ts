import type { Actor } from './access.js';
import { IonloopError } from './errors.js';
import type { CampaignEvent, RecordedEvent } from './events.js';
import { hashOf } from './hash.js';

/** Where a campaign's log ends: the next event is chained to it. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

export const emptyLog: LogHead = { seq: 0, hash: '0'.repeat(64) };

export function chain(
  head: LogHead,
  campaignId: string,
  at: string,
  actor: Actor,
  event: CampaignEvent,
): RecordedEvent {
  const body = { campaignId, seq: head.seq + 1, at, actor, event, prevHash: head.hash };
  return { ...body, hash: hashOf(body) };
}

/** Refuses a log with a gap, a changed event or a broken link, and names the first that is wrong. */
export function checkChain(events: Iterable<RecordedEvent>, from: LogHead = emptyLog): LogHead {
  let head = from;
  for (const recorded of events) {
    const { hash, ...body } = recorded;
    const complaint =
      recorded.seq !== head.seq + 1
        ? `event ${head.seq + 1} is missing`
        : recorded.prevHash !== head.hash
          ? `event ${recorded.seq} does not follow from event ${head.seq}`
          : hashOf(body) !== hash
            ? `event ${recorded.seq} (${recorded.event.type}) was changed after it was written`
            : null;
    if (complaint !== null) {
      throw new IonloopError(
        'RECORD_CORRUPT',
        `the log of campaign ${recorded.campaignId} is broken: ${complaint}`,
      );
    }
    head = { seq: recorded.seq, hash };
  }
  return head;
}
