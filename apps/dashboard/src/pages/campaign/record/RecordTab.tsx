import { type JSX, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { csvText } from '../../../format/csv.js';
import { fileName, saveFile } from '../../../format/save-file.js';
import { plural } from '../../../format/words.js';
import { useCampaignData } from '../campaign-data.js';
import { experimentOf } from '../experiment-views.js';
import { EventRow } from './EventRow.js';
import { ExportPanel } from './ExportPanel.js';
import { KnowledgePanel } from './KnowledgePanel.js';
import { auditFilters, type Filter, filterOf, isFiltering, searchOf } from './filter.js';
import { RecordFilters } from './RecordFilters.js';
import { type AuditEvent, useRecord } from './use-record.js';
import { VerificationPanel } from './VerificationPanel.js';

/** Everything that happened, who did it, and what it was decided on: nothing of it is ever changed. */
export default function RecordTab(): JSX.Element {
  const { campaign, numbers } = useCampaignData();
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => filterOf(search), [search]);
  // An experiment's attempts come with time; only who looks for one needs to know them.
  const known = filter.experiment === '' ? null : numbers;
  const filters = useMemo(
    () =>
      auditFilters(filter, (number) =>
        [...(known ?? [])].flatMap(([id, own]) => (own === number ? [id] : [])),
      ),
    [filter, known],
  );
  const record = useRecord(campaign.id, campaign.lastSeq, filters);
  const { events, total, loaded } = record;
  const actors = useSeen(events.map(({ actor }) => actor));
  const set = (part: Partial<Filter>): void =>
    setSearch(searchOf({ ...filter, ...part }), { replace: true, preventScrollReset: true });
  const filtering = isFiltering(filter);
  const name = fileName(campaign.name, 'record');

  return (
    <div className="stack">
      <Panel
        title="Record"
        count={loaded ? total : undefined}
        note="Each event carries the hash of everything before it, so that nothing can be changed unseen. CSV and JSON hold the events that are shown."
        tools={
          events.length > 0 ? (
            <>
              <button
                type="button"
                className="button small"
                onClick={() => saveFile(`${name}.csv`, 'text/csv', csvOf(events, numbers))}
              >
                CSV<span className="visually-hidden"> of the events shown</span>
              </button>
              <button
                type="button"
                className="button small"
                onClick={() =>
                  saveFile(`${name}.json`, 'application/json', JSON.stringify([...events].reverse(), null, 2))
                }
              >
                JSON<span className="visually-hidden"> of the events shown</span>
              </button>
            </>
          ) : undefined
        }
      >
        <RecordFilters filter={filter} actors={actors} onChange={set} />
        {record.problem === null ? null : (
          <Trouble what="The record could not be loaded." why={record.problem} retry={record.retry} />
        )}
        {!loaded ? (
          record.problem === null ? (
            <Skeleton height="24rem" label="Loading the record" />
          ) : null
        ) : events.length === 0 ? (
          <Empty title={filtering ? 'No event is like that' : 'Nothing has happened yet'} />
        ) : (
          <ol className="record" aria-label="Events, the newest first">
            {events.map((event) => (
              <EventRow key={event.seq} event={event} experiment={experimentOf(event.payload, numbers)} />
            ))}
          </ol>
        )}
        <div className="pager">
          <span role="status">
            {loaded ? `${events.length} of ${plural(total, 'event')}${filtering ? ' like that' : ''}` : ''}
          </span>
          {record.next === null ? null : (
            <button type="button" className="button small" disabled={record.busy} onClick={record.more}>
              Show more
            </button>
          )}
        </div>
      </Panel>
      <KnowledgePanel campaignId={campaign.id} lastSeq={campaign.lastSeq} />
      <VerificationPanel campaignId={campaign.id} />
      <ExportPanel campaignId={campaign.id} name={campaign.name} />
    </div>
  );
}

/** Everything that was ever among the values, in the order of the alphabet. */
function useSeen(values: readonly string[]): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const fresh = values.filter((value) => !seen.includes(value));
  if (fresh.length > 0) setSeen([...new Set([...seen, ...fresh])].sort((a, b) => a.localeCompare(b)));
  return seen;
}

const csvOf = (events: readonly AuditEvent[], numbers: ReadonlyMap<string, number>): string =>
  csvText({
    columns: ['seq', 'at', 'type', 'actor', 'experiment', 'summary', 'why', 'hash', 'payload'],
    rows: [...events]
      .reverse()
      .map(({ seq, at, type, actor, summary, why, hash, payload }) => [
        seq,
        at,
        type,
        actor,
        experimentOf(payload, numbers),
        summary,
        why,
        hash,
        JSON.stringify(payload),
      ]),
  });
