import { IonloopError, type Token } from '@ionloop/domain';
import { authenticate, type Engine } from '@ionloop/engine';

/** The token of an Authorization header; null where there is none, refused where there is a wrong one. */
export async function tokenOf(engine: Engine, authorization: unknown): Promise<Token | null> {
  if (authorization === undefined || authorization === '') return null;
  const secret =
    typeof authorization === 'string'
      ? /^Bearer +([\w.~+/-]{1,200}=*)$/i.exec(authorization)?.[1]
      : undefined;
  const token = secret === undefined ? null : await authenticate(engine, secret);
  if (token === null) {
    throw new IonloopError('UNAUTHENTICATED', 'this token is unknown, expired or revoked');
  }
  return token;
}

export const tokenMissing = (): IonloopError =>
  new IonloopError('UNAUTHENTICATED', 'send a token: Authorization: Bearer …');
