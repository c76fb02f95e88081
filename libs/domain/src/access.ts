import type { JsonObject } from './json.js';

export const roles = ['viewer', 'planner', 'approver', 'lab', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who did something: a person's token, a station, or the loop itself. */
export interface Actor {
  readonly kind: 'person' | 'station' | 'loop';
  readonly name: string;
  /** What the person showed; the record did not keep it in its first days. */
  readonly via?: Credential;
}

/** A token of ours by its id, or what an issuer of OpenID Connect said. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'oidc'; readonly issuer: string; readonly subject: string };

/** Campaigns, stations and tokens apart from those of others, who cannot tell that they are there. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

/** Where everything belongs that was not put elsewhere. */
export const defaultWorkspace = 'default';

export const theLoop: Actor = { kind: 'loop', name: 'ionloop' };

/** A bearer token as it is kept: its secret only as a hash. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly role: Role;
  /** A lab token speaks for this station alone. */
  readonly station: string | null;
  /** Everything it can see or do is in there. */
  readonly workspace: string;
  /** The only campaign that it can see; null for all of the workspace. */
  readonly campaign: string | null;
  /** Of an admin: may also make workspaces, and tokens for them. */
  readonly instance: boolean;
  /** Exchanged once for a session, then worthless. */
  readonly oneTime: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** What a role may do. Admins may do everything; labs only speak the lab protocol. */
export type Permission = 'read' | 'plan' | 'approve' | 'assign' | 'lab' | 'administer';

/** Something that changed who may do what. */
export interface AccessChange {
  readonly id: string;
  readonly workspace: string;
  readonly at: string;
  readonly actor: Actor;
  readonly action: AccessAction;
  /** The id of the token, workspace or station that it was about. */
  readonly subject: string;
  readonly detail: JsonObject;
}

export const accessActions = [
  'token.created',
  'token.revoked',
  'token.exchanged',
  'workspace.created',
  'station.paused',
  'station.resumed',
] as const;
export type AccessAction = (typeof accessActions)[number];

const grants: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  planner: ['read', 'plan', 'assign'],
  approver: ['read', 'approve', 'assign'],
  lab: ['lab'],
  admin: ['read', 'plan', 'approve', 'assign', 'lab', 'administer'],
};

export const may = (role: Role, permission: Permission): boolean => grants[role].includes(permission);
