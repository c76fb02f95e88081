/**
 * The game that Shapley values share out: v(S) is the mean prediction over the background rows (b,d) when the columns of the players in S are those of the
 * explained row x (d).
 */
import { matrix, type Matrix } from '@ionloop/linalg';
import { averageOf, type Predictor } from './predictor.js';

const { floor, max } = Math;

/** Rows are predicted together up to so many. */
const rowsAtOnce = 8192;

export interface Game {
  readonly model: Predictor;
  readonly x: Float64Array;
  readonly background: Matrix;
  /** The columns of each player. */
  readonly players: readonly (readonly number[])[];
}

/** v of each coalition; a coalition says of each player whether it is in. */
export function coalitionValues(game: Game, coalitions: readonly Uint8Array[]): Float64Array {
  const { model, background } = game;
  const together = max(1, floor(rowsAtOnce / background.rows));
  const values = new Float64Array(coalitions.length);
  for (let from = 0; from < coalitions.length; from += together) {
    const some = coalitions.slice(from, from + together);
    const { mean } = model.predict(mixedRows(game, some));
    some.forEach((_, c) => {
      values[from + c] = averageOf(mean.subarray(c * background.rows, (c + 1) * background.rows));
    });
  }
  return values;
}

function mixedRows({ x, background, players }: Game, coalitions: readonly Uint8Array[]): Matrix {
  const { rows: b, cols: d } = background;
  const mixed = matrix(coalitions.length * b, d);
  coalitions.forEach((coalition, c) => {
    mixed.data.set(background.data, c * b * d);
    players.forEach((columns, p) => {
      if (coalition[p] === 0) return;
      for (let i = c * b; i < (c + 1) * b; i++) for (const j of columns) mixed.data[i * d + j] = x[j]!;
    });
  });
  return mixed;
}
