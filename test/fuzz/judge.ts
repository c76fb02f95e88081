import { contradiction } from '../../apps/api/test/support/described.js';
import type { FuzzRequest } from './requests.js';

/** What would tell a stranger of our database, our files or our code. Nothing of this is ever sent by us. */
const leaks: readonly RegExp[] = [
  /syntax error at or near/i,
  /violates [\w-]+ constraint/i,
  /invalid input syntax for/i,
  /invalid byte sequence/i,
  /duplicate key value/i,
  /relation "\w+" does not exist/i,
  /column "\w+" (does not|is of)/i,
  /QueryFailedError|TypeORMError/,
  /\bat [\w.<> ]+ \(?(file:\/\/|\/)[^\s)]+:\d+:\d+/,
  /node_modules|\/dist\/|\/src\/\w+/,
  /Cannot read propert|is not a function|is not iterable|Maximum call stack/,
  /out of range for type|unsupported Unicode escape|could not serialize/i,
];

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What is wrong with an answer; empty where nothing is. */
export function faultOf(request: FuzzRequest, { status, headers, text }: Answer): string {
  // Readiness is asked to say when a server is too busy to be sent more.
  const isNotReady = status === 503 && request.path.startsWith('/health/ready');
  if (status >= 500 && !isNotReady) return `the status is ${status}`;
  // The description itself names codes and files.
  const inside = /^\/(problems|lab\/v1\/openapi)/i.test(request.path) ? '' : insideOf(text);
  if (inside !== '') return inside;
  if (request.path.startsWith('/graphql')) return '';
  const { method, path } = request;
  const told = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) told.set(name, String(value));
  const wrong = contradiction({ method, path, status, headers: told, text });
  // A path that no route has may be refused before it is known to be none.
  return /is not described: (4\d\d$|2\d\d$)/.test(wrong) ? '' : wrong;
}

export function insideOf(text: string): string {
  if (/"code":\s*"INTERNAL"/.test(text)) return 'an error inside';
  const leak = leaks.find((pattern) => pattern.test(text));
  return leak === undefined ? '' : `it tells of what is inside: ${leak.exec(text)?.[0] ?? ''}`;
}
