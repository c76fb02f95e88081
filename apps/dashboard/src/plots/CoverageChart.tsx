import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import type { Dimension } from '../api/space.js';
import { dimensionLabel } from '../format/dimension.js';
import { tickText } from '../format/number.js';
import { plural } from '../format/words.js';
import { tipStyle } from './axes.js';
import { coverageOf, type Cell } from './coverage.js';
import type { MapPoint } from './map-data.js';
import { PlotFigure } from './PlotFigure.js';

interface CoverageChartProps {
  readonly name: string;
  readonly axes: readonly Dimension[];
  readonly points: readonly MapPoint[];
}

interface Placed extends Cell {
  readonly axis: string;
}

const rowHeight = (rows: number): number => Math.max(34, Math.min(58, 230 / Math.max(1, rows)));
const ends = { dy: 20, fill: 'var(--ink-soft)' } as const;

/** Where along each dimension experiments were made, and where none was. */
export function CoverageChart({ name, axes, points }: CoverageChartProps): JSX.Element {
  const rows = useMemo(() => axes.map((axis) => coverageOf(axis, points, tickText)), [axes, points]);
  const heightFor = useCallback((): number => rows.length * rowHeight(rows.length) + 40, [rows.length]);
  const draw = useCallback(
    (width: number) => {
      const cells = rows.flatMap(({ axis, cells: own }) =>
        own.map((cell): Placed => ({ ...cell, axis: dimensionLabel(axis) })),
      );
      const most = Math.max(1, ...cells.map(({ count }) => count));
      const room = Math.min(
        width * 0.36,
        Math.max(...rows.map(({ axis }) => dimensionLabel(axis).length)) * 7.2 + 14,
      );
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: room,
        marginRight: 14,
        marginTop: 6,
        marginBottom: 34,
        x: { domain: [0, 1], axis: null },
        y: { domain: rows.map(({ axis }) => dimensionLabel(axis)), label: null, tickSize: 0, padding: 0.18 },
        color: { type: 'identity' },
        marks: [
          Plot.barX(cells, {
            x1: 'from',
            x2: 'to',
            y: 'axis',
            fill: 'var(--plot-best)',
            fillOpacity: ({ count }: Placed) => (count === 0 ? 0 : 0.16 + 0.84 * (count / most)),
            stroke: 'var(--line-strong)',
            strokeOpacity: 0.5,
            insetLeft: 1,
            insetRight: 1,
            rx: 3,
          }),
          Plot.text(
            cells.filter(({ count }) => count > 0),
            {
              x: ({ from, to }: Placed) => (from + to) / 2,
              y: 'axis',
              text: ({ count }: Placed) => String(count),
              fontSize: 11,
              fontWeight: 600,
              fill: ({ count }: Placed) => (count / most > 0.45 ? 'var(--on-accent)' : 'var(--ink)'),
            },
          ),
          Plot.text(['low end'], { ...ends, frameAnchor: 'bottom-left' }),
          Plot.text(['high end'], { ...ends, frameAnchor: 'bottom-right' }),
          Plot.tip(
            cells,
            Plot.pointer({
              x: ({ from, to }: Placed) => (from + to) / 2,
              y: 'axis',
              title: ({ axis, text, count }: Placed) => `${axis}: ${text}\n${plural(count, 'experiment')}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [rows, heightFor],
  );
  const cells = rows.flatMap((row) => row.cells);
  return (
    <PlotFigure
      name={`${name} coverage`}
      learn="coverage"
      summary={`Experiments in each part of ${plural(axes.length, 'dimension')}: ${cells.filter(({ count }) => count > 0).length} of ${cells.length} parts have one.`}
      table={{
        columns: ['dimension', 'part', 'experiments'],
        rows: rows.flatMap(({ axis, cells: own }) => own.map(({ text, count }) => [axis.name, text, count])),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}
