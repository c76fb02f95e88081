import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import type { Dimension } from '../api/space.js';
import { dimensionLabel } from '../format/dimension.js';
import { tickText } from '../format/number.js';
import { axisLabel, type Objective } from '../format/objective.js';
import { tipStyle, valueAxis, valueGrid } from './axes.js';
import type { MapPoint } from './map-data.js';
import { PlotFigure } from './PlotFigure.js';
import { domainOf } from './series.js';

interface StripsProps {
  readonly name: string;
  readonly objective: Objective;
  readonly axes: readonly Dimension[];
  readonly points: readonly MapPoint[];
  /** Says how the strips are to be read; not needed where that is said already. */
  readonly explained?: boolean;
}

const most = 12;
const heightFor = (): number => 210;

/** Where more than a map can show may vary: the results along each dimension by itself. */
export const Strips = ({ axes, explained = true, ...rest }: StripsProps): JSX.Element => (
  <div className="stack-tight">
    {explained ? (
      <p className="soft small">
        This space has {axes.length} dimensions, too many for a map. Each strip shows all results along one of
        them; the dashed lines are proposals.
        {axes.length > most ? ` The first ${most} are shown.` : ''}
      </p>
    ) : null}
    <div className="small-multiples">
      {axes.slice(0, most).map((axis) => (
        <Strip key={axis.name} axis={axis} {...rest} />
      ))}
    </div>
  </div>
);

function Strip({
  name,
  objective,
  axis,
  points,
}: Omit<StripsProps, 'axes' | 'explained'> & { readonly axis: Dimension }): JSX.Element {
  const log = objective.transform === 'log10';
  const draw = useCallback(
    (width: number) => {
      const placed = points.map((point) => ({ ...point, x: axis.of(point.point) }));
      const measured = placed.filter(({ value }) => value !== null);
      const domain = domainOf(
        measured.map(({ value }) => value ?? 0),
        [],
        log,
      );
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: 52,
        marginTop: 26,
        marginBottom: 40,
        x: {
          type: axis.scale,
          domain: [axis.min, axis.max],
          ticks: axis.choices ? axis.choices.map((_, i) => i) : 4,
          label: `${dimensionLabel(axis)} →`,
          tickFormat: axis.choices ? (i: number) => axis.choices?.[i] ?? '' : tickText,
          labelOffset: 34,
        },
        y: valueAxis(domain, log, `↑ ${axisLabel(objective)}`),
        marks: [
          valueGrid(domain, log),
          Plot.ruleX(
            placed.filter(({ kind }) => kind === 'proposed'),
            { x: 'x', stroke: 'var(--plot-band)', strokeDasharray: '4 3', strokeWidth: 1.5 },
          ),
          Plot.dot(measured, {
            x: 'x',
            y: 'value',
            r: 3.5,
            fill: ({ kind }: MapPoint) => (kind === 'best' ? 'var(--plot-best)' : 'var(--surface)'),
            stroke: ({ kind }: MapPoint) => (kind === 'best' ? 'var(--plot-best)' : 'var(--plot-value)'),
            strokeWidth: 1.4,
          }),
          Plot.tip(
            measured,
            Plot.pointer({
              x: 'x',
              y: 'value',
              title: ({ experiment, what }: MapPoint) => `Experiment ${experiment}\n${what}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [axis, objective, points, log],
  );
  return (
    <PlotFigure
      name={`${name} along ${axis.name}`}
      learn="strips"
      summary={`Results along ${axis.name}.`}
      table={{
        columns: [axis.name, `value (${objective.unit})`, 'experiment'],
        rows: points.map((point) => [namedAt(axis, point.point), point.value, point.experiment]),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}

/** What stands in the table: the name of a choice, else the number. */
function namedAt(axis: Dimension, point: unknown): string | number | null {
  const at = axis.of(point);
  return at === null ? null : (axis.choices?.[at] ?? at);
}
