import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import { percentText } from '../format/number.js';
import { tipStyle } from './axes.js';
import { PlotFigure } from './PlotFigure.js';

interface HypervolumeCurveProps {
  readonly name: string;
  readonly growth: readonly { readonly number: number; readonly volume: number }[];
}

const heightFor = (): number => 300;

/** How much of the box between the worst and the best is dominated, experiment by experiment. */
export function HypervolumeCurve({ name, growth }: HypervolumeCurveProps): JSX.Element {
  const draw = useCallback(
    (width: number) =>
      Plot.plot({
        width,
        height: heightFor(),
        marginLeft: 52,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 42,
        x: { label: 'experiment →', labelOffset: 36, tickFormat: (value: number) => String(value), ticks: 6 },
        y: {
          label: '↑ dominated share',
          domain: [0, 1],
          ticks: [0, 0.25, 0.5, 0.75, 1],
          tickFormat: (share: number) => percentText(share),
        },
        marks: [
          Plot.gridY({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.line(growth, {
            x: 'number',
            y: 'volume',
            curve: 'step-after',
            stroke: 'var(--plot-best)',
            strokeWidth: 2.5,
          }),
          Plot.tip(
            growth,
            Plot.pointerX({
              x: 'number',
              y: 'volume',
              title: ({ number, volume }: HypervolumeCurveProps['growth'][number]) =>
                `After experiment ${number}\n${(100 * volume).toFixed(1)} % dominated`,
              ...tipStyle,
            }),
          ),
        ],
      }),
    [growth],
  );
  return (
    <PlotFigure
      name={`${name} hypervolume`}
      learn="hypervolume"
      summary={`The dominated share grew to ${percentText(growth.at(-1)?.volume ?? 0)} over ${growth.length} experiments.`}
      table={{
        columns: ['experiment', 'dominated share'],
        rows: growth.map(({ number, volume }) => [number, volume]),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}
