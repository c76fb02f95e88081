import type { AnalysisInput, ImportancesRequest } from '@ionloop/domain';
import { type Matrix, selectRows } from '@ionloop/linalg';
import { ardRelevance, permutationImportance, type ShapleyValues, shapleyValues } from '@ionloop/surrogates';
import { type MemberWeight, weightsOf } from './member-weights.js';
import { inOwnDirection, type OpenAnalysis, openAnalysis } from './open.js';

export interface Importances {
  readonly columns: readonly ColumnImportance[];
  /** How 1 − R² on its own results stands before anything is permuted. */
  readonly baseline: number;
  readonly explained: Explained | null;
  /** What its columns add to each of these results' predictions; null where nobody asked. */
  readonly results: ExplainedResults | null;
  /** Of a model of several models: what share each has earned. */
  readonly weights: readonly MemberWeight[];
}

export interface ExplainedResults {
  readonly base: number;
  readonly exact: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly ExplainedResult[];
}

export interface ExplainedResult {
  readonly number: number;
  readonly prediction: number;
  /** In the order of the columns, as models see them; null of a group of several. */
  readonly at: readonly (number | null)[];
  readonly values: readonly number[];
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

export function importances(
  { point, repeats, results = 0 }: ImportancesRequest,
  input: AnalysisInput,
): Importances {
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
    results: results === 0 ? null : explainedResults(open, results),
    weights: weightsOf(model),
  };
}

/** By the order of their numbers, evenly, so that early and late ones have their say. */
function explainedResults(open: OpenAnalysis, most: number): ExplainedResults {
  const { response, sign, numbers } = open;
  const { X } = response.data;
  const count = Math.min(most, X.rows, numbers.length);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * numbers.length) / count));
  const found = shapleyOf(open, selectRows(X, rows));
  return {
    base: sign * found.base + 0,
    exact: found.exact,
    columns: columnsOf(open, found),
    rows: found.rows.map(({ prediction, values }, i) => ({
      number: numbers[rows[i]!]!,
      prediction: sign * prediction + 0,
      at: found.groups.map((columns) =>
        columns.length === 1 ? X.data[rows[i]! * X.cols + columns[0]!]! : null,
      ),
      values: inOwnDirection(values, sign),
    })),
  };
}

const columnsOf = ({ space }: OpenAnalysis, { groups }: ShapleyValues): readonly string[] =>
  groups.map((columns) => columns.map((column) => space.names[column]!).join(' + '));

function shapleyOf({ model, response, rng }: OpenAnalysis, X: Matrix): ShapleyValues {
  const known = response.data.X;
  const rows = rng.split('background').choose(known.rows, Math.min(known.rows, mostBackground));
  return shapleyValues(
    model,
    X,
    selectRows(
      known,
      [...rows].sort((a, b) => a - b),
    ),
    rng.split('shapley'),
  );
}

function explained(open: OpenAnalysis, point: ReturnType<OpenAnalysis['space']['check']>): Explained {
  const found = shapleyOf(open, open.space.encode([point]));
  const [row] = found.rows;
  const [base, prediction] = inOwnDirection([found.base, row!.prediction], open.sign);
  return {
    base: base!,
    prediction: prediction!,
    exact: found.exact,
    columns: columnsOf(open, found).map((column, i) => ({
      column,
      value: open.sign * row!.values[i]! + 0,
      standardError: row!.standardErrors[i]!,
    })),
  };
}
