import { type JSX, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Dimension } from '../api/space.js';
import { formulaText } from '../format/formula.js';
import { type Objective, propertyName, toModel } from '../format/objective.js';
import { drawLegend, type Field, fieldOf } from './field.js';
import { MapLegend } from './MapLegend.js';
import { calledOf, type MapPoint, type MapPosterior, type Shown, shownWords, valuesOf } from './map-data.js';
import { mapSummary, mapTable } from './map-told.js';
import { PlotFigure, type ProbeControl } from './PlotFigure.js';
import {
  backToFront,
  edgesOf,
  type Four,
  nearness,
  type Seen,
  type Turn,
  turnedFrom,
  usualTurn,
  viewOf,
} from './quaternary.js';
import { drawExperiment, drawRing } from './quaternary-marks.js';
import { svg } from './svg.js';

interface QuaternaryMapProps {
  readonly name: string;
  readonly objective: Objective;
  readonly axes: Four<Dimension>;
  readonly posterior: MapPosterior | null;
  readonly points: readonly MapPoint[];
  /** `value`: the results themselves, and no model. */
  readonly shown: Shown | 'value';
  readonly turn: Turn;
  readonly onTurn: (turn: Turn) => void;
  readonly probe: ProbeControl;
  /** In pixels; it never is wider. */
  readonly widest?: number;
}

const margin = { side: 64, top: 34, bottom: 34 };
const legendHeight = 56;
const radiusOf = (total: number): number => total / 2 - margin.side;
const heightOf = (total: number): number => 2 * radiusOf(total) + margin.top + margin.bottom + legendHeight;

