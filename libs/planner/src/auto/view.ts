import { type Matrix, Philox, selectRows } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { isListed, listing } from '../search/candidates.js';
import { coordinatesOn } from './coordinates.js';
import type { References } from './coverage.js';

/** What stands for a space, however large: the same for every plan in it. */
export interface View {
  /** Rows that models take the spread of inputs from. */
  readonly rows: Matrix;
  readonly references: References;
}

/** Of a space that is listed all rows count up to so many, and of any other so many are drawn. */
const mostRows = 4000;
const drawn = 1024;
const referenceCount = 400;

const views = new WeakMap<Space, View>();

/** Kept with the space, which never changes. */
export function viewOf(space: Space): View {
  const kept = views.get(space);
  if (kept) return kept;
  const made = makeView(space);
  views.set(space, made);
  return made;
}

function makeView(space: Space): View {
  const rng = Philox.fromSeed('what stands for a space');
  const rows = rowsOf(space, rng);
  const chosen = rng.split('references').choose(rows.rows, Math.min(rows.rows, referenceCount));
  const coordinates = coordinatesOn(rows, space.blocks);
  const X = selectRows(rows, chosen);
  return { rows, references: { X, at: coordinates.of(X), coordinates } };
}

function rowsOf(space: Space, rng: Philox): Matrix {
  if (!isListed(space)) return space.encode(space.sample(drawn, rng.split('rows')));
  const { X: all } = listing(space);
  return all.rows <= mostRows ? all : selectRows(all, rng.split('rows').choose(all.rows, mostRows));
}
