import { elements } from '../elements.js';
import { parseFormula } from '../formula.js';

/** Grams per mole of formula units. */
export function molarMass(formula: string): number {
  let mass = 0;
  for (const { element, amount } of parseFormula(formula)) {
    mass += amount * (elements.get(element)?.atomicWeight ?? NaN);
  }
  return mass;
}
