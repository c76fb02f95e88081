import type { SpaceSpec } from '@ionloop/domain';
import { openSpace, type Space } from '@ionloop/space';

const opened = new WeakMap<SpaceSpec, Space>();

/**
 * Specs are never changed once they are made, so one that comes again need not be opened again, nor what was found out
 * about its space: a replay of a pool asks hundreds of times with the same.
 */
export function spaceOf(spec: SpaceSpec): Space {
  const kept = opened.get(spec);
  if (kept) return kept;
  const space = openSpace(spec);
  opened.set(spec, space);
  return space;
}
