import { toModelScale } from '@ionloop/chemistry';
import {
  type Campaign,
  IonloopError,
  limitsOf,
  type Observation,
  type ParameterSpec,
  type Point,
  type PointValue,
} from '@ionloop/domain';
import type { Space } from '@ionloop/space';
import { Failure } from '../failure.js';
import { columnIn, readCsv, type CsvRow, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';

/**
 * Past results: a column for each parameter, or for each component of a mixture, and one for each property. Of several
 * properties a cell may be empty where that one was not measured; those with limits may have no column.
 */
export function readResults(
  file: string,
  campaign: Pick<Campaign, 'space' | 'objectives' | 'limits'>,
  space: Space,
): readonly Observation[] {
  const { parameters } = campaign.space;
  const { objectives } = campaign;
  const limits = limitsOf(campaign);
  const table = readCsv(file);
  const alone = objectives.length + limits.length === 1;
  const wanted = objectives.map(({ property, transform }) => ({ at: columnIn(table, property), transform }));
  const limited = limits.map(({ property, transform }) => ({
    at: table.columns.includes(property) ? columnIn(table, property) : null,
    transform,
  }));
  const readers = parameters.map((parameter) => readerOf(table, parameter));
  const contexts = parameters.filter(({ kind }) => kind === 'context').map(({ name }) => name);
  const found = new Map<string, Replicates>();
  for (const row of table.rows) {
    const point = checked(space, Object.fromEntries(readers.flatMap((read) => read(row))), table, row);
    const valueAt = ({ at, transform }: (typeof limited)[number]): number | null =>
      at === null || (!alone && (row.cells[at] ?? '') === '')
        ? null
        : onModelScale(number(table, row, at), transform, table, row);
    const values = wanted.map(valueAt);
    const beside = limited.map(valueAt);
    if ([...values, ...beside].every((value) => value === null)) {
      throw new Failure(`${table.file}, line ${row.line}: nothing was measured`);
    }
    // What was observed beside differs from one replicate to the next, and models are told.
    const key = JSON.stringify([space.key(point), ...contexts.map((name) => point[name] ?? null)]);
    const earlier = found.get(key);
    if (earlier) earlier.rows.push({ values, limited: beside });
    else found.set(key, { point, rows: [{ values, limited: beside }] });
  }
  return [...found.values()].map((one) => observation(one, limits.length > 0));
}

interface Replicates {
  readonly point: Point;
  readonly rows: {
    readonly values: readonly (number | null)[];
    readonly limited: readonly (number | null)[];
  }[];
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
function observation({ point, rows }: Replicates, isLimited: boolean): Observation {
  const [first] = rows;
  const values = (first?.values ?? []).map((_, k) => together(rows.map((row) => row.values[k] ?? null)));
  const limited = (first?.limited ?? []).map((_, k) => together(rows.map((row) => row.limited[k] ?? null)));
  const variances = values.map((one) => one?.variance ?? null);
  return {
    point,
    values: values.map((one) => one?.mean ?? null),
    ...(variances.some((variance) => variance !== null) && { variances }),
    ...(isLimited && { limited: limited.map((one) => one?.mean ?? null) }),
  };
}

function together(
  all: readonly (number | null)[],
): { readonly mean: number; readonly variance: number | null } | null {
  const values = all.filter((value) => value !== null);
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, variance: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) / values.length };
}
