import type { JSX } from 'react';
import { Link } from 'react-router';
import type { FeedState } from '../../api/event-feed.js';
import type { CampaignEvent } from '../../api/use-events.js';
import { Panel } from '../../components/Panel.js';
import { Skeleton } from '../../components/States.js';
import { experimentOf } from './experiment-views.js';
import { viewAddress } from './views.js';
import { clockTime, dayAndTime } from '../../format/time.js';

interface EventListProps {
  readonly campaignId: string;
  readonly events: readonly CampaignEvent[];
  readonly state: FeedState;
  readonly lastSeq: number;
  /** The number of an experiment by its id or an attempt's. */
  readonly numbers: ReadonlyMap<string, number>;
}

const words: Readonly<Record<FeedState, string>> = {
  connecting: 'connecting…',
  live: 'live',
  reconnecting: 'reconnecting…',
};

/** The record as it grows, the newest first. */
export function EventList({ campaignId, events, state, lastSeq, numbers }: EventListProps): JSX.Element {
  const seq = events[0]?.seq ?? lastSeq;
  return (
    <Panel
      title="Events"
      tools={
        <span className="soft small" role="status">
          <span data-testid="feed-state">{words[state]}</span>{' '}
          <span className="number" data-testid="event-seq" data-value={seq}>
            #{seq}
          </span>
        </span>
      }
    >
      {events.length === 0 ? (
        state === 'live' ? (
          <p className="soft small">Nothing has happened yet.</p>
        ) : (
          <Skeleton height="12rem" label="Loading events" />
        )
      ) : (
        <ol className="events" tabIndex={0} aria-label="Events, the newest first">
          {events.map((event) => (
            <li key={event.seq} data-seq={event.seq}>
              <time dateTime={event.at} title={dayAndTime(event.at)}>
                {clockTime(event.at)}
              </time>
              <span>
                {event.summary}{' '}
                <span className="seq">
                  · {[ofExperiment(event.payload, numbers), event.actor].filter(Boolean).join(' · ')}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="small">
        <Link to={viewAddress(campaignId, 'record')}>The whole record</Link>
      </p>
    </Panel>
  );
}

function ofExperiment(payload: unknown, numbers: ReadonlyMap<string, number>): string | null {
  const number = experimentOf(payload, numbers);
  return number === null ? null : `no. ${number}`;
}
