import { PropertyError } from '../errors.js';
import { convert, convertDifference } from '../properties/properties.js';

/** A measured number in a unit, with its standard error in the same unit where that is known. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly error?: number;
}

export interface Read {
  readonly value: number;
  /** Of the value; null where it is not known. */
  readonly relativeError: number | null;
}

/** A positive quantity in the unit wanted. */
export function readQuantity(
  property: string,
  { value, unit, error }: Quantity,
  toUnit: string,
  options: { readonly force?: boolean },
): Read {
  const read = convert(property, value, unit, toUnit, options);
  if (error === undefined) return { value: read, relativeError: null };
  const spread = convertDifference(property, error, unit, toUnit);
  if (spread < 0) {
    throw new PropertyError(
      'NEGATIVE',
      `the error of ${property} is ${error} ${unit}; it must not be negative`,
    );
  }
  return { value: read, relativeError: spread / read };
}
