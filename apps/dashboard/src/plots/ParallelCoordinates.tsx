import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import type { Dimension } from '../api/space.js';
import { dimensionColumn, dimensionLabel } from '../format/dimension.js';
import { formulaText } from '../format/formula.js';
import { tickText, withUnit } from '../format/number.js';
import { capital, type Objective, propertyName } from '../format/objective.js';
import { plural } from '../format/words.js';
import { tipStyle } from './axes.js';
import { drawLegend, fieldOf } from './field.js';
import { Key } from './Key.js';
import { calledOf, type MapPoint } from './map-data.js';
import { toModel } from '../format/objective.js';
import { bestShare, parallelOf, type ParallelLine } from './parallel.js';
import { PlotFigure } from './PlotFigure.js';
import { svg } from './svg.js';

interface ParallelCoordinatesProps {
  readonly name: string;
  readonly objective: Objective;
  readonly axes: readonly Dimension[];
  readonly points: readonly MapPoint[];
  /** Of the results, the share of the best that is drawn strong. */
  readonly strong: number;
  /** What the lines that stand out are, where they are not the best so far. */
  readonly bestWord?: string;
}

interface Knot {
  readonly along: number;
  readonly share: number;
  readonly line: ParallelLine;
}

/** The first and the last name stay inside the plot. */
const anchorAt = (along: number, last: number, stands: boolean): 'start' | 'middle' | 'end' => {
  if (!stands || along === 0) return 'start';
  return along === last ? 'end' : 'middle';
};
/** How much of a name goes on one line, in em: as far as its neighbour's begins. */
const roomFor = (textAnchor: 'start' | 'middle' | 'end', gap: number): number =>
  Math.max(4, (textAnchor === 'middle' ? gap * 0.92 : gap * 0.46 + (textAnchor === 'end' ? 46 : 6)) / 12.5);
const upright = (width: number): boolean => width >= 560;
const legendRoom = 58;

