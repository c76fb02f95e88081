import { type JSX, useCallback } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { CampaignsDocument } from '../api/generated/graphql.js';
import { useSession } from '../api/session-context.js';
import { may } from '../api/session.js';
import { sayError } from '../api/use-action.js';
import { usePageTitle, usePolling } from '../components/hooks.js';
import { NeedsYou } from '../components/NeedsYou.js';
import { Empty, Skeleton, Trouble } from '../components/States.js';
import { TourOffer } from '../tour/TourOffer.js';
import { CampaignCard } from './CampaignCard.js';

export function CampaignsPage(): JSX.Element {
  usePageTitle('Campaigns');
  const { role } = useSession();
  const [{ data, error }, ask] = useQuery({ query: CampaignsDocument });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  usePolling(refetch, 5000);
  const canPlan = may(role, 'plan');
  const campaigns = data?.campaigns.nodes;

  return (
    <>
      <div className="page-head">
        <div>
          <h1>Campaigns</h1>
          <p className="soft">Each searches one space for one best material, experiment by experiment.</p>
        </div>
        {canPlan ? (
          <Link className="button primary" to="/new">
            New campaign
          </Link>
        ) : null}
      </div>
      <div className="stack">
        {error && !campaigns ? (
          <Trouble what="The campaigns could not be loaded." why={sayError(error)} retry={refetch} />
        ) : null}
        {campaigns ? <TourOffer campaigns={campaigns} /> : null}
        {campaigns && campaigns.length > 0 ? <NeedsYou /> : null}
        {campaigns ? (
          campaigns.length > 0 ? (
            <ul className="campaign-cards">
              {campaigns.map((campaign) => (
                <li key={campaign.id}>
                  <CampaignCard campaign={campaign} />
                </li>
              ))}
            </ul>
          ) : (
            <Empty title="No campaign yet">
              <p>
                A campaign says what may be varied, what is wanted, and how many experiments may be spent.
                Start from a template; it takes a minute.
              </p>
              {canPlan ? (
                <Link className="button primary" to="/new">
                  Create the first one
                </Link>
              ) : null}
            </Empty>
          )
        ) : error ? null : (
          <div className="campaign-cards">
            <Skeleton height="17rem" label="Loading campaigns" />
            <Skeleton height="17rem" />
            <Skeleton height="17rem" />
          </div>
        )}
      </div>
    </>
  );
}
