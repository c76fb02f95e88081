import { invalidInput, type OutcomeLimit } from '@ionloop/domain';

/** An interval with an end, in the unit of the property. */
export function checkLimits(
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
  if (low === null && high === null) {
    throw invalidInput(field, `${field} has neither low nor high; one of them is needed`);
  }
  if (low !== null && high !== null && low > high) {
    throw invalidInput(field, `${field} goes from ${low} to ${high}; low must not be above high`);
  }
}
