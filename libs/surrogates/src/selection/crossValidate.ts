/** What a factory's models say of rows that they have not seen, and how good that is. */
import { InvalidArgumentError, selectRows, type Philox } from '@ionloop/linalg';
import type { LeftOut, Metrics, Surrogate, SurrogateFactory, TrainingData } from '../contract.js';
import { rowsOf } from '../ignoredRows.js';
import { leftOutOf } from '../leftOut.js';
import { metricsOf, spearman } from '../metrics.js';
import type { Fold } from './folds.js';

export interface LeftOutReport {
  readonly metrics: Metrics;
  /** Rank correlation of actual and predicted. */
  readonly spearman: number;
}

export interface CrossValidation extends LeftOutReport {
  /** (t) The row of each prediction; a row that several folds predict comes as often. */
  readonly rows: readonly number[];
  /** (t) The fold of each prediction. */
  readonly folds: readonly number[];
  /** (t) Variances are those of a measurement. */
  readonly leftOut: LeftOut;
  /** Of each fold that predicts a row. */
  readonly eachFold: readonly LeftOutReport[];
}

/**
 * Fits each fold on its rows and predicts the others. What is only known as a bound, and rows of other sources than the predicted one, are
 * fitted but not predicted: there is nothing to hold the prediction against.
 */
export function crossValidate(
  factory: SurrogateFactory,
  data: TrainingData,
  folds: readonly Fold[],
  rng: Philox,
): CrossValidation {
  return acrossFolds(data, folds, rng, (train, stream) => ({
    model: factory.fit(rowsOf(data, train), stream),
    factory,
  }));
}

/** As crossValidate, of any way of coming by a factory and fitting it to the rows named. */
export function acrossFolds(
  data: TrainingData,
  folds: readonly Fold[],
  rng: Philox,
  fit: (train: readonly number[], rng: Philox) => { model: Surrogate; factory: SurrogateFactory },
): CrossValidation {
  requireFolds(folds, data.y.length);
  const predictions = folds.flatMap(({ train, test }, fold) => {
    const rows = test.filter((i) => !data.censored?.[i] && !data.source?.[i]);
    if (rows.length === 0) return [];
    const { model, factory } = fit(train, rng.split(`fold ${fold}`));
    const { mean, variance } = model.predict(selectRows(data.X, rows));
    const { noiseVariance = 0 } = model.diagnostics();
    const ownNoise = factory.capabilities.noise ? data.noise : undefined;
    return rows.map((row, at) => ({
      row,
      fold,
      actual: data.y[row]!,
      mean: mean[at]!,
      variance: variance[at]! + noiseVariance + (ownNoise?.[row] ?? 0),
    }));
  });
  if (predictions.length === 0)
    throw new InvalidArgumentError('folds', 'must predict a row whose response is known');
  const reportOf = (some: typeof predictions): LeftOutReport & { leftOut: LeftOut } => {
    const leftOut = leftOutOf(
      some.map(({ mean }) => mean),
      some.map(({ variance }) => variance),
      some.map(({ actual }) => actual),
    );
    return { leftOut, metrics: metricsOf(leftOut), spearman: spearman(leftOut.actual, leftOut.mean) };
  };
  return {
    ...reportOf(predictions),
    rows: predictions.map(({ row }) => row),
    folds: predictions.map(({ fold }) => fold),
    eachFold: folds.flatMap((_, at) => {
      const own = predictions.filter(({ fold }) => fold === at);
      if (own.length === 0) return [];
      const { metrics, spearman: ranks } = reportOf(own);
      return [{ metrics, spearman: ranks }];
    }),
  };
}

function requireFolds(folds: readonly Fold[], n: number): void {
  if (folds.length === 0) throw new InvalidArgumentError('folds', 'must not be empty');
  folds.forEach(({ train, test }, fold) => {
    if (train.length === 0) throw new InvalidArgumentError(`folds[${fold}].train`, 'must not be empty');
    const seen = new Set(train);
    for (const row of [...train, ...test])
      if (!Number.isSafeInteger(row) || row < 0 || row >= n)
        throw new InvalidArgumentError(`folds[${fold}]`, `must hold rows 0 … ${n - 1}; found ${row}`);
    const both = test.find((row) => seen.has(row));
    if (both !== undefined)
      throw new InvalidArgumentError(`folds[${fold}].test`, `must not hold row ${both}, which is fitted`);
  });
}
