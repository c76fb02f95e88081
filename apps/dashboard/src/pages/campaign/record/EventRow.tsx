import { type JSX, useState } from 'react';
import type { ActorKind } from '../../../api/generated/graphql.js';
import { Badge } from '../../../components/Badge.js';
import { clockTime, dayAndTime } from '../../../format/time.js';
import { subjectOf } from './filter.js';
import type { AuditEvent } from './use-record.js';

const actorKinds: Readonly<Record<ActorKind, string>> = {
  loop: 'the loop',
  person: 'a person',
  station: 'a station',
};

interface EventRowProps {
  readonly event: AuditEvent;
  readonly experiment: number | null;
}

/** One event; its content is asked for by who wants it. */
export function EventRow({ event, experiment }: EventRowProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const { seq, at, type, actor, actorKind, summary, why, hash, payload } = event;
  return (
    <li>
      <span className="seq number">{seq}</span>
      <time dateTime={at} title={dayAndTime(at)} className="number">
        {clockTime(at)}
      </time>
      <Badge {...subjectOf(type)} />
      <div className="what">
        <span>
          {summary}
          {why === null || why === '' || summary.includes(why) ? '' : `: ${why}`}
        </span>
        <span className="soft small">
          {actor}
          {experiment === null ? '' : ` · experiment ${experiment}`}
        </span>
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>
            Details<span className="visually-hidden"> of event {seq}</span>
          </summary>
          {open ? (
            <>
              <p className="small">
                <code>{type}</code> · {dayAndTime(at)} · by {actorKinds[actorKind]} · hash <code>{hash}</code>
              </p>
              <pre tabIndex={0} aria-label={`Content of event ${seq}`}>
                {JSON.stringify(payload, null, 2)}
              </pre>
            </>
          ) : null}
        </details>
      </div>
    </li>
  );
}
