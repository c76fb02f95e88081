/** Rows of weight 0 take no part in a fit; their left-out prediction is that of the model itself, which has not seen them. */
import { selectRows } from '@ionloop/linalg';
import type { LeftOut, Surrogate, TrainingData } from './contract.js';
import { leftOutOf } from './leftOut.js';

/** The given rows of the data, in that order. */
export function rowsOf(data: TrainingData, rows: readonly number[]): TrainingData {
  const { X, y, noise, weights, censored, source, groups, categorical } = data;
  const pick = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  return {
    X: selectRows(X, rows),
    y: pick(y),
    ...(noise && { noise: pick(noise) }),
    ...(weights && { weights: pick(weights) }),
    ...(censored && { censored: Uint8Array.from(rows, (i) => censored[i]!) }),
    ...(source && { source: Int32Array.from(rows, (i) => source[i]!) }),
    ...(groups && { groups: Int32Array.from(rows, (i) => groups[i]!) }),
    ...(categorical && { categorical }),
  };
}

/** Those of a weight above 0. */
export function rowsThatCount(data: TrainingData): TrainingData {
  const { y, weights } = data;
  if (!weights?.some((weight) => weight === 0)) return data;
  return rowsOf(
    data,
    Array.from(y.keys()).filter((i) => weights[i]! > 0),
  );
}

/**
 * Fits on the rows that count. `fit` says what it leaves out of those, and gives the model once it is told what is left out of all rows;
 * `noiseVariance` is what a measurement adds to the model's own variance.
 */
export function onRowsThatCount<Model extends Surrogate>(
  data: TrainingData,
  fit: (counting: TrainingData) => {
    readonly leftOut: LeftOut;
    readonly noiseVariance: number;
    readonly model: (leftOut: LeftOut) => Model;
  },
): Model {
  const { X, y, weights } = data;
  const counting = rowsThatCount(data);
  const { leftOut, noiseVariance, model } = fit(counting);
  const partial = model(leftOut);
  if (counting === data) return partial;
  const { mean, variance } = partial.predict(X);
  const varianceOf = variance.map((value) => value + noiseVariance);
  Array.from(y.keys())
    .filter((i) => weights![i]! > 0)
    .forEach((i, at) => {
      mean[i] = leftOut.mean[at]!;
      varianceOf[i] = leftOut.variance[at]!;
    });
  return model(leftOutOf(mean, varianceOf, y));
}
