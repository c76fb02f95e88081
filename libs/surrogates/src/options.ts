/** Checks of a factory's options: an error names the option. */
import { InvalidArgumentError } from '@ionloop/linalg';

const { isFinite } = Number;

export function requirePositive(name: string, value: number): void {
  if (!(value > 0) || !isFinite(value)) throw new InvalidArgumentError(name, `must be above 0, not ${value}`);
}

export function requireAtLeastZero(name: string, value: number): void {
  if (!(value >= 0) || !isFinite(value))
    throw new InvalidArgumentError(name, `must be at least 0, not ${value}`);
}

/** The one of `known` that `value` is. */
export function requireOneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new InvalidArgumentError(name, `must be one of ${known.join(', ')}, not ${JSON.stringify(value)}`);
  return found;
}
