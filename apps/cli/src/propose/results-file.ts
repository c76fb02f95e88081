import { toModelScale } from '@ionloop/chemistry';
import {
  type Campaign,
  IonloopError,
  type Observation,
  type ParameterSpec,
  type Point,
  type PointValue,
} from '@ionloop/domain';
import type { Space } from '@ionloop/space';
import { Failure } from '../failure.js';
import { columnIn, readCsv, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';

/** Past results: a column for each parameter, or for each component of a mixture, and one for the property. */
export function readResults(
  file: string,
  { space: { parameters }, objectives }: Pick<Campaign, 'space' | 'objectives'>,
  space: Space,
): readonly Observation[] {
  const table = readCsv(file);
  const [{ property, transform }] = objectives;
  const valueAt = columnIn(table, property);
  const readers = parameters.map((parameter) => readerOf(table, parameter));
  const contexts = parameters.filter(({ kind }) => kind === 'context').map(({ name }) => name);
  const values = new Map<string, { readonly point: Point; readonly values: number[] }>();
  for (const row of table.rows) {
    const point = checked(space, Object.fromEntries(readers.flatMap((read) => read(row))), table, row);
    const value = onModelScale(number(table, row, valueAt), transform, table, row);
    // What was observed beside differs from one replicate to the next, and models are told.
    const key = JSON.stringify([space.key(point), ...contexts.map((name) => point[name] ?? null)]);
    const earlier = values.get(key);
    if (earlier) earlier.values.push(value);
    else values.set(key, { point, values: [value] });
  }
  return [...values.values()].map(observation);
}

type Reader = (row: CsvRow) => readonly (readonly [string, PointValue])[];

function readerOf(table: CsvTable, parameter: ParameterSpec): Reader {
  const { name } = parameter;
  switch (parameter.kind) {
    case 'continuous':
    case 'integer':
    case 'levels': {
      const at = columnIn(table, name);
      return (row) => [[name, number(table, row, at)]];
    }
    case 'context': {
      const at = table.columns.includes(name) ? columnIn(table, name) : null;
      return (row) => (at === null || !row.cells[at] ? [] : [[name, number(table, row, at)]]);
    }
    case 'mixture': {
      const places = parameter.components.map(
        (component) => [component.name, columnIn(table, component.name)] as const,
      );
      return (row) => [
        [name, Object.fromEntries(places.map(([component, at]) => [component, number(table, row, at)]))],
      ];
    }
    case 'categorical':
    case 'pool': {
      const at = columnIn(table, name);
      return (row) => [[name, row.cells[at] ?? '']];
    }
    default:
      return parameter satisfies never;
  }
}

function number(table: CsvTable, { line, cells }: CsvRow, at: number): number {
  const cell = cells[at] ?? '';
  const value = decimalNumber(cell);
  if (value !== undefined) return value;
  const what = cell === '' ? 'is empty' : `is "${cell}", which is not a number`;
  throw new Failure(`${table.file}, line ${line}: "${table.columns[at] ?? ''}" ${what}`);
}

function checked(space: Space, point: Point, table: CsvTable, { line }: CsvRow): Point {
  try {
    return space.check(point);
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    throw new Failure(`${table.file}, line ${line}: ${error.message}`);
  }
}

function onModelScale(value: number, transform: 'none' | 'log10', table: CsvTable, { line }: CsvRow): number {
  if (transform === 'log10' && value <= 0) {
    throw new Failure(`${table.file}, line ${line}: ${value} has no logarithm, which the objective asks for`);
  }
  return toModelScale(value, transform);
}

/** Replicates tell how much a result varies. */
function observation({
  point,
  values,
}: {
  readonly point: Point;
  readonly values: readonly number[];
}): Observation {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { point, values: [mean] };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { point, values: [mean], variances: [squares / (values.length - 1) / values.length] };
}
