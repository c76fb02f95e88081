/** What all linear models have in common: they differ in how λ and σ² are chosen. */
import { requireCount } from '@ionloop/linalg';
import type { SurrogateFactory } from '../contract.js';
import { ownData, plainCapabilities } from '../data.js';
import { onRowsThatCount } from '../ignoredRows.js';
import { design, type Design } from './design.js';
import type { FeatureOptions } from './features.js';
import { LinearModel, linearModelFrom } from './linearModel.js';
import { beliefAt, leaveOneOut } from './solve.js';

export interface LinearChoice {
  readonly lambda: number;
  readonly noiseVariance: number;
  /** Whether σ² is a hyperparameter that stays when a row is left out; where not it is estimated again. */
  readonly noiseIsFixed: boolean;
  readonly logMarginalLikelihood?: number;
}

const capabilities = { ...plainCapabilities, weights: true };

export function linearFactory(
  kind: string,
  options: FeatureOptions,
  choose: (plan: Design) => LinearChoice,
): SurrogateFactory {
  requireCount('options.degree', options.degree ?? 1, 1);
  return {
    kind,
    capabilities,
    fit: (data) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const plan = design(counting, options);
        const { lambda, noiseVariance, noiseIsFixed, logMarginalLikelihood } = choose(plan);
        const belief = {
          ...beliefAt(plan, lambda, noiseVariance),
          ...(logMarginalLikelihood !== undefined && { logMarginalLikelihood }),
        };
        return {
          leftOut: leaveOneOut(plan, belief, noiseIsFixed ? noiseVariance : undefined),
          noiseVariance,
          model: (leftOut) => new LinearModel(kind, belief, leftOut),
        };
      }),
    fromJSON: (json) => linearModelFrom(kind, json),
  };
}
