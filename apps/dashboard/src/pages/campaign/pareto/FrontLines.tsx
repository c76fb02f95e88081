import { type JSX, useMemo } from 'react';
import type { Dimension } from '../../../api/space.js';
import { numberOr, listOf } from '../../../api/json.js';
import { quantityText } from '../../../format/number.js';
import { propertyName } from '../../../format/objective.js';
import type { FrontAxis, FrontSpot } from '../../../plots/front.js';
import type { MapPoint } from '../../../plots/map-data.js';
import { ParallelCoordinates } from '../../../plots/ParallelCoordinates.js';

interface FrontLinesProps {
  readonly name: string;
  readonly axes: readonly FrontAxis[];
  readonly spots: readonly FrontSpot[];
}

/** Three or four measured properties as lines across them; those of the front are strong. */
export function FrontLines({ name, axes, spots }: FrontLinesProps): JSX.Element | null {
  const last = axes.at(-1);
  const dimensions = useMemo(
    () =>
      axes.slice(0, -1).map((axis, i): Dimension => {
        const values = spots.flatMap(({ values: own }) => own[i] ?? []);
        return {
          name: propertyName(axis.name),
          unit: axis.unit,
          scale: axis.log ? 'log' : 'linear',
          min: values.reduce((a, b) => Math.min(a, b), Infinity),
          max: values.reduce((a, b) => Math.max(a, b), -Infinity),
          of: (point) => numberOr(listOf(point)[i], null),
        };
      }),
    [axes, spots],
  );
  const objective = useMemo(
    () =>
      last && {
        property: last.name,
        unit: last.unit,
        goal: last.goal,
        transform: last.log ? ('log10' as const) : ('none' as const),
        temperatureC: null,
      },
    [last],
  );
  const points = useMemo(
    () =>
      spots.map(({ number, values, onFront }): MapPoint => ({
        experiment: number,
        kind: onFront ? 'best' : 'measured',
        label: axes
          .map((axis, i) => `${propertyName(axis.name)} ${quantityText(values[i] ?? NaN, axis.unit)}`)
          .join(' · '),
        what: onFront ? 'on the front' : 'beaten by another',
        point: values,
        value: values.at(-1) ?? null,
      })),
    [spots, axes],
  );
  return objective ? (
    <ParallelCoordinates
      name={`${name} front`}
      objective={objective}
      axes={dimensions}
      points={points}
      strong={0}
      bestWord="on the front"
    />
  ) : null;
}
