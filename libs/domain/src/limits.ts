import { invalidInput } from './errors.js';
import type { OutcomeLimit } from './planning.js';

/** Ends of an interval, in the unit of the property: numbers, in their order, with logarithms where they are taken. */
export function checkEnds(
  field: string,
  { low, high, transform }: Pick<OutcomeLimit, 'low' | 'high' | 'transform'>,
): void {
  for (const [name, value] of Object.entries({ low, high })) {
    if (value === null) continue;
    if (!Number.isFinite(value)) {
      throw invalidInput(`${field}.${name}`, `${field}.${name} is ${value}; it must be a number or null`);
    }
    if (transform === 'log10' && value <= 0) {
      throw invalidInput(
        `${field}.${name}`,
        `${field}.${name} is ${value}; a limit of a property that models see as logarithm must be above 0`,
      );
    }
  }
  if (low !== null && high !== null && low > high) {
    throw invalidInput(field, `${field} goes from ${low} to ${high}; low must not be above high`);
  }
}

/** An interval with an end, in the unit of the property. */
export function checkLimits(field: string, limits: Pick<OutcomeLimit, 'low' | 'high' | 'transform'>): void {
  if (limits.low === null && limits.high === null) {
    throw invalidInput(field, `${field} has neither low nor high; one of them is needed`);
  }
  checkEnds(field, limits);
}
