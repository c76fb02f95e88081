/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse a model predicts n rows when one group of columns is dealt out anew
 * among them. On rows that the model was fitted to, it says what the model uses; on others, what helps it.
 */
import {
  matrix,
  requireCount,
  requireFinite,
  requireLength,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import { allGroups, averageOf, requireRowsFor, type Grouped, type Predictor } from './predictor.js';

const { abs, sqrt } = Math;

/** Of predicted means; `r2` stands for 1 − R², the squared error in units of the variance of y. */
export type Loss = 'mse' | 'rmse' | 'mae' | 'r2';

export interface PermutationOptions extends Grouped {
  /** 10 where it is left out. */
  readonly repeats?: number;
  /** `r2` where it is left out. */
  readonly loss?: Loss;
}

export interface PermutationImportance {
  readonly loss: Loss;
  /** The loss with nothing permuted. */
  readonly baseline: number;
  /** In the order of the groups, then of the columns. */
  readonly groups: readonly {
    readonly columns: readonly number[];
    /** The mean rise of the loss; about 0, or beneath, where the model does not need the group. */
    readonly importance: number;
    /** The standard deviation over the repeats, with n − 1; 0 for one repeat. */
    readonly spread: number;
    /** (repeats) */
    readonly rises: readonly number[];
  }[];
}

/** Predicts repeats · groups · n rows. X (n,d), y (n); with `r2`, where y does not vary the squared errors stand as they are. */
export function permutationImportance(
  model: Predictor,
  { X, y }: { readonly X: Matrix; readonly y: Float64Array },
  rng: Philox,
  options: PermutationOptions = {},
): PermutationImportance {
  requireRowsFor(model, 'data.X', X);
  requireLength('data.y', y, X.rows);
  requireFinite('data.y', y);
  const { repeats = 10, loss = 'r2' } = options;
  requireCount('options.repeats', repeats, 1);
  const lossOf = (at: Matrix) => losses[loss](model.predict(at).mean, y);
  const baseline = lossOf(X);
  const groups = allGroups(options, model.dimension).map((columns) => {
    const rises = Array.from({ length: repeats }, (_, r) => {
      // A stream for each: what a group draws does not depend on which others there are.
      const order = rng.split(`columns ${columns.join(' ')}, repeat ${r}`).permutation(X.rows);
      return lossOf(dealt(X, columns, order)) - baseline;
    });
    return { columns, importance: averageOf(rises), spread: spreadOf(rises), rises };
  });
  return { loss, baseline, groups };
}

/** X with the values of these columns taken from the rows that `order` names. */
function dealt(X: Matrix, columns: readonly number[], order: readonly number[]): Matrix {
  const mixed = matrix(X.rows, X.cols, Float64Array.from(X.data));
  for (let i = 0; i < X.rows; i++)
    for (const j of columns) mixed.data[i * X.cols + j] = X.data[order[i]! * X.cols + j]!;
  return mixed;
}

const losses: Record<Loss, (mean: Float64Array, y: Float64Array) => number> = {
  mse: meanSquare,
  rmse: (mean, y) => sqrt(meanSquare(mean, y)),
  mae: (mean, y) => averageOf(y.map((value, i) => abs(value - mean[i]!))),
  r2: (mean, y) => {
    const centre = averageOf(y);
    const variance = averageOf(y.map((value) => (value - centre) * (value - centre)));
    return meanSquare(mean, y) / (variance || 1);
  },
};

function meanSquare(mean: Float64Array, y: Float64Array): number {
  return averageOf(y.map((value, i) => (value - mean[i]!) * (value - mean[i]!)));
}

function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = averageOf(values);
  return sqrt(
    values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (values.length - 1),
  );
}
