/** Which rows each net does not learn from, so that every row is judged by nets that have not seen it. */
import type { Philox } from '@ionloop/linalg';

const { max, min, round } = Math;

/** Of five members, two leave a row out: what they say of it differs as members do. */
const shareLeftOut = 0.4;
/** Of a lone net, whose judges are nets beside it. */
const folds = 5;

export interface Seating {
  /** The rows that the net learns from. */
  readonly rows: readonly number[];
  /** Whether the net belongs to the ensemble; else it only judges rows that it has not seen. */
  readonly isMember: boolean;
}

/** At least two `rows`; every net has some of them, and every row is left out of some net. */
export function seatings(members: number, rows: readonly number[], rng: Philox): readonly Seating[] {
  if (members === 1) {
    const judges = min(folds, rows.length);
    return [
      { rows, isMember: true },
      ...without(rows, judges, 1, rng).map((kept) => ({ rows: kept, isMember: false })),
    ];
  }
  const outOf = max(1, round(shareLeftOut * members));
  return without(rows, members, outOf, rng).map((kept) => ({ rows: kept, isMember: true }));
}

/** In random order, each row is left out of the next `outOf` of the nets, round and round. */
function without(
  rows: readonly number[],
  nets: number,
  outOf: number,
  rng: Philox,
): readonly (readonly number[])[] {
  const place = rng.permutation(rows.length);
  const leaves = (net: number, at: number) => {
    const behind = (net - ((place[at]! * outOf) % nets) + nets) % nets;
    return behind < outOf;
  };
  return Array.from({ length: nets }, (_, net) => rows.filter((_row, at) => !leaves(net, at)));
}
