import { invalidInput, type ParameterSpec, type PointValue } from '@ionloop/domain';
import type { Matrix } from '@ionloop/linalg';
import { openSpace } from '../space.js';
import { asItIs, type ColumnRange } from './contract.js';
import type { Cursor, StreamPart } from './cursor.js';

/** Any parameter whose values can be listed, in the order in which its space lists them. */
export function listedPart(parameter: ParameterSpec): StreamPart {
  const space = openSpace({ parameters: [parameter] });
  const points = space.enumerate();
  const values = points.map((point) => valueIn(point, parameter.name));
  return tablePart(parameter.name, space.names, values, space.encode(points));
}

/** Values with the row of numbers that each of them is. */
export function tablePart(
  name: string,
  columns: readonly string[],
  values: readonly PointValue[],
  encoded: Matrix,
  ranges: readonly ColumnRange[] = columns.map(() => asItIs),
): StreamPart {
  return {
    name,
    columns,
    ranges,
    size: values.length,
    valueAt(rank) {
      const value = values[rank];
      if (value === undefined) throw new RangeError(`${name} has no value number ${rank}`);
      return value;
    },
    open: () => new TableCursor(encoded),
  };
}

class TableCursor implements Cursor {
  private at = 0;

  constructor(private readonly table: Matrix) {}

  seek(rank: number): void {
    this.at = rank;
  }

  write(data: Float64Array, at: number, stride: number, rows: number): void {
    const { data: source, cols } = this.table;
    let from = this.at * cols;
    for (let i = 0, to = at; i < rows; i++, to += stride) {
      for (let j = 0; j < cols; j++) data[to + j] = source[from++] ?? 0;
    }
    this.at += rows;
  }
}

function valueIn(point: { readonly [name: string]: PointValue }, name: string): PointValue {
  const value = point[name];
  if (value === undefined) throw invalidInput(`point.${name}`, `${name} is missing`);
  return value;
}
