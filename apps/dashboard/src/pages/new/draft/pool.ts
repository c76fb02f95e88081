import { fieldsOf, listOf, textOr } from '../../../api/json.js';
import { given, numberOf, type Reader } from './reader.js';
import { tableIn } from './table.js';

/** What a column of a table of candidates is. */
export const columnKinds = ['id', 'number', 'log', 'category', 'amount', 'formula', 'ignore'] as const;
export type ColumnKind = (typeof columnKinds)[number];

export interface PoolColumn {
  readonly name: string;
  readonly as: ColumnKind;
}

/** Candidates as the table that they came in. */
export interface PoolDraft {
  readonly kind: 'pool';
  readonly name: string;
  readonly columns: readonly PoolColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** A table with what its columns seem to be; a sentence is what is wrong with it. */
export function poolFromText(
  name: string,
  text: string,
  isFormula: (text: string) => boolean,
): PoolDraft | string {
  const table = tableIn(text);
  if (table.length < 2) return 'The table needs a line of headers and at least one candidate.';
  const [head = [], ...rows] = table;
  const ragged = rows.findIndex((row) => row.length !== head.length);
  if (ragged >= 0) {
    return `Line ${ragged + 2} has ${rows[ragged]?.length} columns; the first line has ${head.length}.`;
  }
  const kinds = head.map((header, j) =>
    kindOf(
      header,
      rows.map((row) => row[j] ?? ''),
      isFormula,
    ),
  );
  const named = kinds.indexOf('id');
  const id = named >= 0 ? named : firstDistinct(rows, head.length);
  if (id < 0) return 'No column names each candidate once: add one, such as the formula or a number.';
  return {
    kind: 'pool',
    name,
    columns: idColumns(head, kinds, id),
    rows: withFormulaAsId(rows, kinds[id], id),
  };
}

/** Where formulas are the names, they are a feature as well. */
function idColumns(head: readonly string[], kinds: readonly ColumnKind[], id: number): readonly PoolColumn[] {
  const columns = head.map((name, j): PoolColumn => ({
    name: name.trim() === '' ? `column ${j + 1}` : name.trim(),
    as: j === id ? 'id' : kinds[j] === 'id' ? 'ignore' : (kinds[j] ?? 'ignore'),
  }));
  return kinds[id] === 'formula' ? [...columns, { name: 'composition', as: 'formula' }] : columns;
}

const withFormulaAsId = (
  rows: readonly (readonly string[])[],
  kind: ColumnKind | undefined,
  id: number,
): readonly (readonly string[])[] => (kind === 'formula' ? rows.map((row) => [...row, row[id] ?? '']) : rows);

function kindOf(header: string, values: readonly string[], isFormula: (text: string) => boolean): ColumnKind {
  if (/^(id|name|label|candidate|no\.?|number|#)$/i.test(header.trim()) && areDistinct(values)) return 'id';
  const known = values.filter((value) => value.trim() !== '');
  if (known.length === 0) return 'ignore';
  if (known.every((value) => numberOf(value) !== null)) return 'number';
  return known.every((value) => isFormula(value.trim())) ? 'formula' : 'category';
}

const areDistinct = (values: readonly string[]): boolean =>
  values.every((value) => value.trim() !== '') &&
  new Set(values.map((value) => value.trim())).size === values.length;

function firstDistinct(rows: readonly (readonly string[])[], columns: number): number {
  for (let j = 0; j < columns; j++) if (areDistinct(rows.map((row) => row[j] ?? ''))) return j;
  return -1;
}

export function poolFrom(name: string, json: Readonly<Record<string, unknown>>): PoolDraft {
  const features = listOf(json['features']).map((feature): PoolColumn => {
    if (typeof feature === 'string') return { name: feature, as: 'number' };
    const { name: own, kind, scale } = fieldsOf(feature);
    const known = columnKinds.find((one) => one === kind) ?? 'number';
    return { name: textOr(own, ''), as: known === 'number' && scale === 'log' ? 'log' : known };
  });
  return {
    kind: 'pool',
    name,
    columns: [{ name: 'id', as: 'id' }, ...features],
    rows: listOf(json['candidates']).map((candidate) => {
      const { id, values } = fieldsOf(candidate);
      return [
        textOr(id, ''),
        ...listOf(values).map((value) => (typeof value === 'number' ? String(value) : textOr(value, ''))),
      ];
    }),
  };
}

export function poolOf({ columns, rows }: PoolDraft, name: string, path: string, read: Reader): unknown {
  const ids = columns.findIndex(({ as }) => as === 'id');
  const used = [...columns.entries()].filter(([, { as }]) => as !== 'id' && as !== 'ignore');
  if (rows.length === 0) read.errors.set(`${path}.candidates`, 'A table of candidates is needed here');
  else if (ids < 0) read.errors.set(`${path}.candidates`, 'One column has to name the candidates');
  else if (used.length === 0) {
    read.errors.set(`${path}.features`, 'At least one column has to be a feature that models can learn from');
  }
  return {
    kind: 'pool',
    name,
    features: used.map(([j, { name: own, as }]) => {
      const gaps = rows.some((row) => (row[j] ?? '').trim() === '');
      if (as === 'number' && !gaps) return own;
      return {
        name: own,
        kind: as === 'log' ? 'number' : as,
        ...given('scale', as === 'log' ? 'log' : undefined),
      };
    }),
    candidates: rows.map((row, i) => ({
      id: (row[ids] ?? '').trim(),
      values: used.map(([j, { name: own, as }]) => {
        const text = (row[j] ?? '').trim();
        if (text === '') return null;
        if (as === 'category' || as === 'formula') return text;
        const value = numberOf(text);
        if (value === null) {
          read.errors.set(`${path}.candidates`, `${own} of candidate ${i + 1}, “${text}”, is not a number`);
        }
        return value;
      }),
    })),
  };
}
