/** What explanations ask of a model: d inputs and a belief at any rows of them. */
import { InvalidArgumentError, requireCols, requireLength, type Matrix } from '@ionloop/linalg';
import type { Surrogate } from '../contract.js';

export type Predictor = Pick<Surrogate, 'dimension' | 'predict'>;

/** Refuses rows that the model was not made for. What values it can take, the model itself says. */
export function requireRowsFor(model: Predictor, name: string, X: Matrix): void {
  requireCols(name, X, model.dimension);
  requireLength(`${name}.data`, X.data, X.rows * X.cols);
  if (X.rows < 1) throw new InvalidArgumentError(name, 'must have at least one row');
}

export function requireColumn(name: string, column: number, dimension: number): void {
  if (!Number.isSafeInteger(column) || column < 0 || column >= dimension)
    throw new InvalidArgumentError(name, `must name columns 0 … ${dimension - 1}; found ${column}`);
}

export interface Grouped {
  /** Columns that belong together, such as the parts of one composition; a column that no group names stands alone. */
  readonly groups?: readonly (readonly number[])[];
}

/** The groups as given, then each other column by itself. */
export function allGroups({ groups = [] }: Grouped, dimension: number): (readonly number[])[] {
  const named = new Set<number>();
  for (const group of groups) {
    if (group.length === 0) throw new InvalidArgumentError('options.groups', 'must not hold an empty group');
    for (const column of group) {
      requireColumn('options.groups', column, dimension);
      if (named.has(column))
        throw new InvalidArgumentError('options.groups', `must name a column once; ${column} comes again`);
      named.add(column);
    }
  }
  const alone = Array.from({ length: dimension }, (_, j) => j).filter((j) => !named.has(j));
  return [...groups.map((group) => [...group]), ...alone.map((j) => [j])];
}

export function averageOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
