import { fieldsOf, textOr } from './json.js';
import { readSession, type Session } from './session.js';

/** Exchanges a one-time token for a session. */
export async function exchangeToken(token: string): Promise<Session> {
  const response = await fetch('/auth/exchange', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const body: unknown = await response.json().catch(() => null);
  const session = response.ok ? readSession(body) : null;
  if (session) return session;
  throw new Error(
    textOr(
      fieldsOf(body)['detail'],
      response.status >= 500
        ? 'The server could not answer. Try again in a moment.'
        : 'This token is not valid any more: a link works once. Ask for a new one.',
    ),
  );
}
