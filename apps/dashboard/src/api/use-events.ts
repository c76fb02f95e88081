import { useEffect, useRef, useState } from 'react';
import { stringifyDocument } from 'urql';
import { createSubscriptions } from './client.js';
import { type FeedState, followEvents, mergeEvents } from './event-feed.js';
import {
  CampaignEventsDocument,
  type CampaignEventsSubscription,
  type CampaignEventsSubscriptionVariables,
} from './generated/graphql.js';
import { reach } from './reach.js';
import { useSession } from './session-context.js';
import { allTopics, staleAfter, StaleTopics, type Topic } from './topics.js';

export type CampaignEvent = CampaignEventsSubscription['campaignEvents'];

export interface Events {
  readonly events: readonly CampaignEvent[];
  readonly state: FeedState;
}

const history = 40;
const keep = 200;
const query = stringifyDocument(CampaignEventsDocument);

const schedule = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/** A campaign's latest events and those that follow; what they make stale is told in batches. */
export function useEvents(
  campaignId: string,
  lastSeq: number | null,
  onStale: (topics: ReadonlySet<Topic>) => void,
): Events {
  const session = useSession();
  const [events, setEvents] = useState<readonly CampaignEvent[]>([]);
  const [state, setState] = useState<FeedState>('connecting');
  const handler = useRef(onStale);
  useEffect(() => {
    handler.current = onStale;
  }, [onStale]);
  const [start, setStart] = useState<number | null>(null);
  if (start === null && lastSeq !== null) setStart(lastSeq);

  useEffect(() => {
    if (start === null) return;
    const socket = createSubscriptions(session);
    const stale = new StaleTopics((topics) => handler.current(topics), schedule);
    let broken = false;
    let fresh: CampaignEvent[] = [];
    const show = (): void => {
      const batch = fresh;
      fresh = [];
      setEvents((known) => mergeEvents(known, batch, keep));
    };
    const feed = followEvents<CampaignEvent>({
      after: Math.max(0, start - history),
      open: (after, sink) =>
        socket.subscribe<CampaignEventsSubscription, Record<string, unknown>>(
          { query, variables: { campaign: campaignId, after } satisfies CampaignEventsSubscriptionVariables },
          {
            next: ({ data }) => {
              if (data) sink.next(data.campaignEvents);
            },
            error: sink.ended,
            complete: sink.ended,
          },
        ),
      onEvent: (event) => {
        if (fresh.push(event) === 1) queueMicrotask(show);
        if (event.seq > start) stale.add(staleAfter(event.type));
      },
      onState: (next) => {
        // What was asked for while the server was away was not answered.
        if (next === 'live' && broken) stale.add(allTopics);
        if (next === 'reconnecting') reach.look();
        broken = next === 'reconnecting';
        setState(next);
      },
      schedule,
    });
    const silence = socket.on('connected', () => feed.connected());
    return () => {
      silence();
      feed.close();
      stale.cancel();
      void socket.dispose();
    };
  }, [campaignId, session, start]);
  return { events, state };
}
