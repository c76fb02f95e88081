import * as Plot from '@observablehq/plot';
import { powerTick, tickText } from '../format/number.js';
import { fromModel, type Objective, propertyName } from '../format/objective.js';
import { logTicks } from './axes.js';
import { isobands } from './isobands.js';
import type { Shown } from './map-data.js';
import type { Triangle } from './mesh.js';
import { svg } from './svg.js';

const bandCount = 28;
/** Even to the eye, and told apart by everybody. */
const schemes = { mean: 'viridis', sd: 'cividis', gain: 'magma', score: 'plasma' } as const;

export interface Field {
  readonly range: readonly [number, number];
  readonly colour: (value: number) => string;
  readonly label: string;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** How a predicted field is coloured: its mean on the property's own scale, its spread on the models'. */
export function fieldOf(
  objective: Objective,
  shown: Shown,
  values: readonly number[],
  scoreLabel = 'acquisition',
): Field {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const top = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const high = top > low ? top : low + 1e-9 + Math.abs(low) * 1e-6;
  const scale = Plot.scale({
    color: { type: 'linear', domain: [low, high], scheme: schemes[shown] },
  });
  const log = objective.transform === 'log10';
  const label = shown === 'score' ? scoreLabel : labelOf(objective, shown);
  const ticks =
    shown === 'mean' && log
      ? logTicks([fromModel(objective, low), fromModel(objective, high)]).map((value) => ({
          value: Math.log10(value),
          text: powerTick(value),
        }))
      : evenTicks(low, high).map((value) => ({ value, text: tickText(value) }));
  return { range: [low, high], colour: (value) => String(scale.apply(value)), label, ticks };
}

function labelOf(objective: Objective, shown: Exclude<Shown, 'score'>): string {
  const property = propertyName(objective.property);
  const log = objective.transform === 'log10';
  switch (shown) {
    case 'mean':
      return `predicted mean ${property}${objective.unit === '' ? '' : ` (${objective.unit})`}`;
    case 'sd':
      return log ? `standard deviation of log₁₀ ${property}` : `standard deviation (${objective.unit})`;
    case 'gain':
      return `expected gain over the best so far (${log ? 'decades' : objective.unit})`;
  }
}

function evenTicks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((lead) => lead * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

export type ToPixels = (x: number, y: number) => readonly [number, number];

/** The field as bands of colour, each one path. */
export function drawBands(
  mesh: readonly Triangle[],
  { range, colour }: Field,
  toPixels: ToPixels,
): SVGElement {
  const at = (x: number, y: number): string =>
    toPixels(x, y)
      .map((pixel) => pixel.toFixed(1))
      .join(',');
  const paths = isobands(mesh, range, bandCount)
    .filter(({ polygons }) => polygons.length > 0)
    .map(({ low, high, polygons }) => {
      const fill = colour((low + high) / 2);
      const d = polygons.map((polygon) => `M${polygon.map(({ x, y }) => at(x, y)).join('L')}Z`).join('');
      return svg('path', { d, fill, stroke: fill, 'stroke-width': 0.6, 'stroke-linejoin': 'round' });
    });
  return svg('g', { 'aria-hidden': 'true' }, ...paths);
}

/** The colours' legend: a bar with ticks, its words above. */
export function drawLegend(
  { range, colour, label, ticks }: Field,
  box: { x: number; y: number; width: number },
): SVGElement {
  const { x, y, width } = box;
  const [low, high] = range;
  const place = (value: number): number => x + ((value - low) / (high - low)) * width;
  const steps = 64;
  const bar = Array.from({ length: steps }, (_, i) =>
    svg('rect', {
      x: x + (i * width) / steps,
      y,
      width: width / steps + 0.6,
      height: 10,
      fill: colour(low + ((i + 0.5) / steps) * (high - low)),
    }),
  );
  const room = 44;
  let before = -Infinity;
  const marks = ticks.flatMap(({ value, text }) => {
    const at = place(value);
    if (at - before < room) return [];
    before = at;
    return [
      svg('line', { x1: at, x2: at, y1: y + 10, y2: y + 14, stroke: 'currentColor' }),
      svg('text', { x: at, y: y + 26, 'text-anchor': 'middle', fill: 'currentColor', 'font-size': 11 }, text),
    ];
  });
  const words = svg(
    'text',
    { x, y: y - 7, 'text-anchor': 'start', fill: 'currentColor', 'font-size': 12 },
    label,
  );
  return svg('g', { 'aria-hidden': 'true' }, words, ...bar, ...marks);
}
