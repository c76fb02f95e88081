import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import type { Dimension } from '../api/space.js';
import { dimensionColumn, dimensionLabel } from '../format/dimension.js';
import { tickText } from '../format/number.js';
import type { Objective } from '../format/objective.js';
import { tipStyle } from './axes.js';
import { drawBands, drawLegend, fieldOf } from './field.js';
import { MapLegend, type MapWords } from './MapLegend.js';
import { calledOf, type MapPoint, type MapPosterior, type Shown, shownWords, valuesOf } from './map-data.js';
import { planeMesh } from './mesh.js';
import { pointMarks } from './point-marks.js';
import { PlotFigure, type ProbeControl } from './PlotFigure.js';
import { svg } from './svg.js';

interface PlaneMapProps {
  readonly name: string;
  readonly objective: Objective;
  readonly x: Dimension;
  readonly y: Dimension;
  readonly posterior: MapPosterior | null;
  readonly points: readonly MapPoint[];
  readonly shown: Shown;
  readonly probe?: ProbeControl;
  /** In pixels; it never is wider. */
  readonly widest?: number;
  /** Other words for its marks. */
  readonly words?: MapWords;
}

const heightOf = (total: number): number => Math.round(total * 0.72) + 70;
const axisOf = (dimension: Dimension, label: string): Plot.ScaleOptions => ({
  type: dimension.scale,
  domain: [dimension.min, dimension.max],
  label,
  tickFormat: tickText,
  ...(dimension.scale === 'log' ? { ticks: 4 } : { ticks: 5 }),
});

/** The predicted property over two continuous parameters. */
export function PlaneMap({
  name,
  objective,
  x,
  y,
  posterior,
  points,
  shown,
  probe,
  widest = 640,
  words,
}: PlaneMapProps): JSX.Element {
  const values = useMemo(() => (posterior ? valuesOf(posterior, shown) : []), [posterior, shown]);
  const mesh = useMemo(
    () =>
      planeMesh(
        (posterior?.points ?? []).map((point, i) => ({
          x: x.of(point) ?? 0,
          y: y.of(point) ?? 0,
          value: values[i] ?? 0,
        })),
      ),
    [posterior, values, x, y],
  );
  const placed = useMemo(
    () => points.map((point) => ({ ...point, x: x.of(point.point), y: y.of(point.point) })),
    [points, x, y],
  );

  const spots = useMemo(
    () => (posterior?.points ?? []).map((point) => ({ x: x.of(point) ?? 0, y: y.of(point) ?? 0 })),
    [posterior, x, y],
  );

  const draw = useCallback(
    (width: number) => {
      const total = Math.min(width, widest);
      const field = posterior ? fieldOf(objective, shown, values, posterior.scoreLabel) : null;
      const backdrop: Plot.RenderFunction = (_index, scales) =>
        svg(
          'g',
          {},
          ...(field
            ? [drawBands(mesh, field, (px, py) => [Number(scales.x?.(px)), Number(scales.y?.(py))])]
            : []),
        );
      const legend: Plot.RenderFunction = () =>
        svg(
          'g',
          {},
          ...(field ? [drawLegend(field, { x: 58, y: heightOf(total) - 34, width: total - 78 })] : []),
        );
      return Plot.plot({
        width: total,
        height: heightOf(total),
        marginLeft: 58,
        marginRight: 20,
        marginTop: 28,
        marginBottom: 106,
        x: { ...axisOf(x, `${dimensionLabel(x)} →`), labelOffset: 34 },
        y: axisOf(y, `↑ ${dimensionLabel(y)}`),
        marks: [
          backdrop,
          Plot.frame({ stroke: 'var(--ink-soft)' }),
          ...pointMarks(placed),
          legend,
          Plot.tip(
            placed,
            Plot.pointer({
              x: 'x',
              y: 'y',
              title: (point: MapPoint) =>
                `${calledOf(point)}: ${point.what}\n${point.label.replaceAll(' · ', '\n')}`,
              maxRadius: 20,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [placed, posterior, shown, values, mesh, objective, widest, x, y],
  );

  const table = {
    columns: [dimensionColumn(x), dimensionColumn(y), "mean (models' scale)", "sd (models' scale)"],
    rows: (posterior?.points ?? []).map((point, i) => [
      x.of(point),
      y.of(point),
      posterior?.mean[i] ?? null,
      posterior?.sd[i] ?? null,
    ]),
  };
  return (
    <PlotFigure
      name={`${name} map`}
      learn="plane"
      summary={`Map over ${x.name} and ${y.name}, coloured by the ${shownWords[shown]}, with ${points.length} experiments.`}
      table={table}
      draw={draw}
      placeholder={(width) => heightOf(Math.min(width, widest))}
      probe={probe && { ...probe, spots }}
      legend={<MapLegend points={points} own={words} />}
    />
  );
}
