/** Every code that a user of Ionloop can meet; transports map each to their own status in one exhaustive table. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'INVALID_STATE'
  | 'CONFLICT'
  | 'SPEC_CHANGED'
  | 'LEASE_LOST'
  | 'IDEMPOTENCY_KEY_MISSING'
  | 'IDEMPOTENCY_KEY_IN_FLIGHT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'UNSUPPORTED_SCHEMA'
  | 'ARTIFACT_MISSING'
  | 'CHECKSUM_MISMATCH'
  | 'TOO_LARGE'
  | 'UPLOAD_OFFSET'
  | 'STORAGE_FULL'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'UNAVAILABLE'
  | 'RECORD_CORRUPT';

/** A refusal that names what is wrong and, where it can, the field it is wrong in. */
export class IonloopError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = 'IonloopError';
  }
}

export const invalidInput = (field: string, message: string): IonloopError =>
  new IonloopError('INVALID_INPUT', message, field);

export const notFound = (what: string, id: string): IonloopError =>
  new IonloopError('NOT_FOUND', `there is no ${what} ${id}`);

export const invalidState = (message: string): IonloopError => new IonloopError('INVALID_STATE', message);