/** Every experiment as a line: what the good ones have in common is where their lines run together. */
export function ParallelCoordinates({
  name,
  objective,
  axes,
  points,
  strong,
  bestWord = 'best so far',
}: ParallelCoordinatesProps): JSX.Element {
  const parallel = useMemo(
    () => parallelOf(axes, objective, points, (value) => tickText(value)),
    [axes, objective, points],
  );
  const heightFor = useCallback(
    (width: number): number => (upright(width) ? 360 : parallel.axes.length * 62 + 60) + legendRoom,
    [parallel.axes.length],
  );
  const draw = useCallback(
    (width: number) => {
      const stands = upright(width);
      const shown = bestShare(parallel.lines, strong);
      const values = points.flatMap(({ value }) => (value === null ? [] : [toModel(objective, value)]));
      const field = values.length > 0 ? fieldOf(objective, 'mean', values) : null;
      const colourOf = ({ value }: ParallelLine): string =>
        value === null || !field ? 'var(--plot-band)' : field.colour(toModel(objective, value));
      const isStrong = ({ experiment, kind }: ParallelLine): boolean =>
        kind === 'proposed' || kind === 'former' || kind === 'best' || shown.has(experiment);
      const knots = parallel.lines.flatMap((line) =>
        line.at.flatMap((share, along) => (share === null ? [] : [{ along, share, line }])),
      );
      const weak = knots.filter(({ line }) => !isStrong(line));
      const marked = knots.filter(({ line }) => isStrong(line));
      const of = (along: 'along' | 'share', other: 'along' | 'share') =>
        stands ? { x: along, y: other } : { x: other, y: along };
      const place = of('along', 'share');
      const last = parallel.axes.length - 1;
      const names = parallel.axes.map(({ name: called, unit }, along) => ({
        along,
        share: 1,
        text: dimensionLabel({ name: along === last ? capital(propertyName(called)) : called, unit }),
      }));
      const marks = parallel.axes.flatMap((axis, along) =>
        axis.marks.map(({ at, text }) => ({ along, share: at, text })),
      );
      const legend: Plot.RenderFunction = () =>
        svg(
          'g',
          {},
          ...(field
            ? [
                drawLegend(
                  { ...field, label: `measured ${propertyName(objective.property)} (${objective.unit})` },
                  { x: 56, y: heightFor(width) - 34, width: Math.min(width - 112, 420) },
                ),
              ]
            : []),
        );
      const lineOptions = {
        ...place,
        z: ({ line }: Knot) => line.experiment,
        stroke: ({ line }: Knot) => colourOf(line),
      } as const;
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: stands ? 56 : 24,
        marginRight: stands ? 56 : 24,
        marginTop: stands ? 64 : 40,
        marginBottom: legendRoom + (stands ? 30 : 20),
        axis: null,
        color: { type: 'identity' },
        x: { domain: stands ? [0, last] : [0, 1] },
        y: { domain: stands ? [0, 1] : [last, 0] },
        marks: [
          Plot.line(weak, {
            ...lineOptions,
            stroke: 'var(--ink-faint)',
            strokeOpacity: 0.28,
            strokeWidth: 1,
          }),
          Plot.line(
            marked.filter(({ line }) => line.kind === 'proposed'),
            { ...lineOptions, strokeWidth: 1.8, strokeDasharray: '4 3' },
          ),
          Plot.line(
            marked.filter(({ line }) => line.kind !== 'proposed' && line.kind !== 'best'),
            { ...lineOptions, strokeWidth: 1.8, strokeOpacity: 0.9 },
          ),
          Plot.line(
            marked.filter(({ line }) => line.kind === 'best'),
            { ...lineOptions, stroke: 'var(--surface)', strokeWidth: 7 },
          ),
          Plot.line(
            marked.filter(({ line }) => line.kind === 'best'),
            { ...lineOptions, stroke: 'var(--plot-best)', strokeWidth: 3.5 },
          ),
          stands
            ? Plot.ruleX(names, { x: 'along', y1: 0, y2: 1, stroke: 'var(--ink-soft)', strokeWidth: 1.2 })
            : Plot.ruleY(names, { y: 'along', x1: 0, x2: 1, stroke: 'var(--ink-soft)', strokeWidth: 1.2 }),
          Plot.text(marks, {
            ...place,
            text: 'text',
            fontSize: 11,
            fill: 'var(--ink-soft)',
            stroke: 'var(--surface)',
            strokeWidth: 4,
            ...(stands ? { dx: 6, textAnchor: 'start' as const } : { dy: 13, textAnchor: 'middle' as const }),
          }),
          ...(['start', 'middle', 'end'] as const).map((textAnchor) =>
            Plot.text(
              names.filter(({ along }) => anchorAt(along, last, stands) === textAnchor),
              {
                ...(stands
                  ? {
                      x: 'along',
                      y: () => 1,
                      dy: -22,
                      dx: textAnchor === 'end' ? 50 : textAnchor === 'start' ? -8 : 0,
                    }
                  : { x: () => 0, y: 'along', dy: -12, dx: -8 }),
                text: 'text',
                fontSize: 12.5,
                fontWeight: 650,
                fill: 'var(--ink)',
                stroke: 'var(--surface)',
                strokeWidth: 4,
                textAnchor,
                lineWidth: stands ? roomFor(textAnchor, (width - 112) / Math.max(1, last)) : 60,
                lineAnchor: 'bottom',
              },
            ),
          ),
          legend,
          Plot.tip(
            marked,
            Plot.pointer({
              ...place,
              title: ({ line: { experiment, called, what, label } }: Knot) =>
                `${calledOf({ experiment, ...(called !== undefined && { called }) })}: ${what}\n${formulaText(label).replaceAll(' · ', '\n')}`,
              maxRadius: 30,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [parallel, points, objective, strong, heightFor],
  );
  const measured = points.filter(({ value }) => value !== null).length;
  return (
    <PlotFigure
      name={`${name} parallel coordinates`}
      learn="parallel"
      summary={`${plural(measured, 'result')} as lines across ${axes.length} dimensions and the ${propertyName(objective.property)}.`}
      table={{
        columns: [
          'experiment',
          'state',
          ...axes.map(dimensionColumn),
          withUnit(objective.property, `(${objective.unit})`),
        ],
        rows: points.map(({ experiment, kind, point, value }) => [
          experiment,
          kind,
          ...axes.map((axis) => {
            const own = axis.of(point);
            return own === null ? null : (axis.choices?.[own] ?? own);
          }),
          value,
        ]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="3.5" />}>{bestWord}</Key>
          {points.some(({ kind }) => kind === 'proposed') ? (
            <Key shape={<path d="M0,6H22" stroke="var(--plot-band)" strokeWidth="2" strokeDasharray="4 3" />}>
              proposed or in the lab
            </Key>
          ) : null}
          <Key shape={<path d="M0,6H22" stroke="var(--ink-faint)" strokeOpacity="0.5" />}>
            the others, and what failed
          </Key>
        </ul>
      }
    />
  );
}
