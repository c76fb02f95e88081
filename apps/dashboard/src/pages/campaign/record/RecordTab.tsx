import { type JSX, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Badge } from '../../../components/Badge.js';
import { SelectField, TextField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { csvText } from '../../../format/csv.js';
import { fileName, saveFile } from '../../../format/save-file.js';
import { clockTime, dayAndTime } from '../../../format/time.js';
import { plural } from '../../../format/words.js';
import { useCampaignData } from '../campaign-data.js';
import { experimentOf } from '../experiment-views.js';
import {
  actorsOf,
  anything,
  type Filter,
  filterOf,
  isFiltering,
  matching,
  type RecordedEvent,
  searchOf,
  subjectOf,
  subjects,
} from './filter.js';
import { useRecord } from './use-record.js';

const step = 60;

/** Everything that happened, who did it, and what it was decided on: nothing of it is ever changed. */
export default function RecordTab(): JSX.Element {
  const { campaign, numbers } = useCampaignData();
  const record = useRecord(campaign.id, campaign.lastSeq);
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => filterOf(search), [search]);
  const [most, setMost] = useState(step);
  const shown = useMemo(() => matching(record.events, filter, numbers), [record.events, filter, numbers]);
  const set = (part: Partial<Filter>): void => {
    setMost(step);
    setSearch(searchOf({ ...filter, ...part }), { replace: true, preventScrollReset: true });
  };
  const oldest = record.events.at(-1)?.seq ?? 0;
  const latest = record.events[0];

  return (
    <div className="stack">
      <Panel
        title="Record"
        count={record.loaded ? shown.length : undefined}
        note={
          latest
            ? `Each event carries the hash of everything before it, so that nothing can be changed unseen. The record stands at event ${latest.seq}, ${latest.hash.slice(0, 16)}…`
            : 'Each event carries the hash of everything before it, so that nothing can be changed unseen.'
        }
        tools={
          record.loaded ? (
            <>
              <button
                type="button"
                className="button small"
                onClick={() =>
                  saveFile(`${fileName(campaign.name, 'record')}.csv`, 'text/csv', csvOf(shown, numbers))
                }
              >
                CSV<span className="visually-hidden"> of the events shown</span>
              </button>
              <button
                type="button"
                className="button small"
                onClick={() =>
                  saveFile(
                    `${fileName(campaign.name, 'record')}.json`,
                    'application/json',
                    JSON.stringify([...shown].reverse(), null, 2),
                  )
                }
              >
                JSON<span className="visually-hidden"> of the events shown</span>
              </button>
            </>
          ) : undefined
        }
      >
        <form className="filters" role="search" aria-label="The record" onSubmit={(e) => e.preventDefault()}>
          <SelectField
            path="about"
            label="About"
            value={filter.subject}
            options={[
              { value: '', label: 'Everything' },
              ...subjects.map(({ value, word }) => ({ value, label: word })),
            ]}
            onChange={(subject) => set({ subject })}
          />
          <SelectField
            path="by"
            label="By"
            value={filter.actor}
            options={[
              { value: '', label: 'Anybody' },
              ...[
                ...new Set([...actorsOf(record.events), ...(filter.actor === '' ? [] : [filter.actor])]),
              ].map((actor) => ({ value: actor, label: actor })),
            ]}
            onChange={(actor) => set({ actor })}
          />
          <TextField
            path="experiment"
            label="Experiment no."
            numeric
            value={filter.experiment}
            onChange={(experiment) => set({ experiment })}
          />
          <TextField
            path="text"
            label="Words or hash"
            value={filter.text}
            onChange={(text) => set({ text })}
          />
          <button
            type="button"
            className="button"
            disabled={!isFiltering(filter)}
            onClick={() => set(anything)}
          >
            Show all
          </button>
        </form>
        {record.problem === null ? null : (
          <Trouble what="The record could not be loaded." why={record.problem} retry={record.retry} />
        )}
        {!record.loaded ? (
          record.problem === null ? (
            <Skeleton height="24rem" label="Loading the record" />
          ) : null
        ) : shown.length === 0 ? (
          <Empty title={isFiltering(filter) ? 'No event is like that' : 'Nothing has happened yet'}>
            {isFiltering(filter) && record.earlier ? (
              <p>Only the events since {oldest} were looked at.</p>
            ) : null}
          </Empty>
        ) : (
          <ol className="record" aria-label="Events, the newest first">
            {shown.slice(0, most).map((event) => (
              <EventRow key={event.seq} event={event} numbers={numbers} />
            ))}
          </ol>
        )}
        <div className="pager">
          <span role="status">
            {record.loaded
              ? `${plural(shown.length, 'event')} of ${record.events.length} looked at, back to event ${oldest}.`
              : ''}
          </span>
          <span className="row">
            {shown.length > most ? (
              <button type="button" className="button small" onClick={() => setMost(most + step)}>
                Show {Math.min(step, shown.length - most)} more
              </button>
            ) : null}
            {record.loaded && record.earlier ? (
              <button
                type="button"
                className="button small"
                disabled={record.busy}
                onClick={record.loadEarlier}
              >
                Look further back
              </button>
            ) : null}
          </span>
        </div>
      </Panel>
    </div>
  );
}

interface EventRowProps {
  readonly event: RecordedEvent;
  readonly numbers: ReadonlyMap<string, number>;
}

function EventRow({ event, numbers }: EventRowProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const number = experimentOf(event.payload, numbers);
  return (
    <li>
      <span className="seq number">{event.seq}</span>
      <time dateTime={event.at} title={dayAndTime(event.at)} className="number">
        {clockTime(event.at)}
      </time>
      <Badge {...subjectOf(event.type)} />
      <div className="what">
        <span>{event.summary}</span>
        <span className="soft small">
          {event.actor}
          {number === null ? '' : ` · experiment ${number}`}
        </span>
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>
            Details<span className="visually-hidden"> of event {event.seq}</span>
          </summary>
          {open ? (
            <>
              <p className="small">
                <code>{event.type}</code> · {dayAndTime(event.at)} · hash <code>{event.hash}</code>
              </p>
              <pre tabIndex={0} aria-label={`Content of event ${event.seq}`}>
                {JSON.stringify(event.payload, null, 2)}
              </pre>
            </>
          ) : null}
        </details>
      </div>
    </li>
  );
}

const csvOf = (events: readonly RecordedEvent[], numbers: ReadonlyMap<string, number>): string =>
  csvText({
    columns: ['seq', 'at', 'type', 'actor', 'experiment', 'summary', 'hash', 'payload'],
    rows: [...events]
      .reverse()
      .map(({ seq, at, type, actor, summary, hash, payload }) => [
        seq,
        at,
        type,
        actor,
        experimentOf(payload, numbers),
        summary,
        hash,
        JSON.stringify(payload),
      ]),
  });
