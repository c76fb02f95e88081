import { refuse } from './recipeTypes.js';

/**
 * How much of each precursor comes on top, per formula unit of the target, for the excess wanted of each element. It is carried by the precursors that bring the
 * element alone, beside oxygen and what leaves as gas: in the shares that they have of the element already, or by the first of them where none is in use.
 */
export function amountsBesides(
  elementExcess: Readonly<Record<string, number>>,
  parts: readonly ReadonlyMap<string, number>[],
  amounts: readonly number[],
  wanted: ReadonlyMap<string, number>,
  carried: ReadonlySet<string>,
): readonly number[] {
  const besides = parts.map(() => 0);
  for (const [element, excess] of Object.entries(elementExcess)) {
    if (!(excess >= 0 && Number.isFinite(excess))) {
      refuse(`the excess of ${element} is ${excess}; it must not be negative`, [element]);
    }
    const inTarget = wanted.get(element);
    if (inTarget === undefined) refuse(`the target has no ${element} to be in excess`, [element]);
    const held = parts.map((part) => (bringsAlone(part, element, carried) ? (part.get(element) ?? 0) : 0));
    const first = held.findIndex((amount) => amount > 0);
    if (first < 0) {
      refuse(`an excess of ${element} needs a precursor that brings no other element that stays`, [element]);
    }
    const supplied = held.reduce((sum, amount, i) => sum + amount * (amounts[i] ?? 0), 0);
    held.forEach((amount, i) => {
      if (amount === 0) return;
      const share = supplied > 0 ? (amounts[i] ?? 0) / supplied : i === first ? 1 / amount : 0;
      besides[i] = (besides[i] ?? 0) + excess * inTarget * share;
    });
  }
  return besides;
}

function bringsAlone(
  part: ReadonlyMap<string, number>,
  element: string,
  carried: ReadonlySet<string>,
): boolean {
  return [...part.keys()].every((name) => name === element || name === 'O' || carried.has(name));
}
