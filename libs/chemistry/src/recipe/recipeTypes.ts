import type { ElementAmount } from '../formula.js';
import { RecipeError } from './recipeError.js';

export interface Precursor {
  /** A hydrate with its water written out: LiOH(H2O). */
  readonly formula: string;
  /** The part of what is weighed that is the precursor: 0 … 1. */
  readonly purity?: number;
  /** What is weighed in besides, for what evaporates: 0.1 for 10 %. */
  readonly excess?: number;
}

export interface RecipeLine {
  readonly precursor: string;
  /** Of the precursor itself, for the batch, without excess. */
  readonly moles: number;
  /** To be weighed in: with excess, purity and the dispenser's step. */
  readonly grams: number;
}

export interface Recipe {
  readonly lines: readonly RecipeLine[];
  /** Moles of each gas that leaves (positive) or is taken up (negative). */
  readonly released: Readonly<Record<string, number>>;
  /** Moles of each element in the product where the excess has evaporated, and how much the target has. */
  readonly balance: readonly { readonly element: string; readonly made: number; readonly wanted: number }[];
  /** What the weighed grams really hold of the elements that no gas carries, per formula unit of the target, excess included. */
  readonly weighed: readonly ElementAmount[];
}

/** Refuses a batch, a purity, an excess or a step that cannot be. */
export function checkBatch(
  batchGrams: number,
  precursors: readonly Precursor[],
  stepGrams: number | undefined,
): void {
  if (!(Number.isFinite(batchGrams) && batchGrams > 0)) {
    refuse(`a batch of ${batchGrams} g cannot be weighed; it must be positive`);
  }
  if (precursors.length === 0) refuse('there are no precursors');
  if (stepGrams !== undefined && !(Number.isFinite(stepGrams) && stepGrams > 0)) {
    refuse(`the dispenser's step is ${stepGrams} g; it must be positive`);
  }
  for (const { formula, purity = 1, excess = 0 } of precursors) {
    if (!(purity > 0 && purity <= 1))
      refuse(`the purity of ${formula} is ${purity}; it must be above 0 and at most 1`);
    if (!(excess >= 0 && Number.isFinite(excess)))
      refuse(`the excess of ${formula} is ${excess}; it must not be negative`);
  }
}

export function refuse(problem: string, elements: readonly string[] = []): never {
  throw new RecipeError('INVALID', problem, elements);
}
