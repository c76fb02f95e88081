/**
 * How likely a label t = ±1 is where the latent function is f, and what that means of f ~ N(μ, s²). With z = t·f: probit Φ(z), logistic
 * 1/(1 + e^(−z)). Derivatives are those of ln p(t|f) with respect to f.
 */
import { exp, logNormCdf, normCdf, normPdf } from '@ionloop/linalg';
import { sigmoid, softplus } from '../logistic/sigmoid.js';

export const classLikelihoods = ['probit', 'logistic'] as const;
export type ClassLikelihood = (typeof classLikelihoods)[number];

export interface LikelihoodAt {
  /** ln p */
  readonly value: number;
  readonly slope: number;
  /** −∂², at least 0 */
  readonly curvature: number;
  /** ∂³ */
  readonly third: number;
}

interface Likelihood {
  readonly at: (t: number, f: number) => LikelihoodAt;
  /** P(t = 1) where f ~ N(mean, variance). */
  readonly average: (mean: number, variance: number) => number;
}

const { max, sqrt } = Math;
const logRootTwoPi = 0.9189385332046727;

/** Sums over z = −8, −7.875 … 8 converge beyond all powers of the step for a function as smooth as these. */
const nodes = Float64Array.from({ length: 129 }, (_, k) => (k - 64) / 8);
const densities = nodes.map((z) => normPdf(z));
const totalDensity = densities.reduce((sum, value) => sum + value, 0);

export const likelihoods: Readonly<Record<ClassLikelihood, Likelihood>> = {
  probit: {
    at(t, f) {
      const z = t * f;
      const value = logNormCdf(z);
      // φ(z)/Φ(z), through logarithms: in the lower tail both are tiny.
      const ratio = exp(-0.5 * z * z - logRootTwoPi - value);
      // Far below 0 what is left of z + ratio, −1/z, drowns in rounding; the curvature tends to 1 there.
      const curvature = z < -1e5 ? 1 : max(ratio * (z + ratio), 0);
      const third = z < -1e5 ? 0 : t * ratio * ((z + ratio) * (z + 2 * ratio) - 1);
      return { value, slope: t * ratio, curvature, third };
    },
    average: (mean, variance) => normCdf(mean / sqrt(1 + variance)),
  },
  logistic: {
    at(t, f) {
      const p = sigmoid(f);
      const q = sigmoid(-f);
      return {
        value: -softplus(-t * f),
        slope: t > 0 ? q : -p,
        curvature: p * q,
        third: p * q * (p - q),
      };
    },
    average(mean, variance) {
      const spread = sqrt(variance);
      let sum = 0;
      for (let k = 0; k < nodes.length; k++) sum += densities[k]! * sigmoid(mean + spread * nodes[k]!);
      return sum / totalDensity;
    },
  },
};
