import { IonloopError, type Point } from '@ionloop/domain';
import { checkLoosely, type Space } from '@ionloop/space';

/** Why a point does not lie in the space; null where it does. */
export function outsideOf(space: Space, point: Point): string | null {
  try {
    space.check(point);
    return null;
  } catch (error) {
    if (error instanceof IonloopError && error.code === 'INVALID_INPUT') return error.message;
    throw error;
  }
}

export interface Placed {
  readonly point: Point;
  /** Left out where the point lies in the space. */
  readonly outside?: string;
}

/** A point that a person gives, in its canonical form. Outside the space it has to be wanted there. */
export function placed(space: Space, point: unknown, mayBeOutside: boolean): Placed {
  if (!mayBeOutside) return { point: space.check(point) };
  const loose = checkLoosely(space.spec, point);
  const outside = outsideOf(space, loose);
  return outside === null ? { point: space.check(loose) } : { point: loose, outside };
}
