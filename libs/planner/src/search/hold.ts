import { invalidInput, IonloopError, type Point, type PointValue } from '@ionloop/domain';
import type { Space } from '@ionloop/space';

/** Points with one parameter held at a value, as far as the space allows them. */
export function holding(
  space: Space,
  parameter: string,
  value: PointValue,
): (points: readonly Point[]) => readonly Point[] {
  return (points) =>
    points
      .map((point) => allowed(space, { ...point, [parameter]: value }))
      .filter((point) => point !== undefined);
}

/** The point in its canonical form, or nothing where the space does not have it. */
export function allowed(space: Space, point: Point): Point | undefined {
  try {
    return space.check(point);
  } catch (error) {
    if (error instanceof IonloopError) return undefined;
    throw error;
  }
}

export function requireShared(space: Space, shared: string | undefined): void {
  if (shared === undefined) return;
  const names = space.spec.parameters.map(({ name }) => name);
  if (!names.includes(shared)) {
    throw invalidInput(
      'strategy.shared',
      `the space has no parameter "${shared}"; it has ${names.join(', ')}`,
    );
  }
  if (names.length === 1) {
    throw invalidInput('strategy.shared', `${shared} is the only parameter: all proposals would be the same`);
  }
}
