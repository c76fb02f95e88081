import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import type { Diagnostics } from '../api/diagnostics.js';
import { percentText, quantityText } from '../format/number.js';
import { fromModel, intervalOf, type Objective } from '../format/objective.js';
import { tipStyle, valueAxis, valueGrid } from './axes.js';
import { PlotFigure } from './PlotFigure.js';
import { domainOf } from './series.js';

interface ParityProps {
  readonly name: string;
  readonly objective: Objective;
  readonly leftOut: Diagnostics['leftOut'];
}

const heightFor = (width: number): number => Math.min(width, 480);

/** Each result against what a model that had not seen it predicted. */
export function Parity({ name, objective, leftOut }: ParityProps): JSX.Element {
  const log = objective.transform === 'log10';
  const pairs = useMemo(
    () =>
      leftOut.map(({ mean, sd, actual }) => {
        const interval = intervalOf(objective, { mean, sd });
        const measured = fromModel(objective, actual);
        return { ...interval, measured, inside: measured >= interval.low && measured <= interval.high };
      }),
    [leftOut, objective],
  );
  const draw = useCallback(
    (width: number) => {
      const domain = domainOf(
        pairs.flatMap(({ measured, middle }) => [measured, middle]),
        pairs,
        log,
      );
      const tip = (pair: (typeof pairs)[number]): string =>
        `measured ${quantityText(pair.measured, objective.unit)}\npredicted ${quantityText(pair.middle, objective.unit)}`;
      return Plot.plot({
        width: Math.min(width, 480),
        height: heightFor(width),
        marginLeft: 58,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 42,
        x: { ...valueAxis(domain, log, `measured (${objective.unit}) →`), labelOffset: 36 },
        y: { ...valueAxis(domain, log, `↑ predicted without it (${objective.unit})`), clamp: true },
        marks: [
          valueGrid(domain, log, 'x'),
          valueGrid(domain, log),
          Plot.line(
            [
              [domain[0], domain[0]],
              [domain[1], domain[1]],
            ],
            { stroke: 'var(--ink-faint)', strokeDasharray: '5 4' },
          ),
          Plot.ruleX(pairs, {
            x: 'measured',
            y1: 'low',
            y2: 'high',
            stroke: 'var(--plot-best)',
            strokeOpacity: 0.4,
            strokeWidth: 1.5,
            clip: true,
          }),
          Plot.dot(pairs, {
            x: 'measured',
            y: 'middle',
            r: 4,
            symbol: ({ inside }: { inside: boolean }) => (inside ? 'circle' : 'diamond'),
            fill: ({ inside }: { inside: boolean }) => (inside ? 'var(--plot-best)' : 'var(--plot-failed)'),
            stroke: 'var(--surface)',
          }),
          Plot.tip(pairs, Plot.pointer({ x: 'measured', y: 'middle', title: tip, ...tipStyle })),
        ],
        symbol: {
          domain: ['circle', 'diamond'],
          range: ['circle', 'diamond'],
          legend: false,
          type: 'ordinal',
        },
      });
    },
    [pairs, log, objective.unit],
  );
  const inside = pairs.filter((pair) => pair.inside).length;
  return (
    <PlotFigure
      name={`${name} parity`}
      learn="parity"
      summary={`Left-out predictions against measured values: ${inside} of ${pairs.length} (${percentText(inside / Math.max(1, pairs.length))}) lie inside their 95 % interval.`}
      table={{
        columns: [
          "measured (models' scale)",
          "predicted mean (models' scale)",
          "predicted sd (models' scale)",
        ],
        rows: leftOut.map(({ actual, mean, sd }) => [actual, mean, sd]),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}
