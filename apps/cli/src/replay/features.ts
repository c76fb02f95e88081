import type { PoolFeature } from '@ionloop/domain';
import { Failure, WrongUsage } from '../failure.js';
import { columnIn, type CsvTable } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';

/** Which columns describe a candidate, and how they are to be understood. */
export interface FeatureChoice {
  /** Numbers, and categories where they hold text. Where nothing at all is chosen: every other column that holds numbers. */
  readonly inputs?: readonly string[];
  /** Columns of amounts that together say what a candidate is made of. */
  readonly composition?: readonly string[];
  /** A column of chemical formulas. */
  readonly formula?: string;
  /** Inputs that hold text or numbers without an order. */
  readonly categories?: readonly string[];
  /** Inputs that models see as logarithms. */
  readonly logInputs?: readonly string[];
}

export interface Features {
  readonly features: readonly PoolFeature[];
  /** Columns that were not asked for and hold text. */
  readonly textColumns: readonly string[];
}

/** Columns of results are no inputs. */
export function featuresOf(table: CsvTable, results: readonly string[], choice: FeatureChoice): Features {
  const { composition = [], formula, categories = [], logInputs = [] } = choice;
  const others = table.columns.filter((name) => !results.includes(name));
  const chosen = [
    ...(choice.inputs ?? []),
    ...categories,
    ...composition,
    ...(formula === undefined ? [] : [formula]),
  ];
  const byItself = chosen.length === 0;
  const textColumns = byItself ? others.filter((name) => isText(table, columnIn(table, name))) : [];
  const inputs = byItself ? others.filter((name) => !textColumns.includes(name)) : (choice.inputs ?? []);
  const categorical = new Set([
    ...categories,
    ...inputs.filter((name) => isText(table, columnIn(table, name))),
  ]);
  const features: PoolFeature[] = [
    ...[...new Set([...inputs, ...categories])].map((name): PoolFeature => {
      if (categorical.has(name)) return { name, kind: 'category' };
      return { name, kind: 'number', ...(logInputs.includes(name) ? { scale: 'log' as const } : {}) };
    }),
    ...composition.map((name): PoolFeature => ({ name, kind: 'amount' })),
    ...(formula === undefined ? [] : [{ name: formula, kind: 'formula' as const }]),
  ];
  checkChoice(table, results, features, logInputs);
  return { features, textColumns };
}

function checkChoice(
  table: CsvTable,
  results: readonly string[],
  features: readonly PoolFeature[],
  logInputs: readonly string[],
): void {
  if (features.length === 0)
    throw new Failure(`${table.file} has no numeric column besides "${results.join('", "')}"`);
  const seen = new Set<string>();
  for (const { name, kind } of features) {
    const place = columnIn(table, name);
    if (results.includes(name)) throw new Failure(`"${name}" cannot be both an input and the target`);
    if (seen.has(name)) throw new WrongUsage(`"${name}" is named for two purposes`);
    seen.add(name);
    if (table.rows.every(({ cells }) => cells[place] === '')) {
      throw new Failure(`${table.file}: the column "${name}" is empty and cannot be an input`);
    }
    if (kind === 'amount' && isText(table, place)) {
      throw new Failure(`${table.file}: the column "${name}" holds text and cannot be an amount`);
    }
  }
  const stranger = logInputs.find(
    (name) => !features.some((one) => one.name === name && one.scale === 'log'),
  );
  if (stranger !== undefined) {
    throw new WrongUsage(`"${stranger}" is no numeric input, so that it cannot be taken as a logarithm`);
  }
}

/** Most of what is written in a text column is not numbers; a numeric one may have a few bad cells. */
export function isText(table: CsvTable, place: number): boolean {
  const filled = table.rows.filter(({ cells }) => cells[place] !== '');
  const numbers = filled.filter(({ cells }) => decimalNumber(cells[place] ?? '') !== undefined);
  return numbers.length <= filled.length / 2;
}
