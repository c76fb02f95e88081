/**
 * Bayesian linear regression: y ~ N(b + φ·β, σ²), β ~ N(0, (σ²/λ)·I), b flat. λ and σ² are where the evidence times their priors is largest. With
 * PSS = Σ (1 − dₖ)·(uₖᵀỹ)² + ‖ỹ − UUᵀỹ‖² the penalised sum of squares,
 *
 *   ln p(y|λ,σ²) = −½·((n − 1)·ln 2πσ² + PSS/σ² + Σ ln(1 + sₖ²/λ) + ln W),
 *
 * and σ² ~ scaled inverse χ² of ν = 1 degree of freedom and scale 10⁻² Var(y), ln λ ~ N(0, 4²): they decide where a few rows cannot.
 * Given λ the best σ² is (PSS + ν·scale)/(n − 1 + ν); λ is searched.
 */
import { exp, goldenSection, log } from '@ionloop/linalg';
import type { SurrogateFactory } from '../contract.js';
import { shrinkage, type Design } from './design.js';
import { linearFactory } from './factory.js';
import type { FeatureOptions } from './features.js';

export type BayesianLinearOptions = FeatureOptions;

const logTwoPi = 1.8378770664093453;
const priorFreedom = 1;
const priorNoise = 1e-2;
const priorLogLambdaSpread = 4;
const [lowest, highest, gridSize] = [-20, 20, 81];

/** Takes inputs of any scale. */
export function bayesianLinear(options: BayesianLinearOptions = {}): SurrogateFactory {
  return linearFactory('bayesian-linear', options, (plan) => {
    const lambda = exp(bestLogLambda(plan));
    const { noiseVariance, logMarginalLikelihood } = evidence(plan, lambda);
    return { lambda, noiseVariance, logMarginalLikelihood, noiseIsFixed: true };
  });
}

interface Evidence {
  /** The best σ² given λ. */
  readonly noiseVariance: number;
  readonly logMarginalLikelihood: number;
  readonly logPosterior: number;
}

function evidence(plan: Design, lambda: number): Evidence {
  const { s, projected, beyond, total, spread, y } = plan;
  const d = shrinkage(plan, lambda);
  let squares = beyond.reduce((sum, value) => sum + value * value, 0);
  let complexity = log(total);
  for (let k = 0; k < s.length; k++) {
    squares += (1 - d[k]!) * projected[k]! * projected[k]!;
    complexity += log(1 + (s[k]! * s[k]!) / lambda);
  }
  const prior = priorFreedom * priorNoise * spread * spread;
  const noiseVariance = (squares + prior) / (y.length - 1 + priorFreedom);
  const logMarginalLikelihood =
    -0.5 * ((y.length - 1) * (logTwoPi + log(noiseVariance)) + squares / noiseVariance + complexity);
  const z = log(lambda) / priorLogLambdaSpread;
  const logPrior = -0.5 * (priorFreedom * log(noiseVariance) + prior / noiseVariance + z * z);
  return { noiseVariance, logMarginalLikelihood, logPosterior: logMarginalLikelihood + logPrior };
}

/** The evidence can have several hills: a grid of ln λ, then the best one's top. */
function bestLogLambda(plan: Design): number {
  const at = (logLambda: number) => -evidence(plan, exp(logLambda)).logPosterior;
  const step = (highest - lowest) / (gridSize - 1);
  const grid = Array.from({ length: gridSize }, (_, k) => lowest + k * step);
  const values = grid.map(at);
  const best = grid[values.indexOf(values.reduce((least, value) => (value < least ? value : least)))]!;
  return goldenSection({ objective: at, lower: best - step, upper: best + step, tolerance: 1e-7 }).x;
}
