import { IonloopError } from '@ionloop/domain';
import type { WorkspaceStore } from '@ionloop/engine';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { ApiSettings } from '../../parts.js';
import type { Identity } from '../identity.js';
import { claimedBy } from './claims.js';
import { keysOf } from './discovery.js';
import { IssuerKeys, type KeyCare } from './issuer-keys.js';

/** Finds out who shows a token of the issuer that is set. */
export type OfIssuer = (secret: string) => Promise<Identity>;

export interface IssuedParts {
  readonly settings: ApiSettings;
  readonly workspaces: Pick<WorkspaceStore, 'byId'>;
  readonly seconds: () => number;
  readonly log: Logger;
  readonly care?: KeyCare;
}

/** Null where no issuer is set: then only tokens of ours are taken. */
export function ofIssuer({ settings, workspaces, seconds, log, care }: IssuedParts): OfIssuer | null {
  const { oidcIssuer: issuer, oidcAudience: audience, oidcAlgorithms, oidcClockSeconds } = settings;
  if (issuer === undefined || audience === undefined) return null;
  const onTrouble = (error: unknown): void =>
    log.warn({ err: error, issuer }, 'the keys of the issuer cannot be read; those that are known go on');
  const keys = new IssuerKeys(() => keysOf({ issuer, keys: settings.oidcKeys }), seconds, onTrouble, care);
  const options = {
    ...{ issuer, audience, algorithms: [...oidcAlgorithms], clockTolerance: oidcClockSeconds },
    requiredClaims: ['exp', 'sub'],
  };
  return async (secret) => {
    const { payload } = await jwtVerify(secret, keys.find, options).catch(refuse);
    const { name, role, workspace } = claimedBy(payload, settings);
    if ((await workspaces.byId(workspace)) === null) {
      throw new IonloopError(
        'FORBIDDEN',
        `${name} belongs to the workspace ${workspace}, which is not there`,
      );
    }
    return identityOf(payload, { issuer, name, role, workspace });
  };
}

function identityOf(
  { sub = '', iat = 0, exp = 0 }: JWTPayload,
  { issuer, name, role, workspace }: ReturnType<typeof claimedBy> & { readonly issuer: string },
): Identity {
  // One bucket and one name in logs for a person, whichever of their tokens they show.
  const id = `oidc-${createHash('sha256')
    .update(JSON.stringify([issuer, sub]))
    .digest('hex')
    .slice(0, 32)}`;
  return {
    ...{ id, name, workspace, hash: '', station: null, campaign: null, oneTime: false, revokedAt: null },
    ...{ role: role === 'instance' ? 'admin' : role, instance: role === 'instance' },
    ...{ createdAt: timeOf(iat), expiresAt: timeOf(exp) },
    via: { kind: 'oidc', issuer, subject: sub },
  };
}

/** Of seconds since 1970, which may be anything that a number can be. */
const timeOf = (seconds: number): string =>
  new Date(Math.min(Math.max(seconds, 0), 8.64e12) * 1000).toISOString();

function refuse(error: unknown): never {
  throw error instanceof errors.JOSEError ? new IonloopError('UNAUTHENTICATED', reasonOf(error)) : error;
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'this token has expired';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'this token is signed by a key that its issuer does not have';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `this token has no ${error.claim}`;
    return wrongClaims[error.claim] ?? `this token’s ${error.claim} is wrong`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'this token is signed by an algorithm that is not taken';
  return 'this token is not one that its issuer has signed';
}

const wrongClaims: Readonly<Record<string, string>> = {
  iss: 'this token is of another issuer than the one that is believed',
  aud: 'this token was made out to another service',
  nbf: 'this token is not valid yet',
};
