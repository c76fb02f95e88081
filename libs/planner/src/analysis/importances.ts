import type { AnalysisInput, ImportancesRequest } from '@ionloop/domain';
import { selectRows } from '@ionloop/linalg';
import { ardRelevance, permutationImportance, shapleyValues } from '@ionloop/surrogates';
import { inOwnDirection, type OpenAnalysis, openAnalysis } from './open.js';

export interface Importances {
  readonly columns: readonly ColumnImportance[];
  /** How 1 − R² on its own results stands before anything is permuted. */
  readonly baseline: number;
  readonly explained: Explained | null;
}

export interface ColumnImportance {
  readonly column: string;
  /** By the model itself: of lengthscales, or of splits; null where it has neither. */
  readonly own: number | null;
  /** How much 1 − R² rises where the column is dealt out anew, and how much that varies. */
  readonly permutation: number;
  readonly spread: number;
}

/** What each column adds to a prediction beyond the mean of the results, on the models' scale: base + Σ = prediction. */
export interface Explained {
  readonly base: number;
  readonly prediction: number;
  readonly exact: boolean;
  readonly columns: readonly {
    readonly column: string;
    readonly value: number;
    readonly standardError: number;
  }[];
}

const mostBackground = 40;

export function importances({ point, repeats }: ImportancesRequest, input: AnalysisInput): Importances {
  const open = openAnalysis(input);
  const { model, response, space, rng } = open;
  const diagnostics = model.diagnostics();
  const own = ardRelevance(diagnostics)?.relevance ?? diagnostics.importances;
  const { X, y } = response.data;
  const found = permutationImportance(model, { X, y }, rng.split('permutations'), { repeats });
  return {
    baseline: found.baseline,
    columns: space.names.map((column, i) => {
      const group = found.groups.find(({ columns }) => columns.length === 1 && columns[0] === i)!;
      return {
        column,
        own: own?.[i] ?? null,
        permutation: group.importance,
        spread: group.spread,
      };
    }),
    explained: point === null ? null : explained(open, space.check(point)),
  };
}

function explained(
  { model, response, space, sign, rng }: OpenAnalysis,
  point: ReturnType<typeof space.check>,
): Explained {
  const { X } = response.data;
  const rows = rng.split('background').choose(X.rows, Math.min(X.rows, mostBackground));
  const found = shapleyValues(
    model,
    space.encode([point]),
    selectRows(
      X,
      [...rows].sort((a, b) => a - b),
    ),
    rng.split('shapley'),
  );
  const [row] = found.rows;
  const [base, prediction] = inOwnDirection([found.base, row!.prediction], sign);
  return {
    base: base!,
    prediction: prediction!,
    exact: found.exact,
    columns: found.groups.map((columns, i) => ({
      column: columns.map((column) => space.names[column]!).join(' + '),
      value: sign * row!.values[i]! + 0,
      standardError: row!.standardErrors[i]!,
    })),
  };
}
