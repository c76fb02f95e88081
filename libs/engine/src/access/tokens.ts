import { invalidInput, type Role, roles, sha256, type Token } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { memberOf, number, text } from '../input.js';

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly station?: string;
  readonly days: number;
  readonly oneTime?: boolean;
}

/** The secret is shown here once and never kept; 256 random bits need no slow hash. */
export async function issueToken(
  engine: Engine,
  wanted: NewToken,
): Promise<{ token: Token; secret: string }> {
  const role = memberOf(wanted.role, 'role', roles);
  const name = text(wanted.name, 'name', { min: 1, max: 120 });
  const days = number(wanted.days, 'days', { min: 0, max: 3650 });
  const station = wanted.station === undefined ? null : text(wanted.station, 'station', { min: 1, max: 120 });
  if (role === 'lab' && station === null) {
    throw invalidInput('station', 'a lab token speaks for one station: name it');
  }
  if (role !== 'lab' && station !== null) {
    throw invalidInput('station', `only a lab token is bound to a station, not one for a ${role}`);
  }
  const secret = `ion_${engine.ids.secret()}`;
  const token = await engine.store.tokens.add(
    { id: engine.ids.next(), name, hash: sha256(secret), role, station, oneTime: wanted.oneTime ?? false },
    days * 86_400,
  );
  return { token, secret };
}

/** A one-time token opens nothing but its exchange. */
export async function authenticate(engine: Engine, secret: string): Promise<Token | null> {
  const token = await engine.store.tokens.valid(sha256(secret));
  return token?.oneTime === false ? token : null;
}

/** A one-time token for a session of the same role; the second try gets nothing. */
export async function exchangeOneTime(
  engine: Engine,
  secret: string,
  days: number,
): Promise<{ token: Token; secret: string } | null> {
  const redeemed = await engine.store.tokens.redeem(sha256(secret));
  if (!redeemed) return null;
  return issueToken(engine, { name: redeemed.name, role: redeemed.role, days });
}
