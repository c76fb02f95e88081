import { invalidInput, type Point } from '@ionloop/domain';
import type { Constraint } from './constraint.js';

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

/** Names those that leave nothing by themselves, or else those that share the blame. */
export function refuseEmpty({ points, counted, constraints }: Effects): never {
  const alone = constraints.filter(({ removes }) => removes === points);
  const guilty = alone.length > 0 ? alone : constraints.filter(({ removes }) => removes > 0);
  const names = guilty.map(({ name, removes }) => `"${name}" (removes ${removes} of ${points})`).join(', ');
  throw invalidInput(
    'space.constraints',
    `${counted === 'all' ? 'no point of the space satisfies' : 'no point was found that satisfies'} its constraints: ${names}`,
  );
}
