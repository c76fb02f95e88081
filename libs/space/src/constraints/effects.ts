import { invalidInput, type Point } from '@ionloop/domain';
import type { Constraint } from './constraint.js';
import { fewest } from './proof.js';

const { max, min, sqrt } = Math;

/** What the constraints take away from the points that the parameters alone allow. */
export interface Effects {
  /** Whether all points were looked at or as many as were drawn evenly. */
  readonly counted: 'all' | 'drawn';
  readonly points: number;
  /** How many of them no constraint removes. */
  readonly remaining: number;
  /** The share that no constraint removes: as counted, or of draws with the central 95 % by Wilson. */
  readonly share: { readonly estimate: number; readonly low: number; readonly high: number };
  readonly constraints: readonly ConstraintEffect[];
}

export interface ConstraintEffect {
  readonly name: string;
  readonly text: string;
  /** How many this constraint removes by itself. */
  readonly removes: number;
  /** How many of them no other constraint removes. */
  readonly onlyThis: number;
}

export function effectsOn(
  points: readonly Point[],
  constraints: readonly Constraint[],
  counted: Effects['counted'],
): Effects {
  const removes = constraints.map(() => 0);
  const onlyThis = constraints.map(() => 0);
  let remaining = 0;
  for (const point of points) {
    const broken = constraints.flatMap(({ holds }, i) => (holds(point) ? [] : [i]));
    const [first] = broken;
    if (first === undefined) remaining++;
    else if (broken.length === 1) onlyThis[first] = (onlyThis[first] ?? 0) + 1;
    for (const i of broken) removes[i] = (removes[i] ?? 0) + 1;
  }
  return {
    counted,
    points: points.length,
    remaining,
    share: shareOf(remaining, points.length, counted),
    constraints: constraints.map(({ name, text }, i) => ({
      name,
      text,
      removes: removes[i] ?? 0,
      onlyThis: onlyThis[i] ?? 0,
    })),
  };
}

const z95 = 1.959963984540054;

function shareOf(remaining: number, points: number, counted: Effects['counted']): Effects['share'] {
  const estimate = points === 0 ? 0 : remaining / points;
  if (counted === 'all' || points === 0) return { estimate, low: estimate, high: estimate };
  const squared = z95 * z95;
  const middle = (estimate + squared / (2 * points)) / (1 + squared / points);
  const half =
    (z95 * sqrt((estimate * (1 - estimate)) / points + squared / (4 * points * points))) /
    (1 + squared / points);
  return { estimate, low: max(0, middle - half), high: min(1, middle + half) };
}

/** What no constraint takes away from `points` points. */
export const untouched = (points: number, counted: Effects['counted']): Effects => ({
  ...{ counted, points, remaining: points, constraints: [] },
  share: { estimate: 1, low: 1, high: 1 },
});

/** Names the fewest that leave none of the points; where some are left, all that take any away. */
export function refuseEmpty(
  points: readonly Point[],
  constraints: readonly Constraint[],
  counted: Effects['counted'],
): never {
  const effects = effectsOn(points, constraints, counted);
  const tooMuch = (some: readonly Constraint[]): boolean =>
    points.every((point) => some.some(({ holds }) => !holds(point)));
  const few = effects.remaining > 0 ? constraints : fewest(constraints, tooMuch);
  const guilty = effects.constraints.filter(
    ({ removes }, i) => removes > 0 && few.includes(constraints[i] as Constraint),
  );
  const names = guilty
    .map(({ name, removes }) => `"${name}" (removes ${removes} of ${points.length})`)
    .join(', ');
  throw invalidInput(
    'space.constraints',
    `${counted === 'all' ? 'no point of the space satisfies' : 'no point was found that satisfies'} its constraints: ${names}`,
  );
}
