import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { quantityText } from '../format/number.js';
import { axisLabel, type Objective, propertyName } from '../format/objective.js';
import { plural } from '../format/words.js';
import { overExperiments, tipStyle, valueAxis, valueGrid } from './axes.js';
import { crossPath, Key, resultShape } from './Key.js';
import { PlotFigure } from './PlotFigure.js';
import { bestCurve, domainOf, type Failure, type ProgressPoint } from './series.js';

interface BestCurveProps {
  readonly name: string;
  readonly objective: Objective;
  readonly progress: readonly ProgressPoint[];
  readonly failures: readonly Failure[];
  readonly budget: number;
}

const heightFor = (width: number): number => (width < 480 ? 290 : 410);

/** How the best value grew, what was measured, and what had been expected. */
export function BestCurve({ name, objective, progress, failures, budget }: BestCurveProps): JSX.Element {
  const log = objective.transform === 'log10';
  const curve = useMemo(() => bestCurve(objective, progress, failures), [objective, progress, failures]);
  const best = progress.at(-1)?.best ?? undefined;

  const draw = useCallback(
    (width: number) => {
      const { points, band, count } = curve;
      const domain = domainOf(
        points.map(({ value }) => value),
        band,
        log,
      );
      const most = Math.max(budget, count);
      const last = points.at(-1);
      const steps = last ? [...points, { ...last, n: count + 0.45, improved: false }] : points;
      const tipOf = (d: (typeof points)[number]): string =>
        `Experiment ${d.experiment}\nmeasured ${quantityText(d.value, objective.unit)}${d.best === null ? '' : `\nbest so far ${quantityText(d.best, objective.unit)}`}`;
      return Plot.plot({
        width,
        height: heightFor(width),
        ...overExperiments(most, 'experiments finished →', most * 1.02 + 0.5),
        y: { ...valueAxis(domain, log, `↑ ${axisLabel(objective)}`), clamp: true },
        marks: [
          valueGrid(domain, log),
          Plot.areaY(band, {
            x: 'n',
            y1: 'low',
            y2: 'high',
            z: 'run',
            fill: 'var(--plot-band)',
            fillOpacity: 0.22,
            clip: true,
          }),
          Plot.line(band, {
            x: 'n',
            y: 'mean',
            z: 'run',
            stroke: 'var(--plot-band)',
            strokeWidth: 1.5,
            strokeDasharray: '2 3',
            clip: true,
          }),
          Plot.ruleX([budget], { stroke: 'var(--ink-faint)', strokeDasharray: '5 4' }),
          Plot.text([budget], {
            x: (d: number) => d,
            frameAnchor: 'top',
            dy: -14,
            text: (d: number) => `budget ${d}`,
            fill: 'var(--ink-soft)',
            textAnchor: 'end',
            dx: 8,
          }),
          Plot.ruleY([domain[0]], { stroke: 'var(--line-strong)' }),
          Plot.dot(points, {
            x: 'n',
            y: 'value',
            r: 3.5,
            fill: 'var(--surface)',
            stroke: 'var(--plot-value)',
            strokeWidth: 1.5,
          }),
          Plot.line(steps, {
            x: 'n',
            y: 'best',
            curve: 'step-after',
            stroke: 'var(--plot-best)',
            strokeWidth: 2.5,
          }),
          Plot.dot(
            points.filter(({ improved }) => improved),
            {
              x: 'n',
              y: 'value',
              r: 4.5,
              fill: 'var(--plot-best)',
              stroke: 'var(--surface)',
              strokeWidth: 1.5,
            },
          ),
          Plot.dot(curve.failures, {
            x: 'n',
            y: () => domain[0],
            dy: -7,
            symbol: 'times',
            r: 4,
            stroke: 'var(--plot-failed)',
            strokeWidth: 2,
          }),
          Plot.tip(points, Plot.pointerX({ x: 'n', y: 'value', title: tipOf, ...tipStyle })),
        ],
      });
    },
    [curve, budget, log, objective],
  );

  const summary =
    best === undefined
      ? 'No result yet.'
      : `Best ${propertyName(objective.property)} so far over ${plural(progress.length, 'result')} and ${plural(failures.length, 'failed experiment')}: ${quantityText(best, objective.unit)}, from ${quantityText(progress[0]?.best ?? best, objective.unit)} after the first. The budget is ${budget}.`;

  const table = useMemo(
    () => ({
      columns: [
        'experiment',
        `value (${objective.unit})`,
        `best so far (${objective.unit})`,
        "predicted mean (models' scale)",
        "predicted sd (models' scale)",
        'at',
      ],
      rows: progress.map((p) => [p.experimentNumber, p.value, p.best, p.predictedMean, p.predictedSd, p.at]),
    }),
    [progress, objective.unit],
  );

  return (
    <PlotFigure
      name={`${name} best so far`}
      learn="best"
      summary={summary}
      table={table}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2.5" />}>best so far</Key>
          <Key shape={resultShape}>measured</Key>
          <Key shape={<rect width="22" height="12" fill="var(--plot-band)" fillOpacity="0.3" />}>
            predicted before, mean ± 2 sd (95 %)
          </Key>
          {failures.length > 0 ? (
            <Key shape={<path d={crossPath(11, 6, 4)} stroke="var(--plot-failed)" strokeWidth="2" />}>
              failed, no value
            </Key>
          ) : null}
        </ul>
      }
    />
  );
}
