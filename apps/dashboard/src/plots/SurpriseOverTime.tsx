import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { numberText, quantityText } from '../format/number.js';
import { intervalOf, intervalText, type Objective, toModel } from '../format/objective.js';
import { dayAndTime } from '../format/time.js';
import { tipStyle, wholeTicks } from './axes.js';
import { runningMedian, type Surprise, surprises } from './calibration.js';
import { Key, resultShape } from './Key.js';
import { PlotFigure } from './PlotFigure.js';
import type { ProgressPoint } from './series.js';

interface SurpriseOverTimeProps {
  readonly name: string;
  readonly objective: Objective;
  readonly progress: readonly ProgressPoint[];
}

const heightFor = (width: number): number => (width < 480 ? 260 : 300);
const window = 7;

/** Each result's distance from what was predicted before it was made, as the campaign went on. */
export function SurpriseOverTime({ name, objective, progress }: SurpriseOverTimeProps): JSX.Element {
  const points = useMemo(
    () => surprises(progress, (value) => toModel(objective, value)),
    [progress, objective],
  );
  const trend = useMemo(() => {
    const medians = runningMedian(
      points.map(({ z }) => z),
      window,
    );
    return points.map(({ n }, i) => ({ n, z: medians[i] ?? 0 }));
  }, [points]);
  const draw = useCallback(
    (width: number) => {
      const most = Math.max(3, ...points.map(({ z }) => Math.abs(z))) * 1.08;
      const last = progress.length;
      const tip = ({ n, experiment, z, at }: Surprise): string => {
        const { value = 0, predictedMean, predictedSd } = progress[n - 1] ?? {};
        const before = intervalOf(objective, { mean: predictedMean ?? 0, sd: predictedSd ?? 0 });
        return `Experiment ${experiment}, ${dayAndTime(at)}\nmeasured ${quantityText(value, objective.unit)}\npredicted ${intervalText(before, objective.unit)}\n${numberText(z, 2)} standard deviations`;
      };
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: 44,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 40,
        x: {
          domain: [0, last + 1],
          ticks: [...wholeTicks(last)],
          tickFormat: 'd',
          label: 'results →',
          labelOffset: 36,
        },
        y: {
          domain: [-most, most],
          label: '↑ higher than predicted (standard deviations)',
          ticks: 7,
          tickFormat: (z: number) => numberText(z, 1),
        },
        marks: [
          Plot.rectY([0], {
            x1: 0,
            x2: last + 1,
            y1: -2,
            y2: 2,
            fill: 'var(--plot-band)',
            fillOpacity: 0.16,
          }),
          Plot.ruleY([0], { stroke: 'var(--ink-faint)', strokeDasharray: '5 4' }),
          Plot.ruleX(points, { x: 'n', y1: 0, y2: 'z', stroke: 'var(--plot-value)', strokeOpacity: 0.35 }),
          Plot.line(trend, { x: 'n', y: 'z', stroke: 'var(--plot-best)', strokeWidth: 2.5 }),
          Plot.dot(points, {
            x: 'n',
            y: 'z',
            r: 4,
            symbol: ({ z }: Surprise) => (Math.abs(z) <= 2 ? 'circle' : 'diamond'),
            fill: ({ z }: Surprise) => (Math.abs(z) <= 2 ? 'var(--surface)' : 'var(--plot-failed)'),
            stroke: ({ z }: Surprise) => (Math.abs(z) <= 2 ? 'var(--plot-value)' : 'var(--plot-failed)'),
            strokeWidth: 1.5,
          }),
          Plot.tip(points, Plot.pointerX({ x: 'n', y: 'z', title: tip, ...tipStyle })),
        ],
        symbol: { domain: ['circle', 'diamond'], range: ['circle', 'diamond'], type: 'ordinal' },
      });
    },
    [points, trend, progress, objective],
  );
  const inside = points.filter(({ z }) => Math.abs(z) <= 2).length;
  return (
    <PlotFigure
      name={`${name} residuals`}
      learn="residuals"
      summary={`Residuals of ${points.length} results against what was predicted before each: ${inside} lie within two standard deviations.`}
      table={{
        columns: ['result', 'experiment', 'at', 'residual (standard deviations)'],
        rows: points.map(({ n, experiment, at, z }) => [n, experiment, at, z]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={resultShape}>a result</Key>
          <Key shape={<path d="M11,1L16,6L11,11L6,6Z" fill="var(--plot-failed)" />}>a surprise</Key>
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2.5" />}>
            running median of {window}
          </Key>
          <Key shape={<rect width="22" height="12" fill="var(--plot-band)" fillOpacity="0.3" />}>
            ± 2 sd (95 %)
          </Key>
        </ul>
      }
    />
  );
}
