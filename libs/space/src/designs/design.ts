import type { Point } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '../contract.js';

/**
 * Where a campaign starts: at most `count` different points, none of them among those to avoid. Fewer where the way of
 * choosing has no more to offer; the rest is then drawn at random.
 */
export type Design = (space: Space, count: number, rng: Philox, avoid: readonly Point[]) => readonly Point[];

/** A design chooses among all points up to this many, and else among as many drawn at random. */
const mostCandidates = 800;

/** The points that a design may choose from. */
export function candidatesOf(
  space: Space,
  count: number,
  rng: Philox,
  avoid: readonly Point[],
): readonly Point[] {
  const { size } = space;
  const taken = new Set(avoid.map(space.key));
  const free = (points: readonly Point[]): readonly Point[] =>
    points.filter((point) => !taken.has(space.key(point)));
  const few = size !== null && size <= mostCandidates;
  const some = free(few ? space.enumerate() : space.sample(mostCandidates, rng));
  return some.length < count && size !== null && !few ? free(space.enumerate()) : some;
}

/** Points as they come, without those that came before and those to avoid. */
export class Picked {
  readonly points: Point[] = [];
  private readonly taken: Set<string>;

  constructor(
    private readonly space: Space,
    readonly count: number,
    avoid: readonly Point[],
  ) {
    this.taken = new Set(avoid.map(space.key));
  }

  get missing(): number {
    return this.count - this.points.length;
  }

  /** Whether the point is one more. */
  take(point: Point | null | undefined): boolean {
    if (!point || this.missing <= 0) return false;
    const key = this.space.key(point);
    if (this.taken.has(key)) return false;
    this.taken.add(key);
    this.points.push(point);
    return true;
  }
}
