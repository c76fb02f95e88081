import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { quantityText, tickText } from '../format/number.js';
import { tipStyle, valueGrid } from './axes.js';
import {
  decadeText,
  namedPoints,
  nyquistOf,
  type NyquistPoint,
  sizeOf,
  type SpectrumPoint,
} from './nyquist.js';
import { PlotFigure } from './PlotFigure.js';

interface NyquistPlotProps {
  readonly name: string;
  readonly spectrum: readonly SpectrumPoint[];
  /** The resistance that the station read off, to be marked. */
  readonly resistanceOhm?: number | null;
}

const margin = { left: 58, right: 24, top: 34, bottom: 44 } as const;
const tallest = 360;

/** An impedance spectrum as electrochemists draw it: −Z″ over Z′, one scale for both. */
export function NyquistPlot({ name, spectrum, resistanceOhm = null }: NyquistPlotProps): JSX.Element {
  const nyquist = useMemo(() => nyquistOf(spectrum), [spectrum]);
  const size = useCallback(
    (width: number) =>
      sizeOf(nyquist, { width: Math.max(80, width - margin.left - margin.right), height: tallest }),
    [nyquist],
  );
  const draw = useCallback(
    (width: number) => {
      const { points, unit, ohm, x, y } = nyquist;
      const read = resistanceOhm === null ? null : resistanceOhm / ohm;
      const marked = read !== null && read > x[0] && read < x[1] ? [read] : [];
      const inner = size(width);
      const tip = (point: NyquistPoint): string =>
        `${quantityText(point.frequencyHz, 'Hz')}\nZ′ ${quantityText(point.x, unit)}\n−Z″ ${quantityText(point.y, unit)}`;
      return Plot.plot({
        width: inner.width + margin.left + margin.right,
        height: inner.height + margin.top + margin.bottom,
        marginLeft: margin.left,
        marginRight: margin.right,
        marginTop: margin.top,
        marginBottom: margin.bottom,
        x: {
          domain: [...x],
          label: `Z′ (${unit}) →`,
          labelOffset: 38,
          tickFormat: tickText,
          ticks: inner.width / 70,
        },
        y: { domain: [...y], label: `↑ −Z″ (${unit})`, tickFormat: tickText, ticks: inner.height / 50 },
        marks: [
          valueGrid(x, false, 'x'),
          valueGrid(y, false),
          Plot.ruleY([0], { stroke: 'var(--ink-faint)' }),
          Plot.ruleX(marked, { stroke: 'var(--plot-band)', strokeWidth: 2, strokeDasharray: '5 4' }),
          Plot.text(marked, {
            x: (d: number) => d,
            frameAnchor: 'top',
            dy: -12,
            text: (d: number) => `R ${quantityText(d, unit)}`,
            fill: 'var(--ink-soft)',
          }),
          Plot.line(points, {
            x: 'x',
            y: 'y',
            stroke: 'var(--plot-best)',
            strokeOpacity: 0.5,
            strokeWidth: 1.5,
          }),
          Plot.dot(points, {
            x: 'x',
            y: 'y',
            r: ({ decade }: NyquistPoint) => (decade === null ? 2.5 : 4.5),
            fill: 'var(--plot-best)',
            stroke: 'var(--surface)',
          }),
          Plot.text(namedPoints(nyquist, inner), {
            x: 'x',
            y: 'y',
            text: ({ decade }: NyquistPoint) => decadeText(decade ?? 0),
            dy: -13,
            fill: 'currentColor',
            stroke: 'var(--surface)',
          }),
          Plot.tip(points, Plot.pointer({ x: 'x', y: 'y', title: tip, ...tipStyle })),
        ],
      });
    },
    [nyquist, size, resistanceOhm],
  );
  const [first] = spectrum;
  const last = spectrum.at(-1);
  const range =
    first && last
      ? ` from ${quantityText(first.frequencyHz, 'Hz')} down to ${quantityText(last.frequencyHz, 'Hz')}`
      : '';
  return (
    <PlotFigure
      name={name}
      learn="nyquist"
      summary={`Nyquist plot: the imaginary part of the impedance over its real part at ${spectrum.length} frequencies${range}.`}
      table={{
        columns: ['frequencyHz', 'realOhm', 'imaginaryOhm'],
        rows: spectrum.map(({ frequencyHz, realOhm, imaginaryOhm }) => [frequencyHz, realOhm, imaginaryOhm]),
      }}
      draw={draw}
      placeholder={(width) => size(width).height + margin.top + margin.bottom}
    />
  );
}
