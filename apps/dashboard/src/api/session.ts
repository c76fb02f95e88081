import type { Role } from './generated/graphql.js';
import { fieldsOf } from './json.js';

export interface Session {
  readonly secret: string;
  readonly role: Role;
  readonly expiresAt: string;
}

const roles: readonly string[] = ['viewer', 'planner', 'approver', 'lab', 'admin'] satisfies Role[];
const isRole = (value: unknown): value is Role => typeof value === 'string' && roles.includes(value);

export function readSession(json: unknown): Session | null {
  const { secret, role, expiresAt } = fieldsOf(json);
  return typeof secret === 'string' && secret !== '' && isRole(role) && typeof expiresAt === 'string'
    ? { secret, role, expiresAt }
    : null;
}

export const isOver = (session: Session, now: Date): boolean => new Date(session.expiresAt) <= now;

/** The one-time token of a sign-in link: `#token=…`. */
export function tokenInFragment(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/, '')).get('token');
  return token === null || token === '' ? null : token;
}

/** A pasted token, or the whole link that it came in. */
export function tokenInText(text: string): string {
  const trimmed = text.trim();
  const fragment = trimmed.indexOf('#');
  return (fragment < 0 ? null : tokenInFragment(trimmed.slice(fragment))) ?? trimmed;
}

export type Permission = 'plan' | 'approve' | 'administer';

const grants: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: [],
  planner: ['plan'],
  approver: ['approve'],
  lab: [],
  admin: ['plan', 'approve', 'administer'],
};

/** What to offer; what is allowed is the server's to say. */
export const may = (role: Role, permission: Permission): boolean => grants[role].includes(permission);
