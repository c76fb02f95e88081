import { invalidInput, type Point } from '@ionloop/domain';
import type { Constraint } from './constraint.js';
import { fewest } from './proof.js';

/** What the constraints take away from the points that the parameters alone allow. */
export interface Effects {
  /** Whether all points were looked at or as many as were drawn evenly. */
  readonly counted: 'all' | 'drawn';
  readonly points: number;
  /** How many of them no constraint removes. */
  readonly remaining: number;
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
    constraints: constraints.map(({ name, text }, i) => ({
      name,
      text,
      removes: removes[i] ?? 0,
      onlyThis: onlyThis[i] ?? 0,
    })),
  };
}

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
