import { type JSX, useMemo } from 'react';
import { useQuery } from 'urql';
import { PosteriorDocument } from '../../../api/generated/graphql.js';
import { dimensionsOf, drawingOf } from '../../../api/space.js';
import { intervalOf, intervalText } from '../../../format/objective.js';
import { LineMap } from '../../../plots/LineMap.js';
import type { MapPoint } from '../../../plots/map-data.js';
import { ParallelCoordinates } from '../../../plots/ParallelCoordinates.js';
import { PlaneMap } from '../../../plots/PlaneMap.js';
import { TernaryMap } from '../../../plots/TernaryMap.js';
import { useCampaignData } from '../campaign-data.js';
import { placeText } from '../space/place-text.js';
import type { ComparedProposal } from './compare.js';

const words = { proposed: 'on the changed terms' } as const;
const mostAxes = 10;

/** Both batches over what the model of now expects; in more dimensions, as lines across them. */
export function WhatIfMap({ compared }: { readonly compared: readonly ComparedProposal[] }): JSX.Element {
  const { campaign, space, points, model } = useCampaignData();
  const { id, name, objective } = campaign;
  const drawing = useMemo(() => drawingOf(space), [space]);
  const axes = useMemo(() => dimensionsOf(space), [space]);
  const [{ data }] = useQuery({
    query: PosteriorDocument,
    variables: { id, resolution: 40 },
    pause: model === null || drawing.kind === 'strips',
  });
  const posterior = data?.campaign?.posterior ?? null;
  const marks = useMemo((): readonly MapPoint[] => {
    const known = points.filter(({ kind }) => kind !== 'proposed');
    const tried = compared.map(({ proposal, standing, now, then }, i): MapPoint => {
      const { mean, sd, point } = proposal;
      return {
        experiment: -1 - i,
        called:
          standing === 'now' ? `Proposal ${now ?? ''} of now` : `Proposal ${then ?? ''} on the changed terms`,
        kind: standing === 'now' ? 'former' : 'proposed',
        label: placeText(axes, point),
        what:
          mean === null || sd === null
            ? 'no model'
            : `predicted ${intervalText(intervalOf(objective, { mean, sd }), objective.unit)}`,
        point,
        value: null,
      };
    });
    // What stays is marked both ways.
    const stays = compared.flatMap(({ standing }, i) => (standing === 'both' ? (tried[i] ?? []) : []));
    return [...known, ...stays.map((one): MapPoint => ({ ...one, kind: 'former' })), ...tried];
  }, [points, compared, axes, objective]);
  const common = { name: `${name} what-if`, objective, posterior, points: marks };
  switch (drawing.kind) {
    case 'ternary':
      return <TernaryMap {...common} axes={drawing.axes} shown="mean" widest={680} words={words} />;
    case 'plane':
      return <PlaneMap {...common} x={drawing.x} y={drawing.y} shown="mean" widest={720} words={words} />;
    case 'line':
      return <LineMap {...common} x={drawing.x} />;
    case 'strips':
      return (
        <ParallelCoordinates
          name={`${name} what-if`}
          objective={objective}
          axes={axes.slice(0, mostAxes)}
          points={marks}
          strong={0.05}
        />
      );
  }
}
