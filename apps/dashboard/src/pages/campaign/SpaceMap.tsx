import { type JSX, useEffect } from 'react';
import { useQuery } from 'urql';
import { PosteriorDocument } from '../../api/generated/graphql.js';
import { drawingOf, type Space } from '../../api/space.js';
import { sayError } from '../../api/use-action.js';
import { useChoice } from '../../components/address.js';
import { Segmented } from '../../components/Controls.js';
import { Panel } from '../../components/Panel.js';
import { Trouble } from '../../components/States.js';
import type { Objective } from '../../format/objective.js';
import { LineMap } from '../../plots/LineMap.js';
import type { MapPoint, Shown } from '../../plots/map-data.js';
import { PlaneMap } from '../../plots/PlaneMap.js';
import { Strips } from '../../plots/Strips.js';
import { TernaryMap } from '../../plots/TernaryMap.js';

interface SpaceMapProps {
  readonly campaignId: string;
  readonly name: string;
  readonly objective: Objective;
  readonly space: Space;
  /** A new model is a new map. */
  readonly modelId: string | null;
  readonly points: readonly MapPoint[];
}

const shownOptions = [
  { value: 'mean', label: 'Mean' },
  { value: 'sd', label: 'Uncertainty' },
] as const;

/** The model's view of the space, in whichever way the space can be drawn. */
export function SpaceMap({
  campaignId,
  name,
  objective,
  space,
  modelId,
  points,
}: SpaceMapProps): JSX.Element {
  const [shown, setShown] = useChoice<Shown>('map', shownOptions, 'mean');
  const drawing = drawingOf(space);
  const [{ data, error }, ask] = useQuery({
    query: PosteriorDocument,
    variables: { id: campaignId, resolution: 40 },
    pause: modelId === null || drawing.kind === 'strips',
  });
  useEffect(() => {
    if (modelId !== null && drawing.kind !== 'strips') ask({ requestPolicy: 'network-only' });
  }, [modelId, drawing.kind, ask]);
  const posterior = data?.campaign?.posterior ?? null;
  const common = { name, objective, posterior, points };
  const toggled = drawing.kind === 'ternary' || drawing.kind === 'plane';

  return (
    <Panel
      title="Map of the space"
      className="fill"
      tools={
        toggled && posterior ? (
          <Segmented label="What the colour shows" options={shownOptions} value={shown} onChange={setShown} />
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
      {modelId === null && drawing.kind !== 'strips' ? (
        <p className="soft small">The model’s prediction fills the map once the first design has results.</p>
      ) : null}
      {drawing.kind === 'ternary' ? <TernaryMap {...common} axes={drawing.axes} shown={shown} /> : null}
      {drawing.kind === 'plane' ? <PlaneMap {...common} x={drawing.x} y={drawing.y} shown={shown} /> : null}
      {drawing.kind === 'line' ? <LineMap {...common} x={drawing.x} /> : null}
      {drawing.kind === 'strips' ? (
        <Strips name={name} objective={objective} points={points} axes={drawing.axes} />
      ) : null}
    </Panel>
  );
}
