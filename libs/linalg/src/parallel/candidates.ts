import { requireCols } from '../dense/checks.js';
import { matrix, requireMatrix, type Matrix } from '../dense/matrix.js';
import { InvalidArgumentError } from '../errors.js';

const { isFinite } = Number;
const { min } = Math;

/** How many rows a thread is given at once; never a matter of how many threads there are. */
export const blockRows = 4096;

/** Rows that may be given away, and the number of the first of them. */
export interface Block {
  readonly first: number;
  readonly X: Matrix;
}

/** The rows of X in blocks, each copied when it is asked for. */
export function* blocksOf(name: string, X: Matrix, cols: number, first = 0): Generator<Block> {
  requireMatrix(name, X);
  requireCols(name, X, cols);
  for (let from = 0; from < X.rows; from += blockRows)
    yield { first: first + from, X: copyRows(name, X, from, min(blockRows, X.rows - from)) };
}

/** The rows of a stream in blocks, numbered through. */
export async function* blocksOfStream(
  name: string,
  stream: Iterable<Matrix> | AsyncIterable<Matrix>,
  cols: number,
): AsyncGenerator<Block> {
  let number = 0;
  let first = 0;
  for await (const X of stream) {
    yield* blocksOf(`${name}[${number}]`, X, cols, first);
    number += 1;
    first += X.rows;
  }
}

/** Says of an element that is not finite where it stands in X, which a thread that sees one block cannot know. */
function copyRows(name: string, X: Matrix, from: number, rows: number): Matrix {
  const begin = from * X.cols;
  const data = X.data.slice(begin, begin + rows * X.cols);
  for (let i = 0; i < data.length; i++)
    if (!isFinite(data[i]!))
      throw new InvalidArgumentError(name, `must be finite; element ${begin + i} is ${data[i]!}`);
  return matrix(rows, X.cols, data);
}
