/**
 * Hyperparameters at the largest approximate evidence times their priors, θ = [ln ℓ (d), ln σ_f², m]: ℓ ~ LogNormal(√2 + ½·ln d, √3) for
 * inputs in the unit cube, σ_f² ~ LogNormal(1, 1), m ~ N(0, 1). Two starts, at the mode of the lengthscales' prior and at its median.
 */
import { exp, lbfgsb, log, selectRows, type Philox } from '@ionloop/linalg';
import {
  evidenceGradient,
  laplace,
  type ClassifierData,
  type ClassifierHyperparameters,
  type ClassifierSettings,
} from './laplace.js';

/** More rows than that are fitted on some of them: the cost goes with their cube. */
export const mostRowsFitted = 200;
const root2 = 1.4142135623730951;
const signalLocation = 1;
const smallestLengthscale = 0.025;
const largestLengthscale = 1e3;

export function fitHyperparameters(
  data: ClassifierData,
  settings: ClassifierSettings,
  rng: Philox,
): ClassifierHyperparameters {
  const some = data.X.rows > mostRowsFitted ? subset(data, rng.split('subset')) : data;
  const d = data.X.cols;
  const location = root2 + 0.5 * log(d);
  const ascents = [location - 3, location].map((start) => {
    const theta = new Float64Array(d + 2).fill(start, 0, d);
    theta[d] = signalLocation;
    return lbfgsb({
      objective: negativeLogPosterior(some, settings),
      lower: [...new Array<number>(d).fill(log(smallestLengthscale)), log(1e-2), -5],
      upper: [...new Array<number>(d).fill(log(largestLengthscale)), log(1e3), 5],
      start: theta,
      maxIterations: 50,
      tolerance: 1e-4,
      valueTolerance: 1e-8,
    });
  });
  const [near, far] = ascents as [(typeof ascents)[0], (typeof ascents)[0]];
  return fromVector((far.value < near.value ? far : near).x);
}

function subset({ X, signs }: ClassifierData, rng: Philox): ClassifierData {
  const rows = rng.choose(X.rows, mostRowsFitted).sort((a, b) => a - b);
  return { X: selectRows(X, rows), signs: Float64Array.from(rows, (i) => signs[i]!) };
}

export function fromVector(theta: Float64Array): ClassifierHyperparameters {
  const d = theta.length - 2;
  return {
    lengthscales: theta.slice(0, d).map((value) => exp(value)),
    signalVariance: exp(theta[d]!),
    mean: theta[d + 1]! + 0,
  };
}

/** −ln Z − ln p(θ), up to a constant, and its gradient; each mode is looked for from the last one. */
export function negativeLogPosterior(
  data: ClassifierData,
  settings: ClassifierSettings,
): (theta: Float64Array, gradient: Float64Array) => number {
  const d = data.X.cols;
  const location = root2 + 0.5 * log(d);
  let last: Float64Array | undefined;
  return (theta, gradient) => {
    const mode = laplace(data, settings, fromVector(theta), last);
    last = mode.slope;
    const slope = evidenceGradient(data, settings, mode);
    let logPrior = 0;
    // Densities of ℓ and σ_f² themselves: the −v is that of the logarithm.
    const logNormal = (v: number, at: number, variance: number, j: number) => {
      logPrior -= v + (0.5 * (v - at) * (v - at)) / variance;
      slope[j] = slope[j]! - 1 - (v - at) / variance;
    };
    for (let j = 0; j < d; j++) logNormal(theta[j]!, location, 3, j);
    logNormal(theta[d]!, signalLocation, 1, d);
    const m = theta[d + 1]!;
    logPrior -= 0.5 * m * m;
    slope[d + 1] = slope[d + 1]! - m;
    slope.forEach((value, j) => (gradient[j] = -value));
    return -(mode.logEvidence + logPrior);
  };
}
