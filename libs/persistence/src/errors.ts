export type PersistenceErrorCode =
  'DATABASE_URL_INVALID' | 'DATABASE_UNREACHABLE' | 'DATABASE_OUTCOME_UNKNOWN';

/** A trouble with the database itself, told without its password. */
export class PersistenceError extends Error {
  constructor(
    readonly code: PersistenceErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PersistenceError';
  }
}
