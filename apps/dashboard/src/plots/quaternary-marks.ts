import { crossPath } from './Key.js';
import type { MapPoint } from './map-data.js';
import { svg } from './svg.js';

interface Spot {
  readonly x: number;
  readonly y: number;
}

const starPath = ({ x, y }: Spot, r: number): string =>
  Array.from({ length: 10 }, (_, i) => {
    const [angle, far] = [(Math.PI * i) / 5, i % 2 === 0 ? r : 0.45 * r];
    return `${(x + far * Math.sin(angle)).toFixed(1)},${(y - far * Math.cos(angle)).toFixed(1)}`;
  }).join('L');

/** An experiment as it is drawn on every map, in light and dark alike. */
export function drawExperiment(kind: MapPoint['kind'], at: Spot, fill: string): readonly SVGElement[] {
  const { x, y } = at;
  const twice = (name: string, attributes: Readonly<Record<string, string | number>>, above: string) => [
    svg(name, { ...attributes, fill: 'none', stroke: '#000', 'stroke-width': 4.5 }),
    svg(name, { ...attributes, fill: 'none', stroke: above, 'stroke-width': 2.2 }),
  ];
  switch (kind) {
    case 'measured':
      return [svg('circle', { cx: x, cy: y, r: 4.5, fill, stroke: '#111', 'stroke-width': 1.4 })];
    case 'best':
      return [
        svg('path', { d: `M${starPath(at, 9)}Z`, fill: '#ffb000', stroke: '#111', 'stroke-width': 1.4 }),
      ];
    case 'proposed':
      return twice('circle', { cx: x, cy: y, r: 7.5 }, '#fff');
    case 'former':
      return twice('rect', { x: x - 7, y: y - 7, width: 14, height: 14 }, '#ffd166');
    case 'failed':
      return twice('path', { d: crossPath(x, y, 4.5) }, '#fff');
  }
}

/** The one that is looked at. */
export const drawRing = ({ x, y }: Spot): readonly SVGElement[] =>
  (
    [
      ['#000', 4.5],
      ['#fff', 2.2],
    ] as const
  ).map(([stroke, width]) =>
    svg('circle', {
      class: 'probe',
      ...{ cx: x, cy: y, r: 12, fill: 'none', stroke, 'stroke-width': width, 'pointer-events': 'none' },
    }),
  );
