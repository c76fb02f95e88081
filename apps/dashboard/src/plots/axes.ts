import * as Plot from '@observablehq/plot';
import { powerTick, tickText } from '../format/number.js';

/** The ticks of a log axis: decades, and within few decades what lies between them. */
export function logTicks([low, high]: readonly [number, number]): readonly number[] {
  const decades = Math.log10(high / low);
  const leads = decades > 3 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 3, 5, 7];
  const first = Math.floor(Math.log10(low));
  return Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => 10 ** (first + i))
    .flatMap((decade) => leads.map((lead) => lead * decade))
    .filter((tick) => tick >= low && tick <= high);
}

/** A value axis with the property's own numbers, on the scale that its models see. */
export const valueAxis = (
  domain: readonly [number, number],
  log: boolean,
  label: string,
): Plot.ScaleOptions => ({
  type: log ? 'log' : 'linear',
  domain: [...domain],
  label,
  ...(log ? { ticks: [...logTicks(domain)], tickFormat: powerTick } : { tickFormat: tickText }),
});

/** The horizontal lines, or with `x` the upright ones, at the ticks of a value axis. */
export const valueGrid = (
  domain: readonly [number, number],
  log: boolean,
  along: 'x' | 'y' = 'y',
): Plot.Markish => {
  const style = { stroke: 'var(--plot-grid)', strokeOpacity: 1 };
  if (!log) return along === 'x' ? Plot.gridX(style) : Plot.gridY(style);
  const ticks = logTicks(domain);
  return along === 'x' ? Plot.gridX(ticks, style) : Plot.gridY(ticks, style);
};

export const wholeTicks = (most: number): readonly number[] => {
  const step =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].find((s) => most / s <= 8) ?? most;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
};

export const tipStyle = {
  fill: 'var(--raised)',
  stroke: 'var(--line-strong)',
  fontSize: 12,
  textPadding: 8,
} as const;

/** The frame of a plot over the number of experiments, up to `most`. */
export const overExperiments = (most: number, label: string, upTo = most * 1.02): Plot.PlotOptions => ({
  marginLeft: 58,
  marginRight: 18,
  marginTop: 30,
  marginBottom: 40,
  x: {
    domain: [0, upTo],
    ticks: [...wholeTicks(most)],
    tickFormat: 'd',
    label,
    labelOffset: 36,
  },
});
