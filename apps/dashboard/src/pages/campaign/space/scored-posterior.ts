import type { MapPosterior } from '../../../plots/map-data.js';

interface Cell {
  readonly point: unknown;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly score: number | null;
}

/** What a slice believes of the places that the space allows, with their scores where they were asked for. */
export function scoredPosterior(cells: readonly Cell[], scoreLabel: string): MapPosterior {
  const known = cells.filter(({ mean, sd }) => mean !== null && sd !== null);
  const scores = known.flatMap(({ score }) => score ?? []);
  return {
    points: known.map(({ point }) => point),
    mean: known.map(({ mean }) => mean ?? 0),
    sd: known.map(({ sd }) => sd ?? 0),
    ...(scores.length === known.length && scores.length > 0 && { score: scores, scoreLabel }),
  };
}
