import { IonloopError } from '@ionloop/domain';
import { authenticate, type Engine } from '@ionloop/engine';
import { type Identity, identityOf } from './identity.js';
import type { KeptCallers } from './kept-callers.js';
import type { OfIssuer } from './openid/issued.js';

/**
 * Finds out who is calling from an Authorization header; null where there is none, refused where there is a wrong one. Who
 * knows the moment of the record may be told what was found at the same one.
 */
export type Identify = (authorization: unknown, moment?: string | null) => Promise<Identity | null>;

export const identifying =
  (engine: Engine, ofIssuer: OfIssuer | null, callers: KeptCallers): Identify =>
  async (authorization, moment = null) => {
    if (authorization === undefined || authorization === '') return null;
    const secret =
      typeof authorization === 'string'
        ? /^Bearer +([\w.~+/-]{1,8000}=*)$/i.exec(authorization)?.[1]
        : undefined;
    if (ofIssuer !== null && secret !== undefined && isSigned.test(secret)) return ofIssuer(secret);
    const known = secret !== undefined && moment !== null ? callers.of(secret, moment) : undefined;
    if (known) return known;
    const token = secret === undefined ? null : await authenticate(engine, secret);
    if (token === null) {
      throw new IonloopError('UNAUTHENTICATED', 'this token is unknown, expired or revoked');
    }
    const identity = identityOf(token);
    if (secret !== undefined && moment !== null) callers.keep(secret, moment, identity);
    return identity;
  };

export const tokenMissing = (): IonloopError =>
  new IonloopError('UNAUTHENTICATED', 'send a token: Authorization: Bearer …');

/** As signed tokens are written: ours have no dots. */
const isSigned = /^[\w-]+\.[\w-]+\.[\w-]*$/;
