/**
 * A Gaussian process by way of D random features φ (gaussian-process/spectrum.ts): y − c = φ(x)ᵀw + ε, w ~ N(0, I), s = σ_n² + noise of the row. With
 *
 *   A = I + Σ φφᵀ/s = L_A·L_Aᵀ,   b = Σ (y − c)φ/s,   μ = A⁻¹b:   mean = c + φᵀμ,   variance = ‖L_A⁻¹φ‖²,
 *   ln p(y) = −½(n ln 2π + Σ ln s + ln det A + Σ (y − c)²/s − bᵀμ).
 *
 * Hyperparameters are those of the whole process of some rows. Noise has to account for what features miss, too: its variance is taken where this
 * likelihood and the prior of noise are largest, unless rows have noise of their own. The whole process knows more far from all rows: features
 * know no more than D numbers. O(nD²), a block of rows at a time; draws are whole functions at no more than a product's cost.
 */
import {
  cholesky,
  choleskySolve,
  exp,
  gemm,
  goldenSection,
  kernelParameters,
  log,
  logdet,
  matrix,
  Philox,
  requireCount,
  requireLength,
  syrk,
  transpose,
  triangularSolve,
  type GaussianData,
  type Kernel,
  type Matrix,
} from '@ionloop/linalg';
import type {
  Diagnostics,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, type Standardisation } from '../data.js';
import { kernelFrom, kernelToJson } from '../gaussian-process/kernels.js';
import { logDensity, noisePrior } from '../gaussian-process/priors.js';
import { drawFeatures, featuresAt } from '../gaussian-process/spectrum.js';
import {
  fieldsFrom,
  matrixFrom,
  matrixToJson,
  numberFrom,
  numbersFrom,
  numbersToJson,
  requireKind,
} from '../json.js';
import { leftOutFrom, leftOutToJson } from '../leftOut.js';
import { diagnosticsOf, leftOutInUnits } from './diagnose.js';
import {
  largeSettings,
  learnFromSome,
  standardise,
  type LargeOptions,
  type Standard,
} from './hyperparameters.js';

const { max, min, sqrt } = Math;

export interface RandomFeatureGaussianProcessOptions extends LargeOptions {
  /** D, about; 512 where it is left out. */
  readonly features?: number;
}

const kind = 'random-feature-gaussian-process';
const version = 1;
const block = 1024;
const logTwoPi = 1.8378770664093453;

/** Inputs in the unit cube. */
export function randomFeatureGaussianProcess(
  options: RandomFeatureGaussianProcessOptions = {},
): SurrogateFactory {
  const { features = 512 } = options;
  const settings = largeSettings(options);
  requireCount('options.features', features, 2);
  return {
    kind,
    capabilities: { ...plainCapabilities, noise: true, categorical: true },
    fit(data, rng) {
      const own = ownData(data, this.capabilities);
      const standard = standardise(own, settings);
      const theta = learnFromSome(standard, settings, rng);
      const seed = rng.split('features').integer(4294967296);
      const phi = new Features(standard.kernel, theta, own.X.cols, features, seed);
      const { belief, leftOut } = regress(standard, theta, phi, settings.smallestNoise);
      return new RandomFeatureGaussianProcess(
        phi,
        belief,
        standard.units,
        leftOutInUnits(leftOut, standard.units, own.y),
      );
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const units = fieldsFrom('json.units', json['units']);
      const dimension = numberFrom('json.dimension', json['dimension']);
      const kernel = kernelFrom('json.kernel', json['kernel'], dimension);
      const theta = numbersFrom('json.theta', json['theta']);
      requireLength('json.theta', theta, kernelParameters(kernel) + 2);
      const count = numberFrom('json.features', json['features']);
      const phi = new Features(kernel, theta, dimension, count, numberFrom('json.seed', json['seed']));
      const mu = numbersFrom('json.weights', json['weights']);
      requireLength('json.weights', mu, phi.count);
      const evidence = numberFrom('json.evidence', json['evidence']);
      return new RandomFeatureGaussianProcess(
        phi,
        { theta, mu, LA: matrixFrom('json.factor', json['factor']), evidence },
        {
          centre: numberFrom('json.units.centre', units['centre']),
          spread: numberFrom('json.units.spread', units['spread']),
        },
        leftOutFrom('json.leftOut', json['leftOut']),
      );
    },
  };
}

