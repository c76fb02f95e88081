/**
 * Logistic classification, P(class 1) = 1/(1 + e^(−f)), f(x) = b + w·x. tᵢ = ±1 the class of row i,
 *
 *   minimise ½·‖w‖² + C·Σ ln(1 + e^(−tᵢ·f(xᵢ))),
 *
 * the intercept b free, by Newton's method: where the classes can be told apart without error, ‖w‖ keeps f finite. Of one class alone
 * nothing can be told from x: the probability is (n₁ + 1)/(n + 2) everywhere, Laplace's rule of succession.
 */
import { cholesky, choleskySolve, dot, log, matrix, requireLength, type Matrix } from '@ionloop/linalg';
import type { Classifier, ClassifierFactory, LabelledData, SurrogateJson } from '../contract.js';
import { requireInputs } from '../data.js';
import { numberFrom, numbersFrom, numbersToJson, requireKind } from '../json.js';
import { ownLabels } from '../labels.js';
import { requirePositive } from '../options.js';
import { noScaling, scaled, scalingFrom, scalingOf, scalingToJson, type Scaling } from '../scaling.js';
import { sigmoid, softplus } from './sigmoid.js';

export interface LogisticOptions {
  /** How much a row's likelihood counts against the size of w; 1 where it is left out. */
  readonly C?: number;
  /** Whether inputs are brought to variance 1; they are where it is left out. */
  readonly standardise?: boolean;
}

const kind = 'logistic';
const version = 1;
const mostSteps = 100;
const { abs, max } = Math;

/** Takes inputs of any scale. */
export function logistic(options: LogisticOptions = {}): ClassifierFactory {
  const { C = 1, standardise = true } = options;
  requirePositive('options.C', C);
  return {
    kind,
    fit(data) {
      const { X, labels } = ownLabels(data);
      const scaling = standardise ? scalingOf(X) : noScaling(X.cols);
      const of1 = labels.reduce((sum, label) => sum + label, 0);
      if (of1 === 0 || of1 === labels.length)
        return new Logistic(scaling, new Float64Array(X.cols), log((of1 + 1) / (labels.length - of1 + 1)));
      const theta = minimise({ X: scaled(X, scaling), labels }, C).map((value) => value + 0);
      return new Logistic(scaling, theta.slice(0, X.cols), theta[X.cols]!);
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const weights = numbersFrom('json.weights', json['weights']);
      requireLength('json.weights', weights, numberFrom('json.dimension', json['dimension']));
      const scaling = scalingFrom('json.scaling', json['scaling'], weights.length);
      return new Logistic(scaling, weights, numberFrom('json.intercept', json['intercept']));
    },
  };
}

class Logistic implements Classifier {
  readonly kind = kind;
  readonly dimension: number;

  constructor(
    private readonly scaling: Scaling,
    private readonly weights: Float64Array,
    private readonly intercept: number,
  ) {
    this.dimension = weights.length;
  }

  probability(X: Matrix): Float64Array {
    requireInputs(X, this.dimension);
    const d = this.dimension;
    const Z = scaled(X, this.scaling).data;
    return Float64Array.from({ length: X.rows }, (_, i) =>
      sigmoid(this.intercept + dot(Z, i * d, this.weights, 0, d)),
    );
  }

  toJSON(): SurrogateJson {
    const { dimension, scaling, weights, intercept } = this;
    return {
      ...{ kind, version, dimension, scaling: scalingToJson(scaling) },
      weights: numbersToJson(weights),
      intercept,
    };
  }
}

/** θ = [w (d), b], by Newton steps that are halved until they lower the objective. */
function minimise(data: LabelledData, C: number): Float64Array {
  let theta = new Float64Array(data.X.cols + 1);
  let value = objective(data, C, theta);
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, hessian } = derivatives(data, C, theta);
    const direction = choleskySolve(cholesky(hessian).L, gradient);
    let length = 1;
    let next = theta;
    let lower = value;
    for (; length > 1e-10; length /= 2) {
      next = theta.map((one, j) => one - length * direction[j]!);
      lower = objective(data, C, next);
      if (lower < value) break;
    }
    if (!(lower < value)) break;
    theta = next;
    value = lower;
    if (direction.reduce((most, one) => max(most, abs(one)), 0) < 1e-10) break;
  }
  return theta;
}

function latent({ X }: LabelledData, theta: Float64Array, i: number): number {
  const d = X.cols;
  return theta[d]! + dot(X.data, i * d, theta, 0, d);
}

function objective(data: LabelledData, C: number, theta: Float64Array): number {
  const d = data.X.cols;
  let loss = 0;
  for (let i = 0; i < data.X.rows; i++) {
    const f = latent(data, theta, i);
    loss += softplus(data.labels[i] === 1 ? -f : f);
  }
  return 0.5 * dot(theta, 0, theta, 0, d) + C * loss;
}

function derivatives(
  data: LabelledData,
  C: number,
  theta: Float64Array,
): { gradient: Float64Array; hessian: Matrix } {
  const { X, labels } = data;
  const d = X.cols;
  const size = d + 1;
  const gradient = theta.slice();
  gradient[d] = 0;
  const hessian = matrix(size, size);
  for (let j = 0; j < d; j++) hessian.data[j * size + j] = 1;
  const x = new Float64Array(size).fill(1);
  for (let i = 0; i < X.rows; i++) {
    x.set(X.data.subarray(i * d, (i + 1) * d));
    const p = sigmoid(latent(data, theta, i));
    const slope = C * (p - labels[i]!);
    const curvature = C * p * (1 - p);
    for (let j = 0; j < size; j++) {
      gradient[j] = gradient[j]! + slope * x[j]!;
      const scaledX = curvature * x[j]!;
      // The Cholesky factor reads the lower triangle alone.
      for (let k = 0; k <= j; k++) hessian.data[j * size + k]! += scaledX * x[k]!;
    }
  }
  return { gradient, hessian };
}
