import { type JSX, useCallback } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { LabQueueDocument } from '../../api/generated/graphql.js';
import { sayError } from '../../api/use-action.js';
import { Badge } from '../../components/Badge.js';
import { useNow, usePolling } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { Skeleton, Trouble } from '../../components/States.js';
import { labelText } from '../../format/formula.js';
import { spanWords } from '../../format/time.js';

const shown = 12;

/** What is approved and waits for a station, the longest first. */
export function Queue(): JSX.Element {
  const [{ data, error }, ask] = useQuery({ query: LabQueueDocument });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  usePolling(refetch, 3000);
  const now = useNow(1000);
  const waiting = (data?.campaigns.nodes ?? [])
    .flatMap((campaign) =>
      campaign.experiments.edges.map(({ node }) => ({
        campaign,
        ...node,
        since: node.approvedAt ?? node.createdAt,
      })),
    )
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  const total = (data?.campaigns.nodes ?? []).reduce(
    (sum, { experiments }) => sum + experiments.totalCount,
    0,
  );
  return (
    <Panel title="Queue" count={data ? total : undefined}>
      {error && !data ? (
        <Trouble what="The queue could not be loaded." why={sayError(error)} retry={refetch} />
      ) : !data ? (
        <Skeleton height="6rem" label="Loading the queue" />
      ) : waiting.length === 0 ? (
        <p className="soft">Nothing waits for a station.</p>
      ) : (
        <ul className="running">
          {waiting.slice(0, shown).map(({ id, number, label, campaign, since }) => (
            <li key={id}>
              <span className="line">
                <strong>
                  <Link to={`/campaigns/${campaign.id}`}>
                    {campaign.name}, experiment {number}
                  </Link>
                </strong>
                <span className="soft small number">
                  waits {spanWords(now.getTime() - new Date(since).getTime())}
                </span>
              </span>
              <span className="soft small">{labelText(label)}</span>
              {campaign.dispatch && campaign.state === 'active' ? null : (
                <span>
                  <Badge
                    word={campaign.state === 'active' ? 'Dispatch is off' : 'The campaign is paused'}
                    tone="warn"
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {total > shown ? (
        <p className="soft small">And {total - Math.min(shown, waiting.length)} more.</p>
      ) : null}
    </Panel>
  );
}
