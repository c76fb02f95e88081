import { isFields } from '../api/json.js';
import type { Cell, Table } from './csv.js';

/** A point as cells with their columns: a mixture has one a component, `composition.Li3PO4`. */
export function pointCells(point: unknown): readonly (readonly [column: string, cell: Cell])[] {
  if (!isFields(point)) return [];
  return Object.entries(point).flatMap(([name, value]): [string, Cell][] =>
    isFields(value)
      ? Object.entries(value).map(([part, share]) => [`${name}.${part}`, cellOf(share)])
      : [[name, cellOf(value)]],
  );
}

const cellOf = (value: unknown): Cell =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : value === null
      ? null
      : JSON.stringify(value);

/** A table whose rows begin with a point, each value in a column of its own. */
export function tableWithPoints<Row extends { readonly point: unknown }>(
  rows: readonly Row[],
  before: readonly (readonly [column: string, of: (row: Row) => Cell])[],
  after: readonly (readonly [column: string, of: (row: Row) => Cell])[],
): Table {
  const points = rows.map(({ point }) => new Map(pointCells(point)));
  const names = [...new Set(points.flatMap((cells) => [...cells.keys()]))];
  return {
    columns: [...before.map(([name]) => name), ...names, ...after.map(([name]) => name)],
    rows: rows.map((row, i) => [
      ...before.map(([, of]) => of(row)),
      ...names.map((name) => points[i]?.get(name) ?? null),
      ...after.map(([, of]) => of(row)),
    ]),
  };
}
