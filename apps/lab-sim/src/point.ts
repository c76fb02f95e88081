import { isFormula, parseFormula } from '@ionloop/chemistry';
import type { Spec } from '@ionloop/lab-client';
import type { Ternary } from './physics.js';

type Point = Spec['point'];

/** Why a point cannot be weighed out, or null where it can. */
export function obstacleIn(point: Point): string | null {
  for (const [name, value] of Object.entries(point)) {
    if (typeof value !== 'object') continue;
    const negative = Object.entries(value).find(([, fraction]) => fraction < 0);
    if (negative) return `${name}: there is no ${negative[1]} of ${negative[0]}`;
    const sum = Object.values(value).reduce((total, fraction) => total + fraction, 0);
    if (Math.abs(sum - 1) > 1e-3) return `${name}: the fractions add up to ${sum}, not to 1`;
  }
  return null;
}

/** The composition, where the point is one of the ternary whose physics are known, and the name it goes by. */
export function ternaryIn(point: Point): { name: string; composition: Ternary } | null {
  for (const [name, value] of Object.entries(point)) {
    if (typeof value !== 'object') continue;
    const { Li3PO4 = 0, Li3BO3 = 0, Li2SO4 = 0, ...others } = value;
    const known = Object.keys(value).length > Object.keys(others).length;
    if (known && Object.values(others).every((fraction) => fraction === 0)) {
      return { name, composition: { Li3PO4, Li3BO3, Li2SO4 } };
    }
  }
  return null;
}

/** Every number of a point by its name. A candidate of a pool counts by its elements where its id is a formula. */
export function coordinatesOf(point: Point, without: string | null = null): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(point)
      .filter(([name]) => name !== without)
      .flatMap(([name, value]): (readonly [string, number])[] => {
        if (typeof value === 'number') return [[name, value]];
        if (typeof value === 'object') return Object.entries(value);
        return isFormula(value) ? elementFractions(value) : [[`${name}=${value}`, 0]];
      }),
  );
}

function elementFractions(formula: string): (readonly [string, number])[] {
  const amounts = parseFormula(formula);
  const total = amounts.reduce((sum, { amount }) => sum + amount, 0);
  return amounts.map(({ element, amount }) => [element, amount / total]);
}
