import { elements } from './elements.js';
import { parseFormula } from './formula.js';

/** Grams per mole of formula units. */
export function molarMass(formula: string): number {
  let mass = 0;
  for (const { element, amount } of parseFormula(formula)) {
    mass += amount * (elements.get(element)?.atomicWeight ?? NaN);
  }
  return mass;
}

export interface PrecursorMass {
  readonly precursor: string;
  readonly moleFraction: number;
  readonly grams: number;
}

/** What to weigh in for `batchGrams` of a mixture given by the mole fractions of its precursors' formulas. */
export function precursorMasses(
  fractions: Readonly<Record<string, number>>,
  batchGrams: number,
): readonly PrecursorMass[] {
  if (!(Number.isFinite(batchGrams) && batchGrams > 0)) {
    throw new RangeError(`a batch of ${batchGrams} g cannot be weighed; it must be positive`);
  }
  const parts = Object.entries(fractions).map(([precursor, moleFraction]) => {
    if (!(Number.isFinite(moleFraction) && moleFraction >= 0)) {
      throw new RangeError(`the fraction of ${precursor} is ${moleFraction}; it must not be negative`);
    }
    return { precursor, moleFraction, gramsPerMole: moleFraction * molarMass(precursor) };
  });
  const sum = parts.reduce((total, { moleFraction }) => total + moleFraction, 0);
  if (!(Math.abs(sum - 1) <= 1e-9)) {
    throw new RangeError(`the fractions sum to ${sum}; they must sum to 1`);
  }
  const total = parts.reduce((mass, { gramsPerMole }) => mass + gramsPerMole, 0);
  return parts.map(({ precursor, moleFraction, gramsPerMole }) => ({
    precursor,
    moleFraction,
    grams: (gramsPerMole / total) * batchGrams,
  }));
}
