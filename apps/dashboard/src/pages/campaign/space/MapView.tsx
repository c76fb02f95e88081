import { type JSX, useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { PosteriorDocument } from '../../../api/generated/graphql.js';
import type { Drawing } from '../../../api/space.js';
import { sayError } from '../../../api/use-action.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { useAddressChange } from '../../../components/address.js';
import { Segmented } from '../../../components/Controls.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { percentText } from '../../../format/number.js';
import { propertyName } from '../../../format/objective.js';
import { nearestOf } from '../../../plots/distance.js';
import { emptiestOf } from '../../../plots/coverage.js';
import { LineMap } from '../../../plots/LineMap.js';
import { type MapPosterior, type Shown } from '../../../plots/map-data.js';
import { PlaneMap } from '../../../plots/PlaneMap.js';
import { TernaryMap } from '../../../plots/TernaryMap.js';
import { useCampaignData } from '../campaign-data.js';
import { acquisitionOf } from './acquisition.js';
import { ConstraintEffects } from './ConstraintEffects.js';
import { type Place, Readout } from './Readout.js';
import { scoredPosterior } from './scored-posterior.js';
import { sliceAxes } from './slice-axes.js';
import { withGain } from './with-gain.js';

type Drawn = Exclude<Drawing, { kind: 'strips' }>;

const shownOptions = [
  { value: 'mean', label: 'Mean' },
  { value: 'sd', label: 'Uncertainty' },
  { value: 'gain', label: 'Expected gain' },
  { value: 'score', label: 'Acquisition' },
] as const;
const cells = { ternary: 40, plane: 36, line: 2 } as const;

const notes: Readonly<Record<Shown, string>> = {
  mean: 'The colour is what the model expects; the same colour step is the same factor on a log scale. Point at a place, or use the arrow keys, to read it; click to keep it.',
  sd: 'The colour is how unsure the model is: one standard deviation of its prediction. It is low near experiments and where the model believes that it understands; bright places are where an experiment teaches most.',
  gain: 'The colour is what one more experiment there would add over the best so far, on average: high where the model expects much, or is unsure enough to be surprised. It is a guide, not the plan: a strategy also weighs what is under way, what can be made, and where nothing was tried.',
  score:
    'The colour is what the campaign’s kind of strategy is after, computed by the same code that plans: the higher the sooner it is proposed. Rings are what is proposed or in the lab.',
};

const dimensionsOfDrawing = (drawing: Drawn) => {
  switch (drawing.kind) {
    case 'ternary':
      return drawing.axes;
    case 'plane':
      return [drawing.x, drawing.y];
    case 'line':
      return [drawing.x];
  }
};

/** The model's view of a space that can be drawn whole, and what is known of any place in it. */
export function MapView({ drawing }: { readonly drawing: Drawn }): JSX.Element {
  const { campaign, model, points, space } = useCampaignData();
  const { id, name, objective } = campaign;
  const [search, change] = useAddressChange();
  const asked = search.get('show');
  const modelId = model?.id ?? null;
  const [{ data, error }, ask] = useQuery({
    query: PosteriorDocument,
    variables: { id, resolution: 50 },
    pause: modelId === null,
  });
  useEffect(() => {
    if (modelId !== null) ask({ requestPolicy: 'network-only' });
  }, [modelId, ask]);
  const believed = data?.campaign?.posterior ?? null;
  const bestValue = campaign.best?.value ?? null;
  const wantsScore = asked === 'score' && drawing.kind !== 'line';
  const { strategy, settings } = campaign;
  const acquisition = useMemo(() => acquisitionOf(strategy, settings.beta), [strategy, settings.beta]);
  const scored = useAnalysis(id, 'SliceResult');
  const { run } = scored;
  const keys = useMemo(() => sliceAxes(space).map(({ key }) => key), [space]);
  useEffect(() => {
    if (!wantsScore || modelId === null) return;
    const { score, beta } = acquisition;
    run({ slice: { axes: keys, cells: cells[drawing.kind], worth: { score, beta } } });
  }, [run, wantsScore, modelId, keys, drawing.kind, acquisition]);
  const posterior = useMemo((): MapPosterior | null => {
    if (wantsScore) return scored.result && scoredPosterior(scored.result.cells, acquisition.label);
    return believed && withGain(believed, objective, bestValue);
  }, [believed, objective, bestValue, wantsScore, scored.result, acquisition]);
  const options = shownOptions.filter(({ value }) => value !== 'gain' || bestValue !== null);
  const shown: Shown = options.find(({ value }) => value === asked)?.value ?? 'mean';
  const axes = useMemo(() => dimensionsOfDrawing(drawing), [drawing]);
  const [at, setAt] = useState<number | null>(null);
  const [pinned, setPinned] = useState(false);
  const probe = useMemo(() => ({ at, pinned, onLook: setAt, onPin: setPinned }), [at, pinned]);

  const placeOf = (i: number): Place => ({
    point: posterior?.points[i],
    prediction: posterior ? { mean: posterior.mean[i] ?? 0, sd: posterior.sd[i] ?? 0 } : null,
    gain: posterior?.gain?.[i] ?? null,
  });
  const best = points.find(({ kind }) => kind === 'best');
  const bestPlace = useMemo((): Place | null => {
    if (!best) return null;
    const near = nearestOf(
      axes,
      best.point,
      (posterior?.points ?? []).map((point, i) => ({ point, i })),
    );
    const i = near?.point.i;
    const prediction =
      i === undefined || !posterior ? null : { mean: posterior.mean[i] ?? 0, sd: posterior.sd[i] ?? 0 };
    return { point: best.point, prediction, gain: null };
  }, [best, posterior, axes]);
  const place = at !== null && posterior?.points[at] !== undefined ? placeOf(at) : bestPlace;
  const emptiest = useMemo(
    () => (posterior ? emptiestOf(axes, posterior.points, points) : null),
    [axes, posterior, points],
  );
  const mixture = space[0]?.kind === 'mixture';
  const common = { name, objective, posterior, points, ...(posterior ? { probe } : {}) };
  const setShown = (next: Shown): void => change({ show: next === 'mean' ? null : next });

  return (
    <div className="columns">
      <div className="span-8 fill">
        <Panel
          title={`Map of the ${propertyName(objective.property)}`}
          note={
            modelId === null
              ? 'The model’s prediction fills the map once the first design has results.'
              : drawing.kind === 'line'
                ? 'The line is what the model expects, the band holds 19 of 20 results. Point at it, or use the arrow keys, to read it.'
                : notes[shown]
          }
          tools={
            drawing.kind !== 'line' && believed ? (
              <Segmented label="What the colour shows" options={options} value={shown} onChange={setShown} />
            ) : undefined
          }
        >
          {error && !posterior ? (
            <Trouble
              what="The map of the model could not be drawn."
              why={sayError(error)}
              retry={() => ask({ requestPolicy: 'network-only' })}
            />
          ) : null}
          {wantsScore && scored.problem !== null ? (
            <Trouble what="The acquisition could not be drawn." why={scored.problem} />
          ) : null}
          {modelId !== null && !posterior && !error ? (
            <Skeleton height="30rem" label="Loading the map" />
          ) : drawing.kind === 'ternary' ? (
            <TernaryMap {...common} axes={drawing.axes} shown={shown} widest={700} />
          ) : drawing.kind === 'plane' ? (
            <PlaneMap {...common} x={drawing.x} y={drawing.y} shown={shown} widest={760} />
          ) : (
            <LineMap {...common} x={drawing.x} />
          )}
        </Panel>
      </div>
      <div className="span-4 stack">
        <Panel title="Read-out">
          {place ? (
            <Readout
              title={at === null ? 'The best so far' : 'This place'}
              pinned={at !== null && pinned}
              place={place}
              axes={axes}
              mixture={mixture}
              objective={objective}
              points={points}
            />
          ) : (
            <Empty title="Nothing measured yet">
              <p>Point at the map to read a place.</p>
            </Empty>
          )}
          {emptiest && posterior ? (
            <p className="small soft readout-foot">
              The emptiest place of the map is {percentText(emptiest.distance)} of the range away from the
              nearest experiment.{' '}
              <button
                type="button"
                className="link"
                onClick={() => {
                  setAt(posterior.points.indexOf(emptiest.point));
                  setPinned(true);
                }}
              >
                Show it
              </button>
            </p>
          ) : null}
        </Panel>
        <ConstraintEffects campaignId={id} />
      </div>
    </div>
  );
}
