import { parseFormula, type ElementAmount } from '../formula.js';
import { molarMass } from './molarMass.js';
import type { Precursor, RecipeLine } from './recipeTypes.js';

const { round } = Math;

export function amountMap(formula: string, sign = 1): ReadonlyMap<string, number> {
  return new Map(parseFormula(formula).map(({ element, amount }) => [element, sign * amount]));
}

/** `besides` are moles on top of those and of the precursor's own excess. */
export function weighingLine(
  { formula, purity = 1, excess = 0 }: Precursor,
  moles: number,
  besides: number,
  stepGrams: number | undefined,
): RecipeLine {
  const exact = ((moles * (1 + excess) + besides) * molarMass(formula)) / purity;
  return { precursor: formula, moles, grams: rounded(exact, stepGrams) };
}

const rounded = (grams: number, step: number | undefined): number =>
  step === undefined ? grams : Number((round(grams / step) * step).toPrecision(12));

/** What the grams hold of the elements that no gas carries, per mole of what is made. */
export function weighedAmounts(
  precursors: readonly Precursor[],
  lines: readonly RecipeLine[],
  carried: ReadonlySet<string>,
  targetMoles: number,
): readonly ElementAmount[] {
  const sums = new Map<string, number>();
  precursors.forEach(({ formula, purity = 1 }, i) => {
    const moles = ((lines[i]?.grams ?? NaN) * purity) / molarMass(formula);
    for (const [element, amount] of amountMap(formula)) {
      sums.set(element, (sums.get(element) ?? 0) + amount * (moles / targetMoles));
    }
  });
  return [...sums]
    .map(([element, amount]) => ({ element, amount }))
    .filter(({ element }) => !carried.has(element));
}
