import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { PersistenceError } from './errors.js';

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
  if (error instanceof PersistenceError) return null;
  if (error instanceof QueryRunnerAlreadyReleasedError) return 'lost';
  const state = sqlState(error);
  if (state !== null && contended.has(state)) return 'contended';
  if (state !== null && (lostCodes.has(state) || state.startsWith('08'))) return 'lost';
  const { message } = detailsOf(error);
  return lostWords.some((words) => message?.includes(words)) ? 'lost' : null;
}

/** The code of the database's, or of the system's, error. */
export const sqlState = (error: unknown): string | null => detailsOf(error).code ?? null;

/** The constraint that a write ran into. */
export const constraintOf = (error: unknown): string | null => detailsOf(error).constraint ?? null;

interface Details {
  readonly message?: string;
  readonly code?: string;
  readonly constraint?: string;
}

/** Asks for no class: errors of the system's sockets may come from another realm. */
function detailsOf(error: unknown): Details {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof inner !== 'object' || inner === null) return {};
  const text = (name: keyof Details): Details => {
    const value: unknown = (inner as Record<string, unknown>)[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  return { ...text('message'), ...text('code'), ...text('constraint') };
}
