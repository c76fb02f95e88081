import type { Philox } from '@ionloop/linalg';

export const roles = ['api-1', 'api-2', 'worker', 'redis', 'postgres', 'lab'] as const;
export type Role = (typeof roles)[number];

export type Kind =
  | `${'kill' | 'stop'} ${Role}`
  | 'cut the network'
  | 'slow the network'
  | 'half-open connections'
  | 'wipe redis';

export const kinds: readonly Kind[] = [
  ...roles.map((role) => `kill ${role}` as const),
  ...roles.map((role) => `stop ${role}` as const),
  'cut the network',
  'slow the network',
  'half-open connections',
  'wipe redis',
];

/** Every kind once, in an order drawn anew, then all again. */
export function* deck(draw: Philox): Generator<Kind, never> {
  for (;;) {
    const left = [...kinds];
    while (left.length > 0) yield left.splice(draw.integer(left.length), 1)[0]!;
  }
}

export const between = (draw: Philox, from: number, to: number): number =>
  from + (to - from) * draw.uniform();
