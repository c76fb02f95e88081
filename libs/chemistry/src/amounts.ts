import type { ElementAmount } from './formula.js';

/** Amounts by element, as a list or by name; what is not there counts as nothing. */
export type Amounts = readonly ElementAmount[] | Readonly<Record<string, number>>;

/** What there is more than nothing of, each element once. */
export function amountsOf(amounts: Amounts): readonly ElementAmount[] {
  const list = isList(amounts)
    ? amounts
    : Object.entries(amounts).map(([element, amount]) => ({ element, amount }));
  const sums = new Map<string, number>();
  for (const { element, amount } of list) {
    if (!(Number.isFinite(amount) && amount >= 0)) {
      throw new RangeError(`the amount of ${element} is ${amount}; it must not be negative`);
    }
    if (amount > 0) sums.set(element, (sums.get(element) ?? 0) + amount);
  }
  return [...sums].map(([element, amount]) => ({ element, amount }));
}

const isList = (amounts: Amounts): amounts is readonly ElementAmount[] => Array.isArray(amounts);
