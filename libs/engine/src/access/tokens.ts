import {
  type AccessAction,
  type Actor,
  invalidInput,
  notFound,
  type Role,
  roles,
  sha256,
  theLoop,
  type Token,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { memberOf, number, text } from '../input.js';
import { askedUnder, madeBefore } from '../made-under.js';
import type { NewTokenRow } from '../ports.js';

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly station?: string;
  readonly days: number;
  readonly oneTime?: boolean;
  /** The default one, unless another is named. */
  readonly workspace?: string;
  /** The only campaign that it can see. */
  readonly campaign?: string;
  /** Of an admin: may also make workspaces, and tokens for them. */
  readonly instance?: boolean;
}

/** The secret is shown here once and never kept; 256 random bits need no slow hash. */
export async function issueToken(
  engine: Engine,
  wanted: NewToken,
  actor: Actor = theLoop,
): Promise<{ token: Token; secret: string }> {
  const { row, secret, seconds } = await drawn(engine, wanted);
  const token = await engine.store.tokens.add(row, seconds);
  await tell(engine, actor, 'token.created', token);
  return { token, secret };
}

/** The same, once for a key: who asks again under it is told which token it made, and never the secret again. */
export async function issueTokenOnce(
  engine: Engine,
  wanted: NewToken,
  actor: Actor,
  idempotencyKey: string,
): Promise<{ token: Token; secret: string | null }> {
  const { tokens } = engine.store;
  const asked = askedUnder(['createToken', actor.name], idempotencyKey, wanted);
  const earlier = madeBefore(await tokens.under(asked.key), asked, idempotencyKey);
  if (earlier) return { token: earlier, secret: null };
  const { row, secret, seconds } = await drawn(engine, wanted);
  const found = await tokens.addUnder(asked, row, seconds);
  const token = madeBefore(found, asked, idempotencyKey) ?? found.made;
  if (token.id !== row.id) return { token, secret: null };
  await tell(engine, actor, 'token.created', token);
  return { token, secret };
}

interface Drawn {
  readonly row: NewTokenRow;
  readonly secret: string;
  readonly seconds: number;
}

async function drawn(engine: Engine, wanted: NewToken): Promise<Drawn> {
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
  if (wanted.campaign !== undefined) await checkBound(engine, wanted.campaign, role);
  if (wanted.instance === true && role !== 'admin') {
    throw invalidInput('instance', `only an admin can be one of the whole instance, not a ${role}`);
  }
  const secret = `ion_${engine.ids.secret()}`;
  const row: NewTokenRow = {
    ...{ id: engine.ids.next(), name, hash: sha256(secret), role, station },
    oneTime: wanted.oneTime ?? false,
    campaign: wanted.campaign ?? null,
    instance: wanted.instance ?? false,
    ...(wanted.workspace !== undefined && { workspace: wanted.workspace }),
  };
  return { row, secret, seconds: days * 86_400 };
}

async function checkBound(engine: Engine, campaign: string, role: Role): Promise<void> {
  if (role === 'lab' || role === 'admin') {
    throw invalidInput('campaign', `a token of the role ${role} cannot be bound to a campaign`);
  }
  if ((await engine.store.read.campaign(campaign)) === null) {
    throw invalidInput('campaign', `there is no campaign ${campaign}`);
  }
}

/** Worthless from now on. Saying it twice changes nothing. */
export async function revokeToken(engine: Engine, actor: Actor, id: string): Promise<Token> {
  const { tokens } = engine.store;
  const find = async (): Promise<Token> => {
    const token = (await tokens.all()).find((known) => known.id === id);
    if (!token) throw notFound('token', id);
    return token;
  };
  const before = await find();
  if (before.revokedAt !== null) return before;
  await tokens.revoke(id);
  const token = await find();
  await tell(engine, actor, 'token.revoked', token);
  return token;
}

function tell(engine: Engine, actor: Actor, action: AccessAction, token: Token): Promise<void> {
  const { id: subject, workspace, name, role, station, campaign, instance, expiresAt } = token;
  const detail = { name, role, station, campaign, instance, oneTime: token.oneTime, expiresAt };
  return engine.store.accessLog.add({
    ...{ id: engine.ids.next(), workspace, actor, action, subject, detail },
  });
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
  const { name, role, workspace, campaign, instance } = redeemed;
  const bound = campaign === null ? {} : { campaign };
  const actor: Actor = { kind: 'person', name, via: { kind: 'token', token: redeemed.id } };
  await tell(engine, actor, 'token.exchanged', redeemed);
  return issueToken(engine, { name, role, days, workspace, instance, ...bound }, actor);
}
