import { type Heard, Violation } from './world.js';

/** What those who tell a story have in common: picking what it is about, and judging what they are told. */

export type Refused = Extract<Heard<unknown>, { kind: 'refused' }>;

export const refused = (what: string, { code, message }: Refused): Violation =>
  new Violation(`${what} was refused without a reason to: ${code} ${message}`);

export const choose = <T>(from: readonly T[], pick: number): T | undefined =>
  from.length === 0 ? undefined : from[pick % from.length];

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
