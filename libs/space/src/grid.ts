import type { ContinuousSpec, MixtureSpec, Point, SpaceSpec } from '@ionloop/domain';
import { exp, log } from '@ionloop/linalg';
import { continuousPart } from './parts/continuous.js';
import { boundsOf } from './mixture.js';

/** Points for a map, `resolution` cells along a side; null where the space cannot be drawn on paper. */
export function gridOf({ parameters }: SpaceSpec, resolution: number): readonly Point[] | null {
  const [first, second, ...others] = parameters.filter(({ kind }) => kind !== 'context');
  if (!first || others.length > 0) return null;
  if (first.kind === 'mixture' && !second && first.components.length <= 3)
    return mixtureGrid(first, resolution);
  if (first.kind !== 'continuous') return null;
  const along = ticks(first, resolution).map((value): Point => ({ [first.name]: value }));
  if (!second) return along;
  if (second.kind !== 'continuous') return null;
  const across = ticks(second, resolution);
  return along.flatMap((point) => across.map((value) => ({ ...point, [second.name]: value })));
}

/** A triangular lattice over what the minima leave, without what the maxima cut off. */
function mixtureGrid(spec: MixtureSpec, resolution: number): readonly Point[] {
  const bounds = boundsOf(spec, '');
  const free = 1 - bounds.reduce((sum, { min }) => sum + min, 0);
  const points: Point[] = [];
  const fill = (counts: readonly number[], left: number): void => {
    if (counts.length < bounds.length - 1) {
      for (let c = 0; c <= left; c++) fill([...counts, c], left - c);
      return;
    }
    const fractions = bounds.map(({ min }, i) => min + (free * (counts[i] ?? left)) / resolution);
    const inIt = fractions.filter((fraction) => fraction > 0);
    if (inIt.length > (spec.mostComponents ?? Infinity)) return;
    if (inIt.some((fraction) => fraction < (spec.minimumDose ?? 0) - 1e-9)) return;
    if (bounds.some(({ max }, i) => (fractions[i] ?? 0) > max + 1e-9)) return;
    points.push({ [spec.name]: Object.fromEntries(bounds.map(({ name }, i) => [name, fractions[i] ?? 0])) });
  };
  fill([], resolution);
  return points;
}

function ticks(spec: ContinuousSpec, resolution: number): readonly number[] {
  const { min, max, scale, step } = spec;
  const even = Array.from({ length: resolution + 1 }, (_, i) => {
    if (i === resolution) return max;
    return scale === 'log'
      ? min * exp((i / resolution) * log(max / min))
      : min + (i / resolution) * (max - min);
  });
  if (step === undefined) return even;
  const { settle } = continuousPart(spec, '').relaxed ?? {};
  return [...new Set(even.map((value) => Number(settle?.([value]) ?? value)))];
}
