import { type JSX, lazy, Suspense, useCallback, useMemo } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import {
  CampaignDocument,
  type CampaignHeadFragment,
  type ExperimentState,
  ModelDocument,
} from '../../api/generated/graphql.js';
import { useSession } from '../../api/session-context.js';
import { may } from '../../api/session.js';
import { drawingOf, readSpace } from '../../api/space.js';
import type { Topic } from '../../api/topics.js';
import { sayError } from '../../api/use-action.js';
import { useEvents } from '../../api/use-events.js';
import { useExperiments } from '../../api/use-experiments.js';
import { ErrorBoundary } from '../../components/ErrorBoundary.js';
import { usePageTitle, usePolling } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { CampaignHeader } from './CampaignHeader.js';
import { Decisions } from './Decisions.js';
import { EventList } from './EventList.js';
import { failuresOf, mapPointsOf, numbersOf } from './experiment-views.js';
import { Figures } from './Figures.js';
import { Proposals } from './Proposals.js';
import { Results } from './Results.js';
import { Running } from './Running.js';

const BestCurve = lazy(async () => ({ default: (await import('../../plots/BestCurve.js')).BestCurve }));
const SpaceMap = lazy(async () => ({ default: (await import('./SpaceMap.js')).SpaceMap }));
const ModelPanel = lazy(async () => ({ default: (await import('./ModelPanel.js')).ModelPanel }));

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
  const [{ data, error }, ask] = useQuery({ query: CampaignDocument, variables: { id } });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const campaign = data?.campaign;
  usePageTitle(campaign?.name ?? 'Campaign');
  if (campaign?.id === id) return <Campaign key={id} campaign={campaign} refetchHead={refetch} />;
  if (data && !campaign) return <NotFoundPage />;
  if (error)
    return <Trouble what="The campaign could not be loaded." why={sayError(error)} retry={refetch} />;
  return (
    <div className="stack">
      <Skeleton height="5rem" label="Loading the campaign" />
      <Skeleton height="6.5rem" />
      <div className="columns">
        <div className="span-7">
          <Skeleton height="27rem" />
        </div>
        <div className="span-5">
          <Skeleton height="27rem" />
        </div>
      </div>
    </div>
  );
}

interface CampaignProps {
  readonly campaign: CampaignHeadFragment;
  readonly refetchHead: () => void;
}

function Campaign({ campaign, refetchHead }: CampaignProps): JSX.Element {
  const { id, name, objective, progress } = campaign;
  const { role } = useSession();
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
  // Strips stand side by side and want the page's width; a map is square.
  const wide = drawingOf(space).kind === 'strips';
  const failures = useMemo(() => failuresOf(finished.rows), [finished.rows]);
  const best = campaign.best?.experiment.id ?? null;
  const points = useMemo(
    () => mapPointsOf([...finished.rows, ...open.rows], objective, best),
    [finished.rows, open.rows, objective, best],
  );
  const numbers = useMemo(() => numbersOf([...finished.rows, ...open.rows]), [finished.rows, open.rows]);
  const latestModel = model.data?.campaign?.latestModel ?? null;
  const canApprove = may(role, 'approve');

  return (
    <div className="stack">
      <CampaignHeader campaign={campaign} onDone={decided} />
      <Figures campaign={campaign} />
      <Decisions
        campaign={campaign}
        open={open.rows}
        finished={finished.rows}
        canDecide={canApprove}
        onDone={decided}
      />
      <div className="columns">
        <Panel title="Best so far" className={`${wide ? 'span-12' : 'span-7'} fill`}>
          {progress.length === 0 ? (
            <Empty title="No result yet">
              <p>The curve of the best value begins with the first accepted result.</p>
            </Empty>
          ) : (
            <ErrorBoundary what="The curve">
              <Suspense fallback={<Skeleton height="24rem" label="Loading the curve" />}>
                <BestCurve
                  name={name}
                  objective={objective}
                  progress={progress}
                  failures={failures}
                  budget={campaign.budget}
                />
              </Suspense>
            </ErrorBoundary>
          )}
        </Panel>
        <div className={`${wide ? 'span-12' : 'span-5'} fill`}>
          <ErrorBoundary what="The map">
            <Suspense fallback={<Skeleton height="30rem" label="Loading the map" />}>
              <SpaceMap
                campaignId={id}
                name={name}
                objective={objective}
                space={space}
                modelId={latestModel?.id ?? null}
                points={points}
              />
            </Suspense>
          </ErrorBoundary>
        </div>
      </div>
      <Proposals
        campaign={campaign}
        rows={open.rows.filter((row) => row.state === 'proposed')}
        loaded={open.loaded}
        problem={open.problem}
        canDecide={canApprove}
        onDone={decided}
      />
      <div className="columns">
        <div className="span-7 fill">
          <Running rows={open.rows} loaded={open.loaded} canCancel={may(role, 'plan')} onDone={decided} />
        </div>
        <div className="span-5 fill">
          <EventList events={events} state={state} lastSeq={campaign.lastSeq} numbers={numbers} />
        </div>
      </div>
      <Results objective={objective} name={name} results={finished} />
      <ErrorBoundary what="The model">
        <Suspense fallback={<Skeleton height="20rem" label="Loading the model" />}>
          <ModelPanel
            name={name}
            objective={objective}
            model={latestModel}
            loaded={!model.fetching || model.data !== undefined}
          />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
