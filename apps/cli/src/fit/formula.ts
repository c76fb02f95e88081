import {
  descriptorNames,
  descriptors,
  FormulaError,
  lithiumDescriptorNames,
  lithiumDescriptors,
  parseFormula,
} from '@ionloop/chemistry';
import { log } from '@ionloop/linalg';
import { Failure } from '../failure.js';
import { columnIn, type CsvRow, type CsvTable } from '../input/csv.js';

/** What a column of formulas becomes: descriptors, those without lithium, and the fraction of each element that is known from training. */
export interface FormulaColumns {
  readonly column: string;
  readonly elements: readonly string[];
  readonly names: readonly string[];
  /** Places of names that belong together: descriptors, those without lithium, how much lithium and how many atoms there are, fractions. */
  readonly blocks: readonly (readonly number[])[];
}

export function formulaColumns(table: CsvTable, rows: readonly CsvRow[], column: string): FormulaColumns {
  const at = columnIn(table, column);
  const found = new Set<string>();
  for (const row of rows) {
    for (const { element } of readFormula(table, row, at)) found.add(element);
  }
  const elements = [...found].sort();
  const withoutLithium = lithiumDescriptorNames.slice(0, descriptorNames.length);
  const parts = [
    descriptorNames,
    withoutLithium,
    [...lithiumDescriptorNames.slice(descriptorNames.length), 'atoms in the formula, log'],
    elements.map((element) => `${element} fraction root`),
  ];
  const names = parts.flat();
  return { column, elements, names, blocks: parts.map((part) => part.map((name) => names.indexOf(name))) };
}

/**
 * The numbers of one row, in the order of the names. How many atoms a formula counts says something where formulas are those of unit cells.
 */
export function formulaValues(
  table: CsvTable,
  row: CsvRow,
  { column, elements }: FormulaColumns,
): readonly number[] {
  const at = columnIn(table, column);
  const amounts = readFormula(table, row, at);
  const formula = row.cells[at] ?? '';
  const total = amounts.reduce((sum, { amount }) => sum + amount, 0);
  // The root lets small amounts count.
  const roots = elements.map((wanted) =>
    Math.sqrt((amounts.find(({ element }) => element === wanted)?.amount ?? 0) / total),
  );
  return [...descriptors(formula), ...lithiumDescriptors(formula), log(total), ...roots];
}

function readFormula(table: CsvTable, { line, cells }: CsvRow, at: number): ReturnType<typeof parseFormula> {
  try {
    return parseFormula(cells[at] ?? '');
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new Failure(`${table.file}, line ${line}, "${table.columns[at] ?? ''}": ${error.message}`);
  }
}
