import type { CandidateScore } from '../../../api/generated/graphql.js';

/** What places are weighed by, as the API knows it and as people call it. */
export interface Acquisition {
  readonly score: CandidateScore;
  readonly beta: number;
  readonly label: string;
}

export const acquisitionOptions = [
  { value: 'log_ei', label: 'Expected improvement' },
  { value: 'pi', label: 'Probability of improvement' },
  { value: 'ucb', label: 'Upper confidence bound' },
  { value: 'mean', label: 'Predicted mean' },
  { value: 'sd', label: 'Uncertainty' },
] as const satisfies readonly { readonly value: CandidateScore; readonly label: string }[];

const usualBeta = 2;

/** The acquisition that a strategy goes by, or the one that most go by where its own is no single score. */
export function acquisitionOf(strategy: string, beta: number | null): Acquisition {
  if (strategy.includes('ucb')) return acquisitionNamed('ucb', beta);
  if (strategy.endsWith('-pi')) return acquisitionNamed('pi', beta);
  return acquisitionNamed('log_ei', beta);
}

export function acquisitionNamed(score: CandidateScore, own: number | null): Acquisition {
  const beta = own ?? usualBeta;
  return { score, beta, label: labelOf(score, beta) };
}

function labelOf(score: CandidateScore, beta: number): string {
  switch (score) {
    case 'log_ei':
      return 'log expected improvement, with the chance that it can be made';
    case 'pi':
      return 'probability of improvement, with the chance that it can be made';
    case 'ucb':
      return `upper confidence bound: mean and ${beta} standard deviations`;
    case 'mean':
      return 'predicted mean, larger is better';
    case 'sd':
      return 'standard deviation of the prediction';
  }
}
