import * as Plot from '@observablehq/plot';
import { formulaText } from '../format/formula.js';
import { type JSX, useCallback, useMemo } from 'react';
import type { Dimension } from '../api/space.js';
import type { Objective } from '../format/objective.js';
import { tipStyle } from './axes.js';
import { drawBands, drawLegend, fieldOf } from './field.js';
import { MapLegend, type MapWords } from './MapLegend.js';
import { calledOf, type MapPoint, type MapPosterior, type Shown, shownWords, valuesOf } from './map-data.js';
import { mapSummary, mapTable } from './map-told.js';
import { ternaryMesh } from './mesh.js';
import { pointMarks } from './point-marks.js';
import { PlotFigure, type ProbeControl } from './PlotFigure.js';
import { svg } from './svg.js';
import { gridlines, height, outline, place, tickPlaces } from './ternary.js';

interface TernaryMapProps {
  readonly name: string;
  readonly objective: Objective;
  readonly axes: readonly [Dimension, Dimension, Dimension];
  readonly posterior: MapPosterior | null;
  readonly points: readonly MapPoint[];
  readonly shown: Shown;
  readonly probe?: ProbeControl;
  /** In pixels; it never is wider. */
  readonly widest?: number;
  /** Other words for its marks. */
  readonly words?: MapWords;
}

const fractions = [0.2, 0.4, 0.6, 0.8];
const margin = { side: 46, top: 26, bottom: 40 };
const legendHeight = 56;
const sideOf = (total: number): number => total - 2 * margin.side;
const corners = [
  { at: place(1, 0, 0), nudge: { dy: -14 } },
  { at: place(0, 1, 0), nudge: { dy: 28, dx: margin.side - 4, textAnchor: 'end' } },
  { at: place(0, 0, 1), nudge: { dy: 28, dx: 4 - margin.side, textAnchor: 'start' } },
] as const;
const heightOf = (total: number, legend: number): number =>
  Math.round(sideOf(total) * height + margin.top + margin.bottom + legend);

/** The predicted property over all mixtures of three components, with what was measured and what is proposed. */
export function TernaryMap({
  name,
  objective,
  axes,
  posterior,
  points,
  shown,
  probe,
  widest = 560,
  words,
}: TernaryMapProps): JSX.Element {
  const [a, b, c] = axes;
  const values = useMemo(() => (posterior ? valuesOf(posterior, shown) : []), [posterior, shown]);
  const mesh = useMemo(
    () =>
      ternaryMesh(
        (posterior?.points ?? []).map((point, i) => ({
          a: a.of(point) ?? 0,
          b: b.of(point) ?? 0,
          c: c.of(point) ?? 0,
          value: values[i] ?? 0,
        })),
      ),
    [posterior, values, a, b, c],
  );
  const placed = useMemo(
    () =>
      points.map((point) => ({
        ...point,
        ...place(a.of(point.point) ?? 0, b.of(point.point) ?? 0, c.of(point.point) ?? 0),
      })),
    [points, a, b, c],
  );

  const spots = useMemo(
    () =>
      (posterior?.points ?? []).map((point) => place(a.of(point) ?? 0, b.of(point) ?? 0, c.of(point) ?? 0)),
    [posterior, a, b, c],
  );

  const draw = useCallback(
    (width: number) => {
      const names = [a, b, c].map(({ name: component }) => formulaText(component));
      const total = Math.min(width, widest);
      const room = posterior ? legendHeight : 0;
      const field = posterior ? fieldOf(objective, shown, values, posterior.scoreLabel) : null;
      const backdrop: Plot.RenderFunction = (_index, { x, y }) => {
        const toPixels = (px: number, py: number): readonly [number, number] => [
          Number(x?.(px)),
          Number(y?.(py)),
        ];
        return svg('g', {}, ...(field ? [drawBands(mesh, field, toPixels)] : []));
      };
      const legend: Plot.RenderFunction = () =>
        svg(
          'g',
          {},
          ...(field
            ? [
                drawLegend(field, {
                  x: margin.side,
                  y: heightOf(total, legendHeight) - 36,
                  width: sideOf(total),
                }),
              ]
            : []),
        );
      const grid = field ? '#ffffff' : 'var(--plot-grid)';
      const tip = (point: MapPoint): string =>
        `${calledOf(point)}: ${point.what}\n${formulaText(point.label).replaceAll(' · ', '\n')}`;
      return Plot.plot({
        width: total,
        height: heightOf(total, room),
        marginLeft: margin.side,
        marginRight: margin.side,
        marginTop: margin.top,
        marginBottom: margin.bottom + room,
        axis: null,
        x: { domain: [0, 1] },
        y: { domain: [0, height] },
        marks: [
          backdrop,
          Plot.link(gridlines(fractions), {
            x1: 'x1',
            y1: 'y1',
            x2: 'x2',
            y2: 'y2',
            stroke: grid,
            strokeOpacity: field ? 0.32 : 1,
          }),
          Plot.line(outline, { x: 'x', y: 'y', stroke: 'var(--ink)', strokeWidth: 1.5 }),
          ...(['a', 'b', 'c'] as const).map((side) =>
            Plot.text(
              tickPlaces(fractions).filter((tick) => tick.side === side),
              {
                x: 'x',
                y: 'y',
                text: ({ fraction }: { fraction: number }) => String(Math.round(fraction * 100)),
                fontSize: 10.5,
                fill: 'var(--ink-soft)',
                dx: side === 'a' ? 13 : side === 'b' ? -4 : -11,
                dy: side === 'a' ? -3 : side === 'b' ? 12 : -4,
              },
            ),
          ),
          ...corners.map(({ at, nudge }, i) =>
            Plot.text([{ ...at, name: names[i] }], {
              ...{ x: 'x', y: 'y', text: 'name', ...nudge },
              ...{ fontWeight: 650, fontSize: 13, fill: 'var(--ink)' },
            }),
          ),
          ...pointMarks(placed),
          legend,
          Plot.tip(placed, Plot.pointer({ x: 'x', y: 'y', title: tip, maxRadius: 20, ...tipStyle })),
        ],
      });
    },
    [placed, posterior, shown, values, mesh, objective, widest, a, b, c],
  );

  const colour = posterior ? `Colour: ${shownWords[shown]}.` : 'No model yet.';
  return (
    <PlotFigure
      name={`${name} map`}
      learn="ternary"
      summary={mapSummary('Ternary', axes, points, colour)}
      table={mapTable(axes, posterior)}
      draw={draw}
      placeholder={(width) => heightOf(Math.min(width, widest), posterior ? legendHeight : 0)}
      probe={probe && { ...probe, spots }}
      legend={<MapLegend points={points} own={words} />}
    />
  );
}
