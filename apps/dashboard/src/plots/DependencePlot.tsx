import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { formulaText } from '../format/formula.js';
import { percentText, quantityText, tickText } from '../format/number.js';
import { axisLabel, fromModel, type Objective } from '../format/objective.js';
import { tipStyle, valueAxis, valueGrid } from './axes.js';
import { roomyDomain } from './front.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

interface DependencePlotProps {
  readonly name: string;
  readonly objective: Objective;
  readonly column: string;
  /** In the unit cube, and what that is for people. */
  readonly values: readonly number[];
  readonly at: (value: number) => number;
  readonly unit: string;
  readonly log: boolean;
  readonly line: {
    readonly mean: readonly number[];
    readonly lower: readonly number[];
    readonly upper: readonly number[];
  };
  /** Of the band. */
  readonly coverage: number;
}

const heightFor = (): number => 320;

/** What the model expects on average where one column is set to each value in turn and the rest stays as it was tried. */
export function DependencePlot(props: DependencePlotProps): JSX.Element {
  const { name, objective, column, values, at, unit, log: logX, line, coverage } = props;
  const log = objective.transform === 'log10';
  const points = useMemo(
    () =>
      values.map((value, i) => ({
        x: at(value),
        middle: fromModel(objective, line.mean[i] ?? 0),
        low: fromModel(objective, line.lower[i] ?? 0),
        high: fromModel(objective, line.upper[i] ?? 0),
      })),
    [values, at, line, objective],
  );
  const label = unit === '' ? formulaText(column) : `${formulaText(column)} (${unit})`;
  const draw = useCallback(
    (width: number) => {
      const ends = points.flatMap(({ low, high }) => [low, high]);
      const domain = roomyDomain(
        ends.filter((end) => !log || end > 0),
        log,
      );
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: 58,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 42,
        x: {
          type: logX ? 'log' : 'linear',
          label: `${label} →`,
          labelOffset: 36,
          tickFormat: tickText,
          ticks: 6,
        },
        y: { ...valueAxis(domain, log, `↑ ${axisLabel(objective)}`), clamp: true },
        marks: [
          valueGrid(domain, log),
          Plot.areaY(points, {
            x: 'x',
            y1: 'low',
            y2: 'high',
            fill: 'var(--plot-best)',
            fillOpacity: 0.16,
            clip: true,
          }),
          Plot.line(points, {
            x: 'x',
            y: 'middle',
            stroke: 'var(--plot-best)',
            strokeWidth: 2.5,
            clip: true,
          }),
          Plot.tip(
            points,
            Plot.pointerX({
              x: 'x',
              y: 'middle',
              title: ({ x, middle, low, high }: (typeof points)[number]) =>
                `${formulaText(column)} ${quantityText(x, unit)}\non average ${quantityText(middle, objective.unit)}\n${quantityText(low, objective.unit, 2)} to ${quantityText(high, objective.unit, 2)}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [points, log, logX, label, objective, column, unit],
  );
  return (
    <PlotFigure
      name={`${name} dependence on ${column}`}
      learn="dependence"
      summary={`Partial dependence on ${column}: the average prediction over ${values.length} of its values, with a band of ${percentText(coverage)}.`}
      table={{
        columns: [column, `mean (${objective.unit})`, 'from', 'to'],
        rows: points.map(({ x, middle, low, high }) => [x, middle, low, high]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2.5" />}>
            average prediction
          </Key>
          <Key shape={<rect width="22" height="12" fill="var(--plot-best)" fillOpacity="0.2" />}>
            how sure the model is of it, {percentText(coverage)}
          </Key>
        </ul>
      }
    />
  );
}
