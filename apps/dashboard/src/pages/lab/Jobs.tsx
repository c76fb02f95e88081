import { type JSX, useCallback } from 'react';
import { useQuery } from 'urql';
import { JobQueuesDocument, type JobQueuesQuery } from '../../api/generated/graphql.js';
import { sayError } from '../../api/use-action.js';
import { useNow, usePolling } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { Skeleton, Trouble } from '../../components/States.js';
import { countText } from '../../format/number.js';
import { ago, dayAndTime } from '../../format/time.js';
import { failuresOf, kindWord, lostWords, oldestWords, standingWords, unlistedWords } from './job-words.js';

type Kinds = JobQueuesQuery['queues']['kinds'];

const shown = 12;

/** What the workers have before them and what failed, for who looks after the instance. */
export default function Jobs(): JSX.Element {
  const [{ data, error }, ask] = useQuery({ query: JobQueuesDocument });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  usePolling(refetch, 5000);
  const lost = data ? lostWords(data.queues.lostWakeUps) : null;
  return (
    <Panel title="Jobs in the background" note={data?.queues.about}>
      {error ? (
        <Trouble what="The jobs could not be looked up." why={sayError(error)} retry={refetch} />
      ) : null}
      {data ? (
        <>
          <p>{standingWords(data.queues.kinds)}</p>
          {lost === null ? null : <p className="notice warn">{lost}</p>}
          <Depths kinds={data.queues.kinds} />
          <Failures kinds={data.queues.kinds} />
        </>
      ) : error ? null : (
        <Skeleton height="12rem" label="Loading the jobs in the background" />
      )}
    </Panel>
  );
}

const counts = [
  { of: 'waiting', label: 'Wait' },
  { of: 'running', label: 'Run' },
  { of: 'later', label: 'Come later' },
  { of: 'done', label: 'Done lately' },
  { of: 'failed', label: 'Failed' },
] as const;

const Depths = ({ kinds }: { readonly kinds: Kinds }): JSX.Element => (
  <div className="table-scroll">
    <table className="table cards">
      <caption className="visually-hidden">
        Jobs by their kind: how many wait, run, are tried later, were done in the last five minutes and failed
        in the last week
      </caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          {counts.map(({ of, label }) => (
            <th key={of} scope="col" className="right">
              {label}
            </th>
          ))}
          <th scope="col" className="right">
            The oldest waits
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.name}>
            <th scope="row">{kindWord(kind.name)}</th>
            {counts.map(({ of, label }) => (
              <td key={of} className="right" data-label={label}>
                {countText(kind[of])}
              </td>
            ))}
            <td className="right" data-label="The oldest waits">
              {oldestWords(kind) ?? <span className="soft">–</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

function Failures({ kinds }: { readonly kinds: Kinds }): JSX.Element {
  const now = useNow(5000);
  const failures = failuresOf(kinds).slice(0, shown);
  const more = unlistedWords(kinds, failures.length);
  return (
    <>
      <h3>Failed jobs</h3>
      {failures.length === 0 && more === null ? (
        <p className="soft">No job failed in the last week.</p>
      ) : (
        <ul className="running">
          {failures.map(({ key, kind, at, reason, tried }) => (
            <li key={key}>
              <span className="line">
                <strong>{kind}</strong>
                <span className="soft small">
                  {tried},{' '}
                  <time dateTime={at} title={dayAndTime(at)}>
                    {ago(at, now)}
                  </time>
                </span>
              </span>
              <span className="small">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      {more === null ? null : <p className="soft small">{more}</p>}
    </>
  );
}
