import type { Matrix } from '@ionloop/linalg';
import type { Acquisition, AcquisitionContext } from './contract.js';
import { ucb } from './improvement.js';
import { betaOf, type Optimism } from './optimism.js';
import { scoreBestPointwise, scorePointwise } from './pointwise.js';

/** mean + beta·sd, beta ≥ 0 in standard deviations, or from the round or a confidence. */
export function upperConfidenceBound(optimism: Optimism): Acquisition {
  const betaAt = betaOf(optimism);
  const boundFor = ({ cols }: Matrix, { observed }: AcquisitionContext) => {
    const beta = betaAt(observed?.rows ?? 0, cols);
    return (mean: number, sd: number) => ucb(mean, sd, beta);
  };
  return {
    name: 'upper confidence bound',
    score: (model, candidates, context) => scorePointwise(model, candidates, boundFor(candidates, context)),
    scoreBest: (model, candidates, context, count) =>
      scoreBestPointwise(model, candidates, count, boundFor(candidates, context)),
  };
}
