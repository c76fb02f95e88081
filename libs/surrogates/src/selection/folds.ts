/** Ways of dividing n rows into those that are fitted and those that are predicted. Row numbers are ascending; a stream decides who goes where. */
import { InvalidArgumentError, requireCount, requireLength, type Philox } from '@ionloop/linalg';

const { max, min, round } = Math;

export interface Fold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** What a splitting may look at. */
export interface SplitRows {
  /** (n) */
  readonly y: Float64Array;
  /** (n) Rows of one group stay together: one sample, one family of formulas. */
  readonly groups?: ArrayLike<number | string>;
}

export type Splitting = (rows: SplitRows, rng: Philox) => readonly Fold[];

/** k folds of sizes that differ by at most one; each row is predicted once. */
export function kFold(k: number): Splitting {
  requireCount('k', k, 2);
  return ({ y }, rng) => {
    requireEnough('rows', y.length, k);
    const foldOf = new Int32Array(y.length);
    rng.permutation(y.length).forEach((row, at) => (foldOf[row] = at % k));
    return foldsOf(foldOf, k);
  };
}

/** As kFold, where each fold has its share of every range of the response: of k rows next to each other in y, one goes to each. */
export function stratifiedKFold(k: number): Splitting {
  requireCount('k', k, 2);
  return ({ y }, rng) => {
    requireEnough('rows', y.length, k);
    // Equal responses in random order.
    const order = rng
      .split('ties')
      .permutation(y.length)
      .map((row, at) => ({ row, at }))
      .sort((a, b) => y[a.row]! - y[b.row]! || a.at - b.at);
    const foldOf = new Int32Array(y.length);
    for (let from = 0; from < order.length; from += k) {
      const turns = rng.split(`stratum ${from / k}`).permutation(k);
      order.slice(from, from + k).forEach(({ row }, at) => (foldOf[row] = turns[at]!));
    }
    return foldsOf(foldOf, k);
  };
}

/** k folds that no group is divided between, as even as groups allow: the largest group first, each to the fold that is smallest yet. */
export function groupedKFold(k: number): Splitting {
  requireCount('k', k, 2);
  return ({ y, groups }, rng) => {
    if (groups === undefined)
      throw new InvalidArgumentError('rows.groups', 'must be given to keep them together');
    const members = rowsByGroup(groups, y.length);
    requireEnough('rows.groups', members.length, k);
    const shuffled = rng.permutation(members.length).map((at) => members[at]!);
    const sizes = new Int32Array(k);
    const foldOf = new Int32Array(y.length);
    for (const rows of shuffled.sort((a, b) => b.length - a.length)) {
      const smallest = sizes.indexOf(sizes.reduce((least, size) => min(least, size)));
      for (const row of rows) foldOf[row] = smallest;
      sizes[smallest] = sizes[smallest]! + rows.length;
    }
    return foldsOf(foldOf, k);
  };
}

function rowsByGroup(groups: ArrayLike<number | string>, n: number): readonly (readonly number[])[] {
  if (groups.length !== n)
    throw new InvalidArgumentError('rows.groups', `must hold ${n} groups, not ${groups.length}`);
  const members = new Map<number | string, number[]>();
  for (let i = 0; i < n; i++) members.set(groups[i]!, [...(members.get(groups[i]!) ?? []), i]);
  return Array.from(members.values());
}

/** Each row alone against all others. */
export function leaveOneOut(): Splitting {
  return ({ y }) => {
    requireEnough('rows', y.length, 2);
    return foldsOf(Int32Array.from(y.keys()), y.length);
  };
}

/** One fold that predicts a share of the rows, at least one. */
export function holdOut(share = 0.3): Splitting {
  if (!(share > 0 && share < 1))
    throw new InvalidArgumentError('share', `must lie between 0 and 1, not ${share}`);
  return ({ y }, rng) => {
    requireEnough('rows', y.length, 2);
    const count = min(max(round(share * y.length), 1), y.length - 1);
    const foldOf = new Int32Array(y.length).fill(-1);
    for (const row of rng.choose(y.length, count)) foldOf[row] = 0;
    return foldsOf(foldOf, 1);
  };
}

/** One fold that predicts the rows marked 1 from those marked 0, as somebody has published them. */
export function givenSplit(test: ArrayLike<number>): Splitting {
  return ({ y }) => {
    requireLength('test', test, y.length);
    const marks = Int32Array.from(test, (mark) => (mark === 0 ? -1 : 0));
    const [fold] = foldsOf(marks, 1) as [Fold];
    if (fold.train.length === 0) throw new InvalidArgumentError('test', 'must leave a row to fit');
    if (fold.test.length === 0) throw new InvalidArgumentError('test', 'must mark a row to predict');
    return [fold];
  };
}

/** The folds of several draws, one after the other: each row is predicted as many times. */
export function repeated(splitting: Splitting, times: number): Splitting {
  requireCount('times', times, 1);
  return (rows, rng) =>
    Array.from({ length: times }, (_, t) => splitting(rows, rng.split(`repeat ${t}`))).flat();
}

/** foldOf (n) says which of k folds predicts a row; −1 none. */
function foldsOf(foldOf: Int32Array, k: number): readonly Fold[] {
  const rows = Array.from(foldOf.keys());
  return Array.from({ length: k }, (_, fold) => ({
    train: rows.filter((row) => foldOf[row] !== fold),
    test: rows.filter((row) => foldOf[row] === fold),
  }));
}

function requireEnough(name: string, found: number, wanted: number): void {
  if (found < wanted)
    throw new InvalidArgumentError(name, `must be at least ${wanted} for as many folds, not ${found}`);
}
