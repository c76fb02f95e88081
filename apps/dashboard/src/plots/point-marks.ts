import * as Plot from '@observablehq/plot';
import type { MapPoint } from './map-data.js';

type Placed = MapPoint & { readonly x: number | null; readonly y: number | null };

const former = { x: 'x', y: 'y', symbol: 'square', r: 8 } as const;

/** Points on a map, each kind with its mark, readable on any colour; what matters most lies on top. */
export function pointMarks(placed: readonly Placed[]): Plot.Markish[] {
  const of = (kind: MapPoint['kind']): readonly Placed[] => placed.filter((point) => point.kind === kind);
  return [
    Plot.dot(of('failed'), { x: 'x', y: 'y', symbol: 'times', r: 4.5, stroke: '#000', strokeWidth: 4 }),
    Plot.dot(of('failed'), { x: 'x', y: 'y', symbol: 'times', r: 4.5, stroke: '#fff', strokeWidth: 2 }),
    Plot.dot(of('measured'), { x: 'x', y: 'y', r: 4, fill: '#fff', stroke: '#111', strokeWidth: 1.4 }),
    Plot.dot(of('former'), { ...former, stroke: '#000', strokeWidth: 4.5 }),
    Plot.dot(of('former'), { ...former, stroke: '#ffd166', strokeWidth: 2.2 }),
    Plot.dot(of('proposed'), { x: 'x', y: 'y', r: 7.5, stroke: '#000', strokeWidth: 4.5 }),
    Plot.dot(of('proposed'), { x: 'x', y: 'y', r: 7.5, stroke: '#fff', strokeWidth: 2.2 }),
    Plot.dot(of('best'), {
      x: 'x',
      y: 'y',
      symbol: 'star',
      r: 8,
      fill: '#ffb000',
      stroke: '#111',
      strokeWidth: 1.4,
    }),
  ];
}
