/**
 * What a linear model is linear in: the d inputs, scaled; with a degree above 1 their powers up to it; with interactions the products of two
 * inputs. p features, centred on their (weighted) means over the rows fitted and, where they are scaled, of variance 1.
 */
import { matrix, type Matrix } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom, numberFrom } from '../json.js';
import { noScaling, scaled, scalingFrom, scalingOf, scalingToJson, type Scaling } from '../scaling.js';

export interface FeatureOptions {
  /** Highest power of each input, at least 1; 1 where it is left out. */
  readonly degree?: number;
  /** Whether products of two different inputs are features too; they are not where it is left out. */
  readonly interactions?: boolean;
  /** Whether inputs and features are brought to variance 1; they are where it is left out. */
  readonly standardise?: boolean;
}

export interface FeatureMap {
  readonly dimension: number;
  readonly degree: number;
  readonly interactions: boolean;
  readonly inputs: Scaling;
  /** Of the p features; only what `inputs` does not do already. */
  readonly features: Scaling;
}

/** The map for the rows of X (n,d), and their features (n,p). */
export function featureMap(
  X: Matrix,
  weights: Float64Array,
  { degree = 1, interactions = false, standardise = true }: FeatureOptions,
): { map: FeatureMap; Phi: Matrix } {
  const inputs = standardise ? scalingOf(X, weights) : noScaling(X.cols);
  const raw = { dimension: X.cols, degree, interactions, inputs };
  const expanded = expand(X, raw);
  const { centre, rate } = scalingOf(expanded, weights);
  const features = {
    centre,
    rate: standardise ? rate : rate.map((value) => (value === 0 ? 0 : 1)),
  };
  return { map: { ...raw, features }, Phi: scaled(expanded, features) };
}

/** The features (m,p) of the rows of X (m,d). */
export function featuresAt(X: Matrix, map: FeatureMap): Matrix {
  return scaled(expand(X, map), map.features);
}

function expand(
  X: Matrix,
  { dimension: d, degree, interactions, inputs }: Omit<FeatureMap, 'features'>,
): Matrix {
  const Z = scaled(X, inputs);
  const p = d * degree + (interactions ? (d * (d - 1)) / 2 : 0);
  const result = matrix(X.rows, p);
  for (let i = 0; i < X.rows; i++) {
    let at = i * p;
    for (let j = 0; j < d; j++) result.data[at++] = Z.data[i * d + j]!;
    for (let power = 2; power <= degree; power++)
      for (let j = 0; j < d; j++, at++) result.data[at] = result.data[at - d]! * Z.data[i * d + j]!;
    if (interactions)
      for (let j = 0; j < d; j++)
        for (let k = j + 1; k < d; k++) result.data[at++] = Z.data[i * d + j]! * Z.data[i * d + k]!;
  }
  return result;
}

/** The inputs that each feature is made of. */
export function inputsOfFeatures({ dimension: d, degree, interactions }: FeatureMap): number[][] {
  const powers = Array.from({ length: d * degree }, (_, k) => [k % d]);
  const pairs = Array.from({ length: d }, (_, j) =>
    Array.from({ length: d - j - 1 }, (_unused, k) => [j, j + 1 + k]),
  );
  return interactions ? [...powers, ...pairs.flat()] : powers;
}

export function featureMapToJson({ degree, interactions, inputs, features }: FeatureMap): Json {
  return { degree, interactions, inputs: scalingToJson(inputs), features: scalingToJson(features) };
}

export function featureMapFrom(name: string, json: Json | undefined, dimension: number): FeatureMap {
  const fields = fieldsFrom(name, json);
  const degree = numberFrom(`${name}.degree`, fields['degree']);
  const interactions = fields['interactions'] === true;
  const p = dimension * degree + (interactions ? (dimension * (dimension - 1)) / 2 : 0);
  return {
    dimension,
    degree,
    interactions,
    inputs: scalingFrom(`${name}.inputs`, fields['inputs'], dimension),
    features: scalingFrom(`${name}.features`, fields['features'], p),
  };
}
