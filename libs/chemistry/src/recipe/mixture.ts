import { molarMass } from './molarMass.js';
import { checkBatch, refuse, type Precursor, type Recipe } from './recipeTypes.js';
import { amountMap, weighedAmounts, weighingLine } from './weighing.js';

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
  const precursors = Object.entries(fractions).map(([formula, moleFraction]) => ({ formula, moleFraction }));
  const { lines } = mixtureRecipe({ batchGrams, precursors });
  return precursors.map(({ formula, moleFraction }, i) => ({
    precursor: formula,
    moleFraction,
    grams: lines[i]?.grams ?? NaN,
  }));
}

export interface MixtureRequest {
  /** Grams of the mixture, without excess and with pure precursors. */
  readonly batchGrams: number;
  /** The mole fractions sum to 1. */
  readonly precursors: readonly (Precursor & { readonly moleFraction: number })[];
  /** The smallest step of the dispenser in grams; none unless given. */
  readonly stepGrams?: number;
}

/** The recipe of a mixture that nothing leaves; its formula unit is one mole of all precursors together. */
export function mixtureRecipe({ batchGrams, precursors, stepGrams }: MixtureRequest): Recipe {
  checkBatch(batchGrams, precursors, stepGrams);
  for (const { formula, moleFraction } of precursors) {
    if (!(Number.isFinite(moleFraction) && moleFraction >= 0)) {
      refuse(`the fraction of ${formula} is ${moleFraction}; it must not be negative`);
    }
  }
  const sum = precursors.reduce((total, { moleFraction }) => total + moleFraction, 0);
  if (!(Math.abs(sum - 1) <= 1e-9)) refuse(`the fractions sum to ${sum}; they must sum to 1`);
  const gramsPerMole = precursors.reduce(
    (mass, { formula, moleFraction }) => mass + moleFraction * molarMass(formula),
    0,
  );
  const mixtureMoles = batchGrams / gramsPerMole;
  const lines = precursors.map((precursor) =>
    weighingLine(precursor, precursor.moleFraction * mixtureMoles, 0, stepGrams),
  );
  const moles = new Map<string, number>();
  lines.forEach((line) => {
    for (const [element, amount] of amountMap(line.precursor)) {
      moles.set(element, (moles.get(element) ?? 0) + amount * line.moles);
    }
  });
  return {
    lines,
    released: {},
    balance: [...moles].map(([element, made]) => ({ element, made, wanted: made })),
    weighed: weighedAmounts(precursors, lines, new Set(), mixtureMoles),
  };
}
