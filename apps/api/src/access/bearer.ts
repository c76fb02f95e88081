import { IonloopError } from '@ionloop/domain';
import { authenticate, type Engine } from '@ionloop/engine';
import { type Identity, identityOf } from './identity.js';

/** Finds out who is calling from an Authorization header; null where there is none, refused where there is a wrong one. */
export type Identify = (authorization: unknown) => Promise<Identity | null>;

export const identifying =
  (engine: Engine): Identify =>
  async (authorization) => {
    if (authorization === undefined || authorization === '') return null;
    const secret =
      typeof authorization === 'string'
        ? /^Bearer +([\w.~+/-]{1,8000}=*)$/i.exec(authorization)?.[1]
        : undefined;
    const token = secret === undefined ? null : await authenticate(engine, secret);
    if (token === null) {
      throw new IonloopError('UNAUTHENTICATED', 'this token is unknown, expired or revoked');
    }
    return identityOf(token);
  };

export const tokenMissing = (): IonloopError =>
  new IonloopError('UNAUTHENTICATED', 'send a token: Authorization: Bearer …');
