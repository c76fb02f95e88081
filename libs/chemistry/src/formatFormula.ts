import { amountsOf, type Amounts } from './amounts.js';
import { electronegativities } from './charge/electronegativity.js';
import { elements } from './elements.js';
import type { ElementAmount } from './formula.js';

export interface FormulaFormat {
  /** From the element that gives electrons most easily to the one that takes them, or Hill's: carbon, hydrogen, then the alphabet. */
  readonly order?: 'electronegativity' | 'hill';
  /** Significant digits of an amount. */
  readonly digits?: number;
}

/** Amounts as a formula in a canonical order; reading it gives the amounts again, to the digits written. */
export function formatFormula(
  amounts: Amounts,
  { order = 'electronegativity', digits = 6 }: FormulaFormat = {},
): string {
  const list = [...amountsOf(amounts)];
  if (list.length === 0) throw new RangeError('there is nothing to write');
  const unknown = list.find(({ element }) => !elements.has(element));
  if (unknown) throw new RangeError(`there is no element "${unknown.element}"`);
  const carbon = list.some(({ element }) => element === 'C');
  const rank = order === 'hill' ? hillRank(carbon) : electronegativityRank;
  list.sort((a, b) => compare(rank(a), rank(b)));
  const text = list.map(({ element, amount }) => `${element}${written(amount, digits)}`).join('');
  // A dot before H2O at the end would read as a hydrate's.
  return text.replace(/(\.\d*)H2O$/, '$1(H2O)');
}

type Rank = readonly [number, string];

const electronegativityRank = ({ element }: ElementAmount): Rank => [
  electronegativities.get(element) ?? Infinity,
  String(elements.get(element)?.atomicNumber ?? 0).padStart(3, '0'),
];

const hillRank =
  (carbon: boolean) =>
  ({ element }: ElementAmount): Rank => [carbon ? ({ C: 0, H: 1 }[element] ?? 2) : 2, element];

const compare = ([a, s]: Rank, [b, t]: Rank): number => (a < b ? -1 : a > b ? 1 : s < t ? -1 : 1);

function written(amount: number, digits: number): string {
  const rounded = String(Number(amount.toPrecision(digits)));
  if (rounded === '1') return '';
  if (!rounded.includes('e')) return rounded;
  throw new RangeError(`the amount ${amount} is too small or too large to be written`);
}
