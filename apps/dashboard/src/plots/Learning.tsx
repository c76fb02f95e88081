import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import { numberText, percentText, tickText } from '../format/number.js';
import { tipStyle, wholeTicks } from './axes.js';
import type { FittedOnce } from './calibration.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

interface LearningProps {
  readonly name: string;
  /** The scale that the error is on. */
  readonly scale: string;
  readonly models: readonly FittedOnce[];
}

const heightFor = (width: number): number => (width < 480 ? 260 : 300);

/** How the error of left-out predictions went as results came in. */
export function Learning({ name, scale, models }: LearningProps): JSX.Element {
  const draw = useCallback(
    (width: number) => {
      const last = Math.max(1, ...models.map(({ results }) => results));
      const most = Math.max(0, ...models.map(({ rmse }) => rmse));
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: 52,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 40,
        x: {
          domain: [0, last * 1.04],
          ticks: [...wholeTicks(last)],
          tickFormat: 'd',
          label: 'results learned from →',
          labelOffset: 36,
        },
        y: { domain: [0, most * 1.1 || 1], label: `↑ RMSE (${scale})`, ticks: 5, tickFormat: tickText },
        marks: [
          Plot.gridY({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          Plot.line(models, { x: 'results', y: 'rmse', stroke: 'var(--plot-best)', strokeWidth: 2.5 }),
          Plot.dot(models, {
            x: 'results',
            y: 'rmse',
            r: 4,
            fill: 'var(--plot-best)',
            stroke: 'var(--surface)',
          }),
          Plot.tip(
            models,
            Plot.pointerX({
              x: 'results',
              y: 'rmse',
              title: ({ results, rmse, coverage95 }: FittedOnce) =>
                `${results} results\nRMSE ${numberText(rmse)}${coverage95 === null ? '' : `\n${percentText(coverage95)} inside the 95 % interval`}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [models, scale],
  );
  const first = models[0];
  const latest = models.at(-1);
  return (
    <PlotFigure
      name={`${name} learning curve`}
      learn="learning"
      summary={
        first && latest
          ? `Error of left-out predictions: ${numberText(first.rmse)} with ${first.results} results, ${numberText(latest.rmse)} with ${latest.results}.`
          : 'No model yet.'
      }
      table={{
        columns: ['results', `RMSE (${scale})`, 'share inside the 95 % interval'],
        rows: models.map(({ results, rmse, coverage95 }) => [results, rmse, coverage95]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2.5" />}>
            error of left-out predictions
          </Key>
        </ul>
      }
    />
  );
}
