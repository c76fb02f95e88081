import { PersistenceError } from './errors.js';

/** Where a database is, as far as it may be told to anybody. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

export function addressOf(url: string): DatabaseAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new PersistenceError(
      'DATABASE_URL_INVALID',
      'DATABASE_URL is not the URL of a PostgreSQL database: expected postgres://user:password@host:port/database',
    );
  }
  const database = parsed.pathname.slice(1);
  if (database === '') {
    throw new PersistenceError(
      'DATABASE_URL_INVALID',
      `DATABASE_URL names no database on ${parsed.host}: expected postgres://user:password@host:port/database`,
    );
  }
  return {
    host: parsed.hostname || parsed.searchParams.get('host') || 'localhost',
    port: Number(parsed.port || parsed.searchParams.get('port') || 5432),
    database: decodeOr(database),
  };
}

function decodeOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const unreachable = (address: DatabaseAddress, cause: unknown): PersistenceError =>
  new PersistenceError(
    'DATABASE_UNREACHABLE',
    `cannot use PostgreSQL at ${address.host}:${address.port}, database "${address.database}": ${reasonOf(cause)}`,
    { cause },
  );

/** A host with several addresses fails with all of their errors and no message of its own. */
function reasonOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors.map(reasonOf).join('; ');
  return 'message' in cause ? String(cause.message) : 'no reason given';
}
