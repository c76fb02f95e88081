import { type ContinuousSpec, invalidInput } from '@ionloop/domain';
import { gridOf } from '../grid.js';
import { openSpace } from '../space.js';
import type { StreamPart } from './cursor.js';
import { tablePart } from './listed.js';

const mostLevels = 100_000;

/** A continuum at evenly spaced values from its smallest to its largest, both included. */
export function continuousPart(spec: ContinuousSpec, levels: number | undefined): StreamPart {
  const field = `levels.${spec.name}`;
  if (levels === undefined) {
    throw invalidInput(
      field,
      `${spec.name} is a continuum: say in "levels" at how many values it is screened`,
    );
  }
  if (!(Number.isInteger(levels) && levels >= 2 && levels <= mostLevels)) {
    throw invalidInput(field, `${field} is ${levels}; it must be a whole number from 2 to ${mostLevels}`);
  }
  const space = openSpace({ parameters: [spec] });
  const points = gridOf(space.spec, levels - 1) ?? [];
  const values = points.map((point) => point[spec.name] ?? NaN);
  const { min: from, max: to, scale = 'linear' } = spec;
  return tablePart(spec.name, space.names, values, space.encode(points), [{ from, to, scale }]);
}
