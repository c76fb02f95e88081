import { selectRows, type Matrix, type Philox } from '@ionloop/linalg';
import {
  crossValidate,
  metricsOf,
  spearman,
  type Earned,
  type Fold,
  type LeftOut,
  type Metrics,
  type StackSurrogate,
  type Surrogate,
  type SurrogateFactory,
  type TrainingData,
} from '@ionloop/surrogates';

export interface PredictedRow {
  /** The row's place in the file, counted from 0 after the header. */
  readonly row: number;
  readonly actual: number;
  readonly mean: number;
  /** Of a measurement. */
  readonly sd: number;
}

export interface Evaluation {
  readonly metrics: Metrics & { readonly spearman: number };
  readonly perRow: readonly PredictedRow[];
  readonly foldMs: readonly number[];
  /** Of each fold, where the model is one of several. */
  readonly weights: readonly (readonly Earned[])[];
}

/** Each fold predicted by a model that has not seen it. */
export function evaluate(
  factory: SurrogateFactory,
  data: TrainingData,
  folds: readonly Fold[],
  places: readonly number[],
  rng: Philox,
  progress: (text: string) => void,
): Evaluation {
  const foldMs: number[] = [];
  const weights: (readonly Earned[])[] = [];
  const listening: SurrogateFactory = {
    ...factory,
    fit(...given) {
      const model = factory.fit(...given);
      if (hasWeights(model)) weights.push(model.weights);
      return model;
    },
  };
  const perRow = folds.flatMap((fold, at) => {
    progress(`fold ${at + 1} of ${folds.length}`);
    const began = performance.now();
    const { rows, leftOut } = crossValidate(listening, data, [fold], rng.split(`fold ${at}`));
    foldMs.push(performance.now() - began);
    return rows.map((row, i): PredictedRow => ({
      row: places[row] ?? row,
      actual: leftOut.actual[i] ?? Number.NaN,
      mean: leftOut.mean[i] ?? Number.NaN,
      sd: Math.sqrt(leftOut.variance[i] ?? Number.NaN),
    }));
  });
  perRow.sort((a, b) => a.row - b.row);
  const leftOut: LeftOut = {
    mean: perRow.map(({ mean }) => mean),
    variance: perRow.map(({ sd }) => sd * sd),
    actual: perRow.map(({ actual }) => actual),
  };
  return {
    metrics: { ...metricsOf(leftOut), spearman: spearman(leftOut.actual, leftOut.mean) },
    perRow,
    foldMs,
    weights,
  };
}

const hasWeights = (model: Surrogate): model is StackSurrogate => 'weights' in model;

export interface PredictedValue {
  readonly row: number;
  readonly mean: number;
  /** Of a measurement. */
  readonly sd: number;
  readonly interval80: readonly [number, number];
  readonly interval95: readonly [number, number];
}

// Quantiles of the standard normal at 90 and 97.5 %.
const half80 = 1.2815515655446004;
const half95 = 1.959963984540054;
const rowsAtOnce = 10_000;

export function predictRows(
  model: Surrogate,
  X: Matrix,
  progress: (text: string) => void,
): readonly PredictedValue[] {
  const { noiseVariance = 0 } = model.diagnostics();
  const found: PredictedValue[] = [];
  for (let from = 0; from < X.rows; from += rowsAtOnce) {
    if (X.rows > rowsAtOnce) progress(`predicting row ${from} of ${X.rows}`);
    const rows = Array.from({ length: Math.min(rowsAtOnce, X.rows - from) }, (_, i) => from + i);
    const { mean, variance } = model.predict(selectRows(X, rows));
    rows.forEach((row, i) => {
      const centre = mean[i] ?? Number.NaN;
      const sd = Math.sqrt((variance[i] ?? Number.NaN) + noiseVariance);
      const around = (half: number): [number, number] => [centre - half * sd, centre + half * sd];
      found.push({ row, mean: centre, sd, interval80: around(half80), interval95: around(half95) });
    });
  }
  return found;
}
