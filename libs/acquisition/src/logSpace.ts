import { exp, log, log1mexp } from '@ionloop/linalg';

/** ln Σ exp(valuesᵢ), any values but +∞; −∞ for none. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i]! > largest) largest = values[i]!;
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += exp(values[i]! - largest);
  return largest + log(sum);
}

/** ln(eᵃ − eᵇ) for a ≥ b; −∞ where they are equal, or where rounding has put a below b. */
export function logDiffExp(a: number, b: number): number {
  if (b === -Infinity) return a;
  return b < a ? a + log1mexp(b - a) : -Infinity;
}
