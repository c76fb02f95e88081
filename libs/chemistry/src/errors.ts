export type PropertyErrorCode =
  | 'UNKNOWN_PROPERTY'
  | 'UNKNOWN_UNIT'
  | 'NOT_FINITE'
  | 'NOT_POSITIVE'
  | 'NEGATIVE'
  | 'IMPLAUSIBLE'
  | 'TOO_FEW'
  | 'MISSING'
  | 'AMBIGUOUS';

/** A measured value that is refused; `IMPLAUSIBLE` is the one that a caller may force. */
export class PropertyError extends Error {
  constructor(
    readonly code: PropertyErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'PropertyError';
  }
}

export function requirePositive(name: string, value: number, unit: string): void {
  if (!Number.isFinite(value)) {
    throw new PropertyError('NOT_FINITE', `${name} is ${value}; it must be a finite number`);
  }
  if (value <= 0) {
    throw new PropertyError('NOT_POSITIVE', `${name} is ${value} ${unit}; it must be positive`);
  }
}

/** At least 0. */
export function requireShare(name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new PropertyError('NOT_FINITE', `${name} is ${value}; it must be a finite number`);
  }
  if (value < 0) throw new PropertyError('NEGATIVE', `${name} is ${value}; it must be at least 0`);
}
