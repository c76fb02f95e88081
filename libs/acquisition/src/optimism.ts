/** How many standard deviations an upper confidence bound lies above the mean. */
import { InvalidArgumentError, log, normQuantile, requireCount } from '@ionloop/linalg';

const { max, sqrt } = Math;

/** √βₜ with βₜ = 0.2·d·ln(2t), for round t ≥ 1 of a search in d dimensions (Kandasamy et al. 2015). */
export function betaOfRound(round: number, d: number): number {
  requireCount('round', round, 1);
  requireCount('d', d, 1);
  return sqrt(0.2 * d * log(2 * round));
}

/** The β whose bound a normal response stays below with probability `confidence`, for ½ ≤ confidence < 1. */
export function betaOfConfidence(confidence: number): number {
  if (!(confidence >= 0.5 && confidence < 1))
    throw new InvalidArgumentError('confidence', `must lie in 0.5 … 1, 1 excluded, not ${confidence}`);
  return max(normQuantile(confidence), 0);
}

/** A fixed β; that of the round, which is one more than there are observations; or that of a confidence. */
export type Optimism = number | 'rounds' | { readonly confidence: number };

/** β given how many observations there are, in d dimensions. */
export function betaOf(optimism: Optimism): (observations: number, d: number) => number {
  if (optimism === 'rounds') return (observations, d) => betaOfRound(observations + 1, d);
  const beta = typeof optimism === 'number' ? optimism : betaOfConfidence(optimism.confidence);
  if (!Number.isFinite(beta) || beta < 0)
    throw new InvalidArgumentError('beta', `must be a number of at least 0, not ${beta}`);
  return () => beta;
}
