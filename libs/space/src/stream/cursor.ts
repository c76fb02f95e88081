import type { PointValue } from '@ionloop/domain';
import type { ColumnRange } from './contract.js';

/** One parameter of a stream: its values in their order, each known by its rank from 0 to size − 1. */
export interface StreamPart {
  readonly name: string;
  readonly columns: readonly string[];
  readonly ranges: readonly ColumnRange[];
  readonly size: number;
  valueAt(rank: number): PointValue;
  /** A place in the order, to read values one after the other. */
  open(): Cursor;
}

export interface Cursor {
  /** Moves to a rank; costs nothing where it stands there already. */
  seek(rank: number): void;
  /**
   * Writes `rows` values, the one it stands at first, and moves behind them: value i into `data` from
   * at + i·stride on, a number a column. All of them must exist.
   */
  write(data: Float64Array, at: number, stride: number, rows: number): void;
}
