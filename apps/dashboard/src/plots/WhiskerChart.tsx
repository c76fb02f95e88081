import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import { numberText, tickText } from '../format/number.js';
import { tipStyle } from './axes.js';
import { PlotFigure } from './PlotFigure.js';

/** A middle with the interval around it. */
export interface Whisker {
  readonly name: string;
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  /** Drawn in the colour of what stands out. */
  readonly strong: boolean;
}

interface WhiskerChartProps {
  readonly name: string;
  readonly summary: string;
  /** What the horizontal axis is. */
  readonly label: string;
  readonly rows: readonly Whisker[];
  /** What zero means. */
  readonly zero: string;
}

const rowHeight = 26;
const around = 78;

/** Middles with their intervals, one under the other, against zero. */
export function WhiskerChart({ name, summary, label, rows, zero }: WhiskerChartProps): JSX.Element {
  const heightFor = useCallback(() => rows.length * rowHeight + around, [rows.length]);
  const draw = useCallback(
    (width: number) => {
      const longest = rows.reduce((most, row) => Math.max(most, row.name.length), 0);
      const colour = ({ strong }: Whisker): string => (strong ? 'var(--plot-best)' : 'var(--plot-value)');
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: Math.min(width * 0.38, 22 + longest * 7.2),
        marginRight: 18,
        marginTop: 26,
        marginBottom: 44,
        x: {
          label: `${label} →`,
          labelOffset: 36,
          tickFormat: tickText,
          ticks: width < 480 ? 4 : 7,
          nice: true,
        },
        y: { domain: rows.map((row) => row.name), label: null, tickSize: 0 },
        marks: [
          Plot.gridX({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.ruleX([0], { stroke: 'var(--ink-faint)', strokeDasharray: '5 4' }),
          Plot.text([zero], {
            x: () => 0,
            frameAnchor: 'top',
            dy: -14,
            text: (text: string) => text,
            fill: 'var(--ink-soft)',
            fontSize: 11,
          }),
          Plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: colour, strokeWidth: 2.5 }),
          Plot.dot(rows, { y: 'name', x: 'middle', r: 4.5, fill: colour, stroke: 'var(--surface)' }),
          Plot.tip(
            rows,
            Plot.pointerY({
              x: 'middle',
              y: 'name',
              title: (row: Whisker) =>
                `${row.name}: ${numberText(row.middle, 2)}\n${numberText(row.low, 2)} to ${numberText(row.high, 2)}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [rows, label, zero, heightFor],
  );
  return (
    <PlotFigure
      name={name}
      learn="whiskers"
      summary={summary}
      table={{
        columns: ['name', label, 'from', 'to'],
        rows: rows.map((row) => [row.name, row.middle, row.low, row.high]),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}
