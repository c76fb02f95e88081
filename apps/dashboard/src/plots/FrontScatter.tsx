import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { quantityText } from '../format/number.js';
import { capital, propertyName, withUnitLabel } from '../format/objective.js';
import { plural } from '../format/words.js';
import { tipStyle, valueAxis, valueGrid } from './axes.js';
import { type FrontAxis, type FrontSpot, roomyDomain, stairsOf } from './front.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

interface FrontScatterProps {
  readonly name: string;
  readonly axes: readonly [FrontAxis, FrontAxis];
  readonly spots: readonly FrontSpot[];
}

const heightFor = (width: number): number => Math.max(300, Math.min(460, width * 0.62));

/** Two measured properties against each other: what no other beats in both, and what is beaten. */
export function FrontScatter({ name, axes, spots }: FrontScatterProps): JSX.Element {
  const [x, y] = axes;
  const stairs = useMemo(() => stairsOf(spots, axes), [spots, axes]);
  const draw = useCallback(
    (width: number) => {
      const placed = spots.map(({ number, values: [a = 0, b = 0], onFront }) => ({
        number,
        a,
        b,
        onFront,
      }));
      const [across, up] = [
        roomyDomain(
          placed.map(({ a }) => a),
          x.log,
        ),
        roomyDomain(
          placed.map(({ b }) => b),
          y.log,
        ),
      ];
      const label = (axis: FrontAxis): string =>
        withUnitLabel(`${capital(propertyName(axis.name))}, ${axis.goal}`, axis.unit);
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: 64,
        marginRight: 18,
        marginTop: 30,
        marginBottom: 44,
        x: { ...valueAxis(across, x.log, `${label(x)} →`), labelOffset: 38 },
        y: valueAxis(up, y.log, `↑ ${label(y)}`),
        marks: [
          valueGrid(across, x.log, 'x'),
          valueGrid(up, y.log),
          Plot.line(stairs, {
            x: 'x',
            y: 'y',
            stroke: 'var(--plot-best)',
            strokeWidth: 2,
            strokeDasharray: '6 3',
          }),
          Plot.dot(
            placed.filter(({ onFront }) => !onFront),
            {
              x: 'a',
              y: 'b',
              r: 3.5,
              fill: 'var(--surface)',
              stroke: 'var(--plot-value)',
              strokeOpacity: 0.7,
              strokeWidth: 1.4,
            },
          ),
          Plot.dot(
            placed.filter(({ onFront }) => onFront),
            { x: 'a', y: 'b', r: 5.5, fill: 'var(--plot-best)', stroke: 'var(--surface)' },
          ),
          Plot.tip(
            placed,
            Plot.pointer({
              x: 'a',
              y: 'b',
              title: (spot: (typeof placed)[number]) =>
                `Experiment ${spot.number}${spot.onFront ? ', on the front' : ''}\n${capital(propertyName(x.name))} ${quantityText(spot.a, x.unit)}\n${capital(propertyName(y.name))} ${quantityText(spot.b, y.unit)}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [spots, stairs, x, y],
  );
  const onFront = spots.filter((spot) => spot.onFront).length;
  return (
    <PlotFigure
      name={`${name} front`}
      learn="front"
      summary={`Pareto front of ${propertyName(x.name)} and ${propertyName(y.name)}: ${onFront} of ${plural(spots.length, 'experiment')} ${onFront === 1 ? 'is' : 'are'} beaten by no other.`}
      table={{
        columns: ['experiment', withUnitLabel(x.name, x.unit), withUnitLabel(y.name, y.unit), 'on the front'],
        rows: spots.map(({ number, values: [a = null, b = null], onFront: on }) => [
          number,
          a,
          b,
          on ? 'yes' : 'no',
        ]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<circle cx="11" cy="6" r="5" fill="var(--plot-best)" />}>on the front</Key>
          <Key shape={<circle cx="11" cy="6" r="4" fill="var(--surface)" stroke="var(--plot-value)" />}>
            beaten by another
          </Key>
        </ul>
      }
    />
  );
}
