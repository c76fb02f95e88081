import type { Point } from '@ionloop/domain';
import type { Matrix } from '@ionloop/linalg';

/** A space too large to list: every candidate has a number, and any range of numbers can be had on its own. */
export interface Stream {
  /** How many numbers there are. */
  readonly size: bigint;
  readonly dimension: number;
  /** A name for each column. */
  readonly names: readonly string[];
  /** What the columns' numbers stand for, where that is something that a person would name. */
  readonly ranges: readonly ColumnRange[];
  /**
   * The candidates from one number up to, not including, another, in blocks of at most `blockSize`. A block's memory
   * is the next one's too: whoever wants to keep something copies it.
   */
  blocks(from: bigint, to: bigint, blockSize: number): Iterable<StreamBlock>;
  pointAt(index: bigint): Point;
  /** Points that need not be on the stream, results for instance, in the same columns. */
  encode(points: readonly Point[]): Matrix;
  describe(point: Point): string;
}

export interface StreamBlock {
  /** The first number that the block covers, and how many it covers. */
  readonly from: bigint;
  readonly covers: number;
  /** (m, dimension): the candidates, without those that a constraint refuses. */
  readonly X: Matrix;
  /** Row i has the number from + ids[i]. */
  readonly ids: Uint32Array;
}

/** 0 in the column stands for `from`, 1 for `to`; between them on a linear or a logarithmic scale. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
}

/** Of columns that hold their values themselves. */
export const asItIs: ColumnRange = { from: 0, to: 1, scale: 'linear' };
