import type { Point, SpaceSpec } from '@ionloop/domain';
import { openSpace } from '@ionloop/space';

/** The same for rows of one point: what was observed beside differs from one to the next, and models are told. */
export function pointKeys(spec: SpaceSpec): (point: Point) => string {
  const space = openSpace(spec);
  const contexts = spec.parameters.filter(({ kind }) => kind === 'context').map(({ name }) => name);
  if (contexts.length === 0) return space.key;
  return (point) =>
    `${space.key(point)}${contexts.map((name) => `&${JSON.stringify(point[name] ?? null)}`).join('')}`;
}