/** The predicted property over all mixtures of four components, as a tetrahedron that can be turned. */
export function QuaternaryMap({
  name,
  objective,
  axes,
  posterior,
  points,
  shown,
  turn,
  onTurn,
  probe,
  widest = 620,
}: QuaternaryMapProps): JSX.Element {
  const [a, b, c, d] = axes;
  const amounts = useCallback(
    (point: unknown): Four<number> => [
      a.of(point) ?? 0,
      b.of(point) ?? 0,
      c.of(point) ?? 0,
      d.of(point) ?? 0,
    ],
    [a, b, c, d],
  );
  const [looked, setLooked] = useState<number | null>(null);
  const lattice = useMemo(
    () => (shown === 'value' ? [] : (posterior?.points ?? []).map(amounts)),
    [posterior, amounts, shown],
  );
  const tried = useMemo(
    () => points.map((point) => ({ ...point, amounts: amounts(point.point) })),
    [points, amounts],
  );
  const values = useMemo(
    () =>
      shown === 'value'
        ? points.flatMap(({ value }) => (value === null ? [] : toModel(objective, value)))
        : posterior
          ? valuesOf(posterior, shown)
          : [],
    [posterior, points, objective, shown],
  );
  const field = useMemo((): Field | null => {
    if (values.length === 0) return null;
    if (shown !== 'value') return fieldOf(objective, shown, values, posterior?.scoreLabel);
    const label = `measured ${propertyName(objective.property)}${objective.unit === '' ? '' : ` (${objective.unit})`}`;
    return { ...fieldOf(objective, 'mean', values), label };
  }, [values, shown, objective, posterior]);
  const { at, pinned } = probe;
  // Of several moves between two drawings none is lost.
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  }, [turn]);
  const turnTo = (next: Turn): void => {
    latest.current = next;
    onTurn(next);
  };

  const draw = useCallback(
    (width: number) => {
      const total = Math.min(width, widest);
      const radius = radiusOf(total);
      const view = viewOf(turn);
      const pixels = ({ x, y }: Pick<Seen, 'x' | 'y'>): { readonly x: number; readonly y: number } => ({
        x: total / 2 + radius * x,
        y: margin.top + radius * (1 - y),
      });
      // So that dots stand apart, and what is behind them can be seen.
      const dot = Math.max(1.6, (0.36 * radius) / Math.max(6, Math.cbrt(6 * lattice.length)));
      const places = lattice.map((one, i) => {
        const seen = view.place(one);
        const { x, y } = pixels(seen);
        const near = nearness(seen);
        const fill = field?.colour(values[i] ?? 0) ?? 'none';
        const attributes = {
          cx: x.toFixed(1),
          cy: y.toFixed(1),
          r: (dot * (0.75 + 0.5 * near)).toFixed(2),
          fill,
        };
        const opacity = (0.4 + 0.6 * near).toFixed(2);
        return {
          seen,
          drawn: [svg('circle', { ...attributes, 'fill-opacity': opacity, 'data-mark': `place ${i}` })],
        };
      });
      const experiments = tried.map((point, i) => {
        const seen = view.place(point.amounts);
        const fill =
          shown === 'value' && field && point.value !== null
            ? field.colour(toModel(objective, point.value))
            : '#fff';
        const title = svg('title', {}, titleOf(point));
        const marks = drawExperiment(point.kind, pixels(seen), fill);
        return { seen, drawn: [svg('g', { 'data-mark': `point ${i}` }, title, ...marks)] };
      });
      const line = ({ from, to }: { readonly from: Seen; readonly to: Seen }, own: object): SVGElement => {
        const [p, q] = [pixels(from), pixels(to)];
        return svg('line', {
          x1: p.x,
          y1: p.y,
          x2: q.x,
          y2: q.y,
          stroke: 'var(--ink)',
          'stroke-width': 1.3,
          ...own,
        });
      };
      const edges = edgesOf(view);
      const behind = edges.filter(({ hidden }) => hidden);
      const before = edges.filter(({ hidden }) => !hidden);
      const names = view.corners.map((corner, i) => {
        const { x, y } = pixels({ x: 1.09 * corner.x, y: 1.09 * corner.y });
        const anchor = corner.x > 0.25 ? 'start' : corner.x < -0.25 ? 'end' : 'middle';
        return svg(
          'text',
          {
            ...{ x, y, dy: '0.35em', 'text-anchor': anchor, 'font-size': 13, 'font-weight': 650 },
            ...{ fill: 'var(--ink)', stroke: 'var(--surface)', 'stroke-width': 3, 'paint-order': 'stroke' },
            'pointer-events': 'none',
          },
          formulaText(axes[i]?.name ?? ''),
        );
      });
      const onPlace = at === null ? undefined : lattice[at];
      const onPoint = looked === null ? undefined : tried[looked]?.amounts;
      const rings = [onPlace, onPoint].flatMap((one) => (one ? drawRing(pixels(view.place(one))) : []));
      const legend = { x: margin.side, y: heightOf(total) - 36, width: total - 2 * margin.side };
      return svg(
        'svg',
        { width: total, height: heightOf(total), viewBox: `0 0 ${total} ${heightOf(total)}` },
        ...behind.map((edge) => line(edge, { 'stroke-dasharray': '4 4', 'stroke-opacity': 0.7 })),
        ...backToFront(places).flatMap(({ drawn }) => drawn),
        ...before.map((edge) => line(edge, { 'pointer-events': 'none' })),
        ...backToFront(experiments).flatMap(({ drawn }) => drawn),
        ...rings,
        ...names,
        ...(field ? [drawLegend(field, legend)] : []),
      );
    },
    [lattice, tried, values, field, objective, shown, turn, widest, axes, at, looked],
  );

  const colour = `Colour: ${shown === 'value' ? 'measured value' : shownWords[shown]}.`;
  const onMark = (mark: string | null, kept: boolean): void => {
    const [kind, number] = (mark ?? '').split(' ');
    setLooked(kind === 'point' ? Number(number) : null);
    if (pinned && !kept) return;
    const place = kind === 'place' ? Number(number) : null;
    probe.onLook(place);
    if (kept) probe.onPin(place !== null && !(pinned && place === at));
  };
  const step = (by: number): void =>
    setLooked((now) =>
      tried.length === 0
        ? null
        : now === null
          ? by > 0
            ? 0
            : tried.length - 1
          : (now + by + tried.length) % tried.length,
    );
  const shownPoint = looked === null ? undefined : tried[looked];

  return (
    <PlotFigure
      name={`${name} map`}
      learn="quaternary"
      summary={mapSummary('Quaternary', axes, points, colour)}
      table={mapTable(axes, posterior)}
      draw={draw}
      placeholder={(width) => heightOf(Math.min(width, widest))}
      turn={{
        onTurn: (right, down) => turnTo(turnedFrom(latest.current, right, down)),
        onBack: () => turnTo(usualTurn),
        onStep: step,
        onMark,
      }}
      legend={
        <div>
          <MapLegend points={points} />
          <p className="small soft" role="status">
            {shownPoint ? titleOf(shownPoint) : 'Drag it, or use the arrow keys, to turn it.'}
          </p>
        </div>
      }
    />
  );
}

const titleOf = (point: MapPoint): string => `${calledOf(point)}: ${point.what}, ${formulaText(point.label)}`;