/** φ, made anew from its seed wherever it is needed. */
class Features {
  private readonly drawn: ReturnType<typeof drawFeatures>;

  constructor(
    readonly kernel: Kernel,
    theta: Float64Array,
    readonly dimension: number,
    readonly asked: number,
    readonly seed: number,
  ) {
    this.drawn = drawFeatures(kernel, theta, dimension, asked, Philox.fromSeed(seed));
  }

  get count(): number {
    return this.drawn.length;
  }

  /** `use` for each block of φ (rows, D), which begins at row `from`. */
  forBlocks(X: Matrix, use: (Phi: Matrix, from: number) => void): void {
    for (let from = 0; from < X.rows; from += block)
      use(featuresAt(this.drawn, X, from, min(block, X.rows - from)), from);
  }
}

interface Belief {
  readonly theta: Float64Array;
  /** (D) */
  readonly mu: Float64Array;
  /** (D,D) */
  readonly LA: Matrix;
  readonly evidence: number;
}

function regress(
  { data }: Standard,
  learned: Float64Array,
  phi: Features,
  smallestNoise: number,
): {
  readonly belief: Belief;
  readonly leftOut: { readonly mean: Float64Array; readonly variance: Float64Array };
} {
  const at = learned.length - 2;
  const theta = learned.slice();
  if (data.noise === undefined) {
    const sums = sumsOf(data, theta, phi, false);
    theta[at] = goldenSection({
      objective: (v) => -(evidenceOf(sums, exp(v)).evidence + logDensity(noisePrior, v)),
      lower: log(smallestNoise),
      upper: log(4),
      tolerance: 1e-3,
    }).x;
    const { LA, mu, evidence } = evidenceOf(sums, exp(theta[at]));
    const belief = { theta, mu, LA, evidence };
    return { belief, leftOut: leaveOut(data, phi, belief) };
  }
  const belief = { theta, ...evidenceOf(sumsOf(data, theta, phi, true), 1) };
  return { belief, leftOut: leaveOut(data, phi, belief) };
}

interface Sums {
  readonly n: number;
  /** Σ (φ, y − c)(φ, y − c)ᵀ, each row over its s if rows have noise of their own: (D+1, D+1) */
  readonly gram: Matrix;
  /** Σ ln s then, else 0. */
  readonly logs: number;
}

function sumsOf(data: GaussianData, theta: Float64Array, phi: Features, weighed: boolean): Sums {
  const D = phi.count;
  const gram = matrix(D + 1, D + 1);
  const [noise, c] = [exp(theta.at(-2)!), theta.at(-1)!];
  let logs = 0;
  phi.forBlocks(data.X, (Phi, from) => {
    const wide = matrix(Phi.rows, D + 1);
    for (let i = 0; i < Phi.rows; i++) {
      const s = weighed ? noise + data.noise![from + i]! : 1;
      logs += log(s);
      const root = 1 / sqrt(s);
      const row = wide.data.subarray(i * (D + 1), (i + 1) * (D + 1));
      row.set(Phi.data.subarray(i * D, (i + 1) * D));
      row[D] = data.y[from + i]! - c;
      if (weighed) row.forEach((value, k) => (row[k] = value * root));
    }
    const more = syrk(wide, { transpose: true });
    for (let k = 0; k < more.data.length; k++) gram.data[k] = gram.data[k]! + more.data[k]!;
  });
  return { n: data.y.length, gram, logs };
}

/** ln p(y) and what it takes, for a noise variance that all rows share. */
function evidenceOf({ n, gram, logs }: Sums, noise: number): Omit<Belief, 'theta'> {
  const D = gram.rows - 1;
  const A = matrix(D, D);
  const b = new Float64Array(D);
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < D; j++) A.data[i * D + j] = gram.data[i * (D + 1) + j]! / noise + (i === j ? 1 : 0);
    b[i] = gram.data[i * (D + 1) + D]! / noise;
  }
  const { L: LA } = cholesky(A);
  const mu = choleskySolve(LA, b);
  const explained = b.reduce((sum, value, i) => sum + value * mu[i]!, 0);
  const squares = gram.data[(D + 1) * (D + 1) - 1]! / noise;
  const evidence = -0.5 * (n * (logTwoPi + log(noise)) + logs + logdet(LA) + max(squares - explained, 0));
  return { LA, mu, evidence };
}

