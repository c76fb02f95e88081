import { type JSX, Suspense, useCallback, useMemo } from 'react';
import { Outlet, useLocation, useParams } from 'react-router';
import { useQuery } from 'urql';
import { type ExperimentState, ModelDocument } from '../../api/generated/graphql.js';
import { readSpace } from '../../api/space.js';
import type { Topic } from '../../api/topics.js';
import { sayError } from '../../api/use-action.js';
import { type CampaignWhole, useCampaign } from '../../api/use-campaign.js';
import { useEvents } from '../../api/use-events.js';
import { useExperiments } from '../../api/use-experiments.js';
import { ErrorBoundary } from '../../components/ErrorBoundary.js';
import { usePageTitle, usePolling } from '../../components/hooks.js';
import { Skeleton, Trouble } from '../../components/States.js';
import { NotFoundPage } from '../NotFoundPage.js';
import type { CampaignData } from './campaign-data.js';
import { CampaignHeader } from './CampaignHeader.js';
import { CampaignTabs } from './CampaignTabs.js';
import { mapPointsOf, numbersOf } from './experiment-views.js';
import { viewAt } from './views.js';

const openStates: readonly ExperimentState[] = [
  'proposed',
  'approved',
  'queued',
  'claimed',
  'running',
  'measured',
  'quarantined',
];
const finishedStates: readonly ExperimentState[] = ['accepted', 'failed_sample', 'infeasible', 'cancelled'];

export default function CampaignPage(): JSX.Element {
  const { id = '' } = useParams();
  const view = viewAt(useLocation().pathname);
  const { campaign, error, refetch } = useCampaign(id);
  const name = campaign?.name ?? 'Campaign';
  usePageTitle(view === null || view.path === '' ? name : `${view.label} · ${name}`);
  if (campaign === null || view === null) return <NotFoundPage />;
  if (campaign?.id === id) return <Campaign key={id} campaign={campaign} refetchHead={refetch} />;
  if (error)
    return <Trouble what="The campaign could not be loaded." why={sayError(error)} retry={refetch} />;
  return (
    <div className="stack">
      <Skeleton height="5rem" label="Loading the campaign" />
      <Skeleton height="2.75rem" />
      <ViewSkeleton />
    </div>
  );
}

const ViewSkeleton = (): JSX.Element => (
  <div className="columns">
    <div className="span-7">
      <Skeleton height="27rem" label="Loading the view" />
    </div>
    <div className="span-5">
      <Skeleton height="27rem" />
    </div>
  </div>
);

interface CampaignProps {
  readonly campaign: CampaignWhole;
  readonly refetchHead: () => void;
}

/** One campaign, whichever of its views is open: they share what is known of it, and its events. */
function Campaign({ campaign, refetchHead }: CampaignProps): JSX.Element {
  const { id, objective } = campaign;
  const { pathname } = useLocation();
  const open = useExperiments(id, openStates);
  const finished = useExperiments(id, finishedStates);
  const [model, askModel] = useQuery({ query: ModelDocument, variables: { id } });

  const refetch = useCallback(
    (topics: ReadonlySet<Topic>) => {
      if (topics.has('head')) refetchHead();
      if (topics.has('open')) open.refetch();
      if (topics.has('finished')) finished.refetch();
      if (topics.has('model')) askModel({ requestPolicy: 'network-only' });
    },
    [refetchHead, open.refetch, finished.refetch, askModel],
  );
  const { events, state } = useEvents(id, campaign.lastSeq, refetch);
  const decided = useCallback(() => refetch(new Set(['head', 'open', 'finished'])), [refetch]);

  const inLab = open.rows.some((row) => row.state === 'claimed' || row.state === 'running');
  // Stages and progress come with heartbeats, which are no events.
  const look = useCallback(() => {
    if (inLab) open.refetch();
  }, [inLab, open.refetch]);
  usePolling(look, 3000);

  const space = useMemo(() => readSpace(campaign.space), [campaign.space]);
  const best = campaign.best?.experiment.id ?? null;
  const points = useMemo(
    () => mapPointsOf([...finished.rows, ...open.rows], objective, best),
    [finished.rows, open.rows, objective, best],
  );
  const numbers = useMemo(() => numbersOf([...finished.rows, ...open.rows]), [finished.rows, open.rows]);

  const latest = model.data?.campaign?.latestModel ?? null;
  const modelLoaded = !model.fetching || model.data !== undefined;
  const modelProblem = model.error && !model.data ? sayError(model.error) : null;
  // The same as long as nothing in it is another: what is typed into an address draws no plot anew.
  const shared = useMemo(
    (): CampaignData => ({
      ...{ campaign, space, open, finished, points, numbers, events },
      ...{ model: latest, modelLoaded, modelProblem },
      feed: state,
      onDone: decided,
    }),
    [
      campaign,
      space,
      open,
      finished,
      points,
      numbers,
      events,
      latest,
      modelLoaded,
      modelProblem,
      state,
      decided,
    ],
  );
  return (
    <div className="stack">
      <CampaignHeader campaign={campaign} onDone={decided} />
      <CampaignTabs campaignId={id} />
      {finished.total > finished.rows.length && finished.loaded ? (
        <p className="soft small" role="note">
          Plots draw the latest {finished.rows.length.toLocaleString('en')} of{' '}
          {finished.total.toLocaleString('en')} experiments that ended; the best curve, the model, the
          candidates and the lists have all of them.
        </p>
      ) : null}
      <ErrorBoundary key={pathname} what="This view">
        <Suspense fallback={<ViewSkeleton />}>
          <Outlet context={shared} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
