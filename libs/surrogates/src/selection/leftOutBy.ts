/** What a model says of each row that it has not seen: by its own account, or by folds. */
import { type Philox } from '@ionloop/linalg';
import type { LeftOut, Surrogate, SurrogateFactory, TrainingData } from '../contract.js';
import { leftOutOf } from '../leftOut.js';
import { crossValidate } from './crossValidate.js';
import { groupedKFold, stratifiedKFold, type Fold } from './folds.js';

const { min, sqrt } = Math;

export const leftOutWays = ['own', 'folds'] as const;
/** 'own' is cheap and as honest as the model is; 'folds' costs a fit each, and keeps groups together. */
export type LeftOutWay = (typeof leftOutWays)[number];

/** Folds that keep groups together where there are any; null where there is too little to divide. */
export function foldsFor({ y, groups }: TrainingData, k: number, rng: Philox): readonly Fold[] | null {
  const units = groups ? new Set(groups).size : y.length;
  if (units < 2) return null;
  const count = min(k, units);
  return groups ? groupedKFold(count)({ y, groups }, rng) : stratifiedKFold(count)({ y }, rng);
}

/** What each fold says of its rows, in the order of the data. A row that none predicts gets the mean and spread of all. */
export function leftOutByFolds(
  factory: SurrogateFactory,
  data: TrainingData,
  folds: readonly Fold[],
  rng: Philox,
): LeftOut {
  const { rows, leftOut } = crossValidate(factory, data, folds, rng);
  const n = data.y.length;
  const centre = data.y.reduce((sum, value) => sum + value, 0) / n;
  const spread = sqrt(data.y.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / n);
  const mean = new Float64Array(n).fill(centre);
  const variance = new Float64Array(n).fill(spread * spread);
  rows.forEach((row, at) => {
    mean[row] = leftOut.mean[at]!;
    variance[row] = leftOut.variance[at]!;
  });
  return leftOutOf(mean, variance, data.y);
}

/** By folds where they are given, else by the model's own account. */
export function leftOutBy(
  factory: SurrogateFactory,
  model: Surrogate,
  data: TrainingData,
  folds: readonly Fold[] | null,
  rng: Philox,
): LeftOut {
  return folds === null ? model.diagnostics().leftOut : leftOutByFolds(factory, data, folds, rng);
}
