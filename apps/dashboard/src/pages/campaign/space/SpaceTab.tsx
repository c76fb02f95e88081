import { type JSX, useMemo } from 'react';
import { dimensionsOf, drawingOf } from '../../../api/space.js';
import { useChoice } from '../../../components/address.js';
import { Segmented } from '../../../components/Controls.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton } from '../../../components/States.js';
import { CoverageChart } from '../../../plots/CoverageChart.js';
import { ParallelCoordinates } from '../../../plots/ParallelCoordinates.js';
import { Strips } from '../../../plots/Strips.js';
import { useCampaignData } from '../campaign-data.js';
import { CandidatesPanel } from './CandidatesPanel.js';
import { ConstraintEffects } from './ConstraintEffects.js';
import { MapView } from './MapView.js';
import { sliceAxes } from './slice-axes.js';
import { SliceView } from './SliceView.js';

const strengths = [
  { value: '1', label: 'All' },
  { value: '0.5', label: 'Best half' },
  { value: '0.1', label: 'Best tenth' },
] as const;
const mostAxes = 14;

/** Where the campaign has been, what it found there, and what the model believes of the rest. */
export default function SpaceTab(): JSX.Element {
  const { campaign, space, points, finished } = useCampaignData();
  const { id, name, objective } = campaign;
  const drawing = useMemo(() => drawingOf(space), [space]);
  const axes = useMemo(() => dimensionsOf(space), [space]);
  const [strong, setStrong] = useChoice('strong', strengths, '1');
  const measured = points.some(({ value }) => value !== null);
  const shownAxes = useMemo(() => axes.slice(0, mostAxes), [axes]);
  const truncated =
    axes.length > mostAxes ? ` The first ${mostAxes} of ${axes.length} dimensions are shown.` : '';

  const drawn = drawing.kind !== 'strips' || sliceAxes(space).length > 0;
  // Few dimensions leave room for both.
  const beside = axes.length <= 4;

  return (
    <div className="stack">
      {drawing.kind === 'strips' ? <SliceView /> : <MapView drawing={drawing} />}
      <div className="columns">
        <Panel
          className={`${beside ? 'span-7' : 'span-12'} fill`}
          title="Parallel coordinates"
          note={`Each line is an experiment; bright ones gave more. What the good ones have in common is where their lines run together.${truncated}`}
          tools={
            measured ? (
              <Segmented
                label="Which results are drawn strong"
                options={strengths}
                value={strong}
                onChange={setStrong}
              />
            ) : undefined
          }
        >
          {!finished.loaded ? (
            <Skeleton height="22rem" label="Loading experiments" />
          ) : points.length === 0 ? (
            <Empty title="No experiment yet" />
          ) : (
            <ParallelCoordinates
              name={name}
              objective={objective}
              axes={shownAxes}
              points={points}
              strong={Number(strong)}
            />
          )}
        </Panel>
        <Panel
          className={`${beside ? 'span-5' : drawn ? 'span-12' : 'span-8'} fill`}
          title="Coverage"
          note={`How many experiments were made in each part of each dimension: ten equal parts of its range, or one for each choice. Of an empty part nothing is known first hand.${truncated}`}
        >
          {!finished.loaded ? (
            <Skeleton height="12rem" label="Loading experiments" />
          ) : points.length === 0 ? (
            <Empty title="No experiment yet" />
          ) : (
            <CoverageChart name={name} axes={shownAxes} points={points} />
          )}
        </Panel>
        {drawn ? null : (
          <div className={`${beside ? 'span-12' : 'span-4'} fill`}>
            <ConstraintEffects campaignId={id} />
          </div>
        )}
      </div>
      <CandidatesPanel />
      {measured ? (
        <Panel
          title="Along each dimension"
          note="All results over one dimension at a time: a slope that shows here is one that needs no model. The best so far is filled, dashed lines are proposals."
        >
          <Strips name={name} objective={objective} points={points} axes={axes} explained={false} />
        </Panel>
      ) : null}
    </div>
  );
}
