export const roles = ['viewer', 'planner', 'approver', 'lab', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who did something: a person's token, a station, or the loop itself. */
export interface Actor {
  readonly kind: 'person' | 'station' | 'loop';
  readonly name: string;
}

export const theLoop: Actor = { kind: 'loop', name: 'ionloop' };

/** A bearer token as it is kept: its secret only as a hash. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly role: Role;
  /** A lab token speaks for this station alone. */
  readonly station: string | null;
  /** Exchanged once for a session, then worthless. */
  readonly oneTime: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** What a role may do. Admins may do everything; labs only speak the lab protocol. */
export type Permission = 'read' | 'plan' | 'approve' | 'assign' | 'lab' | 'administer';

const grants: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  planner: ['read', 'plan', 'assign'],
  approver: ['read', 'approve', 'assign'],
  lab: ['lab'],
  admin: ['read', 'plan', 'approve', 'assign', 'lab', 'administer'],
};

export const may = (role: Role, permission: Permission): boolean => grants[role].includes(permission);
