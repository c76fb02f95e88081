import { IonloopError } from '@ionloop/domain';
import { authenticate, type Engine } from '@ionloop/engine';
import { type Identity, identityOf } from './identity.js';
import type { OfIssuer } from './openid/issued.js';

/** Finds out who is calling from an Authorization header; null where there is none, refused where there is a wrong one. */
export type Identify = (authorization: unknown) => Promise<Identity | null>;

export const identifying =
  (engine: Engine, ofIssuer: OfIssuer | null): Identify =>
  async (authorization) => {
    if (authorization === undefined || authorization === '') return null;
    const secret =
      typeof authorization === 'string'
        ? /^Bearer +([\w.~+/-]{1,8000}=*)$/i.exec(authorization)?.[1]
        : undefined;
    if (ofIssuer !== null && secret !== undefined && isSigned.test(secret)) return ofIssuer(secret);
    const token = secret === undefined ? null : await authenticate(engine, secret);
    if (token === null) {
      throw new IonloopError('UNAUTHENTICATED', 'this token is unknown, expired or revoked');
    }
    return identityOf(token);
  };

export const tokenMissing = (): IonloopError =>
  new IonloopError('UNAUTHENTICATED', 'send a token: Authorization: Bearer …');

/** As signed tokens are written: ours have no dots. */
const isSigned = /^[\w-]+\.[\w-]+\.[\w-]*$/;
