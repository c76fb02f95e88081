import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { percentText } from '../format/number.js';
import { tipStyle } from './axes.js';
import { calibrationOf, type CalibrationPoint, type LeftOutPrediction } from './calibration.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

interface CalibrationCurveProps {
  readonly name: string;
  readonly leftOut: readonly LeftOutPrediction[];
}

const heightFor = (width: number): number => Math.min(width, 480);
const ends = { promised: [0, 1], held: [0, 1], low: [0, 1], high: [0, 1] } as const;
const axis = {
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
  tickFormat: (share: number) => percentText(share),
} as const;

/** What share of the results each interval held, over the share that it promised. */
export function CalibrationCurve({ name, leftOut }: CalibrationCurveProps): JSX.Element {
  const { count, points, verdict } = useMemo(() => calibrationOf(leftOut), [leftOut]);
  const draw = useCallback(
    (width: number) => {
      const end = (i: 0 | 1): CalibrationPoint => ({
        promised: ends.promised[i],
        held: ends.held[i],
        low: ends.low[i],
        high: ends.high[i],
      });
      const all = [end(0), ...points, end(1)];
      return Plot.plot({
        width: Math.min(width, 480),
        height: heightFor(width),
        marginLeft: 58,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 42,
        x: {
          ...axis,
          ticks: [...axis.ticks],
          domain: [...axis.domain],
          label: 'promised →',
          labelOffset: 36,
        },
        y: { ...axis, ticks: [...axis.ticks], domain: [...axis.domain], label: '↑ came true' },
        marks: [
          Plot.gridX({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.gridY({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.areaY(all, {
            x: 'promised',
            y1: 'low',
            y2: 'high',
            fill: 'var(--plot-band)',
            fillOpacity: 0.2,
          }),
          Plot.line(all, {
            x: 'promised',
            y: 'promised',
            stroke: 'var(--ink-faint)',
            strokeDasharray: '5 4',
          }),
          Plot.line(all, { x: 'promised', y: 'held', stroke: 'var(--plot-best)', strokeWidth: 2.5 }),
          Plot.dot(points, {
            x: 'promised',
            y: 'held',
            r: 3.5,
            fill: 'var(--plot-best)',
            stroke: 'var(--surface)',
          }),
          Plot.tip(
            points,
            Plot.pointer({
              x: 'promised',
              y: 'held',
              title: ({ promised, held, low, high }: CalibrationPoint) =>
                `${percentText(promised)} intervals hold ${percentText(held)} of the results\nchance allows ${percentText(low)} to ${percentText(high)}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [points],
  );
  const last = points.at(-1);
  return (
    <PlotFigure
      name={`${name} calibration`}
      learn="calibration"
      summary={`Calibration of the model's intervals over ${count} left-out results: its 95 % intervals hold ${percentText(last?.held ?? 0)}. ${words[verdict]}`}
      table={{
        columns: ['promised share', 'share that came true', 'chance from', 'chance to'],
        rows: points.map(({ promised, held, low, high }) => [promised, held, low, high]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2.5" />}>this model</Key>
          <Key shape={<path d="M0,6H22" stroke="var(--ink-faint)" strokeDasharray="5 4" />}>as promised</Key>
          <Key shape={<rect width="22" height="12" fill="var(--plot-band)" fillOpacity="0.3" />}>
            chance, 95 %
          </Key>
        </ul>
      }
    />
  );
}

const words = {
  right: 'They can be taken at their word.',
  'too sure': 'The model is too sure of itself.',
  'too careful': 'The model is more careful than it needs to be.',
} as const;
