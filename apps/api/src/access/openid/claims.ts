import type { Meaning } from '@ionloop/config';
import { defaultWorkspace, IonloopError } from '@ionloop/domain';
import type { JWTPayload } from 'jose';
import type { ApiSettings } from '../../parts.js';

export type ClaimSettings = Pick<
  ApiSettings,
  'oidcNameClaim' | 'oidcRoleClaim' | 'oidcRoles' | 'oidcWorkspaceClaim' | 'oidcWorkspaces'
>;

export type GivenRole = ApiSettings['oidcRoles'][number]['means'];

/** What the claims of a token whose signature is good say of who shows it. */
export interface Claimed {
  readonly name: string;
  readonly role: GivenRole;
  readonly workspace: string;
}

const longestName = 120;

export function claimedBy(claims: JWTPayload, settings: ClaimSettings): Claimed {
  const name = nameIn(claims, settings);
  return { name, role: roleIn(claims, settings, name), workspace: workspaceIn(claims, settings, name) };
}

function nameIn(claims: JWTPayload, { oidcNameClaim }: ClaimSettings): string {
  const named = [oidcNameClaim, 'preferred_username', 'email', 'sub'].map((claim) => claimAt(claims, claim));
  const name = named.find((value) => typeof value === 'string' && value.trim() !== '') as string | undefined;
  return (name ?? '').trim().slice(0, longestName);
}

function roleIn(claims: JWTPayload, settings: ClaimSettings, name: string): GivenRole {
  const role = firstOf(settings.oidcRoles, wordsOf(claimAt(claims, settings.oidcRoleClaim)));
  if (role !== undefined) return role;
  throw new IonloopError(
    'FORBIDDEN',
    `${name} has no role here: the claim ${settings.oidcRoleClaim} of the token has none of those that give one`,
  );
}

function workspaceIn(claims: JWTPayload, settings: ClaimSettings, name: string): string {
  const { oidcWorkspaceClaim: claim, oidcWorkspaces } = settings;
  if (claim === undefined) return defaultWorkspace;
  const words = wordsOf(claimAt(claims, claim));
  const workspace = oidcWorkspaces
    ? firstOf(oidcWorkspaces, words)
    : words.length === 1
      ? words[0]
      : undefined;
  if (workspace !== undefined) return workspace;
  throw new IonloopError(
    'FORBIDDEN',
    `${name} has no workspace here: the claim ${claim} of the token names none, or several`,
  );
}

/** By its whole name, as names may have dots themselves, and otherwise along the dots. */
export function claimAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let at: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return at;
}

/** A list of words, or one text whose words are parted by spaces, as those of `scope` are. */
const wordsOf = (claim: unknown): readonly string[] => {
  if (typeof claim === 'string')
    return [...new Set([claim, ...claim.split(' ')])].filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
};

const firstOf = <Value>(meanings: readonly Meaning<Value>[], words: readonly string[]): Value | undefined =>
  meanings.find(({ word }) => words.includes(word))?.means;
