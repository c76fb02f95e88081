import type { Surrogate } from '@ionloop/surrogates';

/** One of the models that a model is made of. */
export interface MemberWeight {
  readonly name: string;
  /** 0 … 1, of sum 1. */
  readonly weight: number;
  /** Why it has no say, where it could not be fitted. */
  readonly reason: string | null;
}

interface Weighted {
  readonly weights: readonly {
    readonly name: string;
    readonly weight: number;
    readonly reason?: string;
  }[];
}

const isWeighted = (model: Surrogate): model is Surrogate & Weighted =>
  'weights' in model && Array.isArray(model.weights);

/** What the members of a model of several models have earned, the most first; none of one that is made of one. */
export const weightsOf = (model: Surrogate): readonly MemberWeight[] =>
  isWeighted(model)
    ? model.weights
        .map(({ name, weight, reason }) => ({ name, weight, reason: reason ?? null }))
        .sort((a, b) => b.weight - a.weight)
    : [];
