import { type JSX, lazy, Suspense, useMemo } from 'react';
import { Link } from 'react-router';
import { readDiagnostics } from '../../api/diagnostics.js';
import { useSession } from '../../api/session-context.js';
import { may } from '../../api/session.js';
import { drawingOf } from '../../api/space.js';
import { ErrorBoundary } from '../../components/ErrorBoundary.js';
import { Panel } from '../../components/Panel.js';
import { Empty, Skeleton } from '../../components/States.js';
import { useCampaignData } from './campaign-data.js';
import { Decisions } from './Decisions.js';
import { EventList } from './EventList.js';
import { failuresOf } from './experiment-views.js';
import { Figures } from './Figures.js';
import { GoalsPanel } from './goals/GoalsPanel.js';
import { Proposals } from './Proposals.js';
import { Results } from './Results.js';
import { SetAside } from './SetAside.js';
import { Running } from './Running.js';
import { trustOf } from './trust.js';
import { viewAddress } from './views.js';

const BestCurve = lazy(async () => ({ default: (await import('../../plots/BestCurve.js')).BestCurve }));
const SpaceMap = lazy(async () => ({ default: (await import('./SpaceMap.js')).SpaceMap }));

/** The state of a campaign in one look, and what there is to decide. */
export default function OverviewTab(): JSX.Element {
  const { campaign, space, open, finished, points, numbers, model, events, feed, onDone } = useCampaignData();
  const { id, name, objective, progress } = campaign;
  const { role } = useSession();
  const canApprove = may(role, 'approve');
  // Strips stand side by side and want the page's width; a map is square.
  const wide = drawingOf(space).kind === 'strips';
  const failures = useMemo(() => failuresOf(finished.rows), [finished.rows]);
  const trust = useMemo(() => (model ? trustOf(readDiagnostics(model.diagnostics)) : null), [model]);

  return (
    <div className="stack">
      <Figures campaign={campaign} />
      <GoalsPanel />
      <Decisions
        campaign={campaign}
        open={open.rows}
        finished={finished.rows}
        canDecide={canApprove}
        onDone={onDone}
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
          {trust ? (
            <p className="small soft">
              {trust.sentence} <Link to={viewAddress(id, 'model')}>Why?</Link>
            </p>
          ) : null}
        </Panel>
        <div className={`${wide ? 'span-12' : 'span-5'} fill`}>
          <ErrorBoundary what="The map">
            <Suspense fallback={<Skeleton height="30rem" label="Loading the map" />}>
              <SpaceMap
                campaignId={id}
                name={name}
                objective={objective}
                space={space}
                modelId={model?.id ?? null}
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
        space={space}
        canDecide={canApprove}
        canPlan={may(role, 'plan')}
        onDone={onDone}
      />
      <div className="columns">
        <div className="span-7 fill">
          <Running rows={open.rows} loaded={open.loaded} canCancel={may(role, 'plan')} onDone={onDone} />
        </div>
        <div className="span-5 fill">
          <EventList
            campaignId={id}
            events={events}
            state={feed}
            lastSeq={campaign.lastSeq}
            numbers={numbers}
          />
        </div>
      </div>
      <Results
        campaign={campaign}
        revision={finished.rows}
        canPlan={may(role, 'plan')}
        canApprove={canApprove}
        onDone={onDone}
      />
      <SetAside campaign={campaign} canPlan={may(role, 'plan')} canApprove={canApprove} onDone={onDone} />
    </div>
  );
}