/** Each row given the others, in closed form: hyperparameters and features stay. */
function leaveOut(
  data: GaussianData,
  phi: Features,
  { theta, mu, LA }: Belief,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const n = data.y.length;
  const [mean, variance] = [new Float64Array(n), new Float64Array(n)];
  phi.forBlocks(data.X, (Phi, from) => {
    const seen = seenAt(Phi, theta.at(-1)!, mu, LA);
    seen.variance.forEach((value, i) => {
      const row = from + i;
      const s = exp(theta.at(-2)!) + (data.noise ? data.noise[row]! : 0);
      // Of the row's own weight in its fit this much is left; rounding must not make it 0.
      const free = max(1 - value / s, 1e-12);
      mean[row] = data.y[row]! - (data.y[row]! - seen.mean[i]!) / free;
      variance[row] = s + value / free;
    });
  });
  return { mean, variance };
}

/** Mean and variance where the features are Phi (k,D). */
function seenAt(
  Phi: Matrix,
  c: number,
  mu: Float64Array,
  LA: Matrix,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const fitted = gemm(Phi, matrix(mu.length, 1, mu)).data;
  const V = triangularSolve(LA, transpose(Phi));
  const variance = new Float64Array(Phi.rows);
  for (let k = 0, at = 0; k < V.rows; k++)
    for (let i = 0; i < V.cols; i++, at++) variance[i] = variance[i]! + V.data[at]! * V.data[at]!;
  return { mean: fitted.map((value) => c + value), variance };
}

class RandomFeatureGaussianProcess implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(
    private readonly phi: Features,
    private readonly belief: Belief,
    private readonly units: Standardisation,
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = phi.dimension;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const { centre, spread } = this.units;
    const { theta, mu, LA } = this.belief;
    const [mean, variance] = [new Float64Array(X.rows), new Float64Array(X.rows)];
    this.phi.forBlocks(X, (Phi, from) => {
      const seen = seenAt(Phi, theta.at(-1)!, mu, LA);
      mean.set(
        seen.mean.map((value) => centre + spread * value),
        from,
      );
      variance.set(
        seen.variance.map((value) => spread * spread * value),
        from,
      );
    });
    return { mean, variance };
  }

  /** Each draw is one set of weights, w = μ + L_A⁻ᵀε. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { theta, mu, LA } = this.belief;
    const D = mu.length;
    const errors = triangularSolve(LA, matrix(D, count, rng.normals(D * count)), { transpose: true });
    for (let k = 0, at = 0; k < D; k++)
      for (let i = 0; i < count; i++, at++) errors.data[at] = errors.data[at]! + mu[k]!;
    const { centre, spread } = this.units;
    const c = theta.at(-1)!;
    const draws = matrix(count, X.rows);
    this.phi.forBlocks(X, (Phi, from) => {
      const values = gemm(Phi, errors).data;
      for (let i = 0, at = 0; i < Phi.rows; i++)
        for (let k = 0; k < count; k++, at++)
          draws.data[k * X.rows + from + i] = centre + spread * (c + values[at]!);
    });
    return draws;
  }

  diagnostics(): Diagnostics {
    const { theta, evidence } = this.belief;
    return diagnosticsOf(kind, this.phi.kernel, theta, this.units, this.dimension, evidence, this.leftOut);
  }

  toJSON(): SurrogateJson {
    const { phi, belief } = this;
    const plain = (values: Float64Array) => numbersToJson(values.map((value) => value + 0));
    return {
      kind,
      version,
      dimension: this.dimension,
      kernel: kernelToJson(phi.kernel),
      theta: plain(belief.theta),
      features: phi.asked,
      seed: phi.seed,
      weights: plain(belief.mu),
      factor: matrixToJson(belief.LA),
      evidence: belief.evidence,
      units: { ...this.units },
      leftOut: leftOutToJson(this.leftOut),
    };
  }
}
