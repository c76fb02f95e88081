import type { Dimension } from '../api/space.js';
import type { Table } from '../format/csv.js';
import { listed } from '../format/words.js';
import type { MapPoint, MapPosterior } from './map-data.js';

/** What a map of a mixture shows, in a few sentences. */
export function mapSummary(
  kind: 'Ternary' | 'Quaternary',
  axes: readonly Dimension[],
  points: readonly MapPoint[],
  colour: string,
): string {
  const best = points.find((point) => point.kind === 'best');
  const count = (...kinds: readonly MapPoint['kind'][]): number =>
    points.filter((point) => kinds.includes(point.kind)).length;
  return [
    `${kind} map of ${listed(axes.map(({ name }) => name))}.`,
    colour,
    `${count('measured', 'best')} measured, ${count('proposed')} proposed.`,
    ...(best ? [`The best so far is ${best.label}, ${best.what}.`] : []),
  ].join(' ');
}

/** The same as numbers: what the model believes at each place. */
export const mapTable = (axes: readonly Dimension[], posterior: MapPosterior | null): Table => ({
  columns: [...axes.map(({ name }) => name), "mean (models' scale)", "sd (models' scale)"],
  rows: (posterior?.points ?? []).map((point, i) => [
    ...axes.map((axis) => axis.of(point)),
    posterior?.mean[i] ?? null,
    posterior?.sd[i] ?? null,
  ]),
});
