import { payable, type Point } from '@ionloop/domain';
import { free } from '../search/candidates.js';
import { type Axis, axesOf, settingsAround } from '../search/axes.js';
import type { Criterion } from '../strategies/strategy.js';
import type { Choice } from './choose.js';
import { rank, type Scored } from './rank.js';
import type { Round } from './round.js';

interface LibraryTask {
  readonly shape: 'line' | 'plate';
  readonly shared: string | undefined;
  readonly criterion: Criterion;
  /** Of the point around which the library lies. */
  readonly choice: Choice;
  readonly taken: ReadonlySet<string>;
  readonly room: number;
}

/** Distances between neighbours, as shares of a range. */
const spacings = [0.02, 0.05, 0.1];

/**
 * The rest of a line or plate around the best point, at most `room` settings: of the axes that the space has, and of several spacings, those whose
 * settings score best on average. Nothing where the space has no axis that numbers could move along.
 */
export function bestLibrary(round: Round, task: LibraryTask): readonly Scored[] {
  const { shape, shared, choice, room } = task;
  if (room === 0) return [];
  const axes = axesOf(round.space, shared);
  const sets = shape === 'line' ? axes.map((axis) => [axis]) : pairsOf(axes);
  const centre = choice.ranked[0]!.point;
  const libraries = sets.flatMap((set) =>
    spacings.map((spacing) =>
      scored(round, task, settingsAround(round.space, centre, set, spacing, room + 1)),
    ),
  );
  const worth = (library: readonly Scored[]): number =>
    library.length === 0 ? -Infinity : library.reduce((sum, { score }) => sum + score, 0) / library.length;
  const fullest = Math.max(0, ...libraries.map((library) => library.length));
  return libraries
    .filter((library) => library.length === fullest)
    .reduce<readonly Scored[]>((best, library) => (worth(library) > worth(best) ? library : best), []);
}

/** Settings in the order in which they surround the centre, of which as many as there is room for are kept. */
function scored(
  round: Round,
  { criterion, choice, taken, room }: LibraryTask,
  settings: readonly Point[],
): readonly Scored[] {
  const { points, keys } = free(round.space, settings, taken);
  const kept = payable(round.request.cost, Array.from(points.keys()), (i) => points[i]!).slice(0, room);
  if (kept.length === 0) return [];
  const candidates = { points: kept.map((i) => points[i]!), keys: kept.map((i) => keys[i]!) };
  const X = round.space.encode(candidates.points);
  const { rng } = choice.context;
  return rank(round, criterion, { ...candidates, X }, choice.context, choice.floor, rng.split('library'))
    .ranked;
}

const pairsOf = (axes: readonly Axis[]): readonly (readonly Axis[])[] =>
  axes.flatMap((a, i) => axes.slice(i + 1).map((b) => [a, b]));
