import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/**
 * What a failed statement means for its transaction. `contended`: another transaction was in the way, a fresh try may
 * pass. `lost`: there is no connection any more, and nobody can say whether the server got the last words.
 */
export type Trouble = 'contended' | 'lost';

const contended = new Set(['40001', '40P01']);
const lostCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '25P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** pg gives these no code. */
const lostWords = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'Query read timeout',
];

export function troubleOf(error: unknown): Trouble | null {
  if (error instanceof QueryRunnerAlreadyReleasedError) return 'lost';
  if (error instanceof QueryFailedError) return troubleOf(error.driverError);
  if (error instanceof AggregateError) return error.errors.some((one) => troubleOf(one)) ? 'lost' : null;
  if (!(error instanceof Error)) return null;
  const code = sqlState(error);
  if (code !== null && contended.has(code)) return 'contended';
  if (code !== null && (lostCodes.has(code) || code.startsWith('08'))) return 'lost';
  return lostWords.some((words) => error.message.includes(words)) ? 'lost' : null;
}

/** The code of the database's, or of the system's, error. */
export function sqlState(error: unknown): string | null {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : null;
}

/** The constraint that a write ran into. */
export function constraintOf(error: unknown): string | null {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return inner instanceof Error && 'constraint' in inner && typeof inner.constraint === 'string'
    ? inner.constraint
    : null;
}
