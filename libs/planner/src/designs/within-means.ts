import { costOfAll, type CostSpec, type Point, priceOf } from '@ionloop/domain';
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';

const { max, min, sqrt } = Math;

/** What a design may take of the money: at least as much is left for what models propose. */
const shareOfBudget = 0.5;
/** A point gives way to a cheaper one within so much of the way to its nearest neighbour. */
const reach = 0.25;
const mostListed = 4000;
const drawn = 1024;
const nearEach = 60;
/** How many parts of the space by price are tried, from the whole down. */
const parts = 12;

interface Priced {
  readonly points: readonly Point[];
  readonly X: Matrix;
  readonly prices: Float64Array;
}

export interface Means {
  readonly space: Space;
  readonly cost: CostSpec;
  /** Measured, failed, under way or not wanted. */
  readonly known: readonly Point[];
  readonly rng: Philox;
}

/** Whether some experiments cost more than others. */
export const pricesDiffer = ({ per }: CostSpec): boolean => per.length > 0;

/**
 * A design as cheap as it can be where that loses little: each point gives way to the one that is paid least per worth, where a point is worth 1 − d/g at
 * a distance d from where the design has it, up to a quarter of the way g to its nearest neighbour. No two points come nearer to each other than half
 * of their neighbours were, and no place is farther from its nearest point by more than a quarter of such a way. Where what it costs
 * exceeds half of the budget, the points are spread over the cheapest part of the space that is needed for it not to.
 */
export function withinMeans(design: readonly Point[], means: Means): readonly Point[] {
  const { space, cost, known } = means;
  const { budget, spent = 0 } = cost;
  const taken = new Set(known.map(space.key));
  const all = pricedOf(design, taken, means);
  const allowed = budget === undefined ? Infinity : max(0, shareOfBudget * budget - spent);
  const cheaper = givenWay(design, all, means);
  if (costOfAll(cost, cheaper) <= allowed) return cheaper;
  const rising = Array.from(all.prices.keys()).sort((a, b) => all.prices[a]! - all.prices[b]! || a - b);
  for (let part = parts - 1; part > 0; part--) {
    const some = rising.slice(0, max(design.length, Math.ceil((part / parts) * rising.length)));
    const points = givenWay(spreadOver(some, all, design.length, means), all, means);
    if (costOfAll(cost, points) <= allowed) return points;
  }
  return rising.slice(0, design.length).map((i) => all.points[i]!);
}

/** What a design may choose from instead of its own points, those among them. */
function pricedOf(design: readonly Point[], taken: ReadonlySet<string>, { space, cost, rng }: Means): Priced {
  const isListed = space.size !== null && space.size <= mostListed;
  const others = isListed
    ? space.enumerate()
    : [
        ...space.sample(drawn, rng.split('anywhere')),
        ...design.flatMap((point, i) => space.neighbours(point, rng.split(`near-${i}`), nearEach)),
      ];
  const byKey = new Map<string, Point>();
  for (const point of [...design, ...others]) {
    const key = space.key(point);
    if (!taken.has(key) && !byKey.has(key)) byKey.set(key, point);
  }
  const points = [...byKey.values()];
  return {
    points,
    X: space.encode(points),
    prices: Float64Array.from(points, (point) => max(0, priceOf(cost, point))),
  };
}

/** Each point as it is, or the one nearby that costs least for what it is worth. */
function givenWay(
  design: readonly Point[],
  { points, X, prices }: Priced,
  { space, cost, known }: Means,
): readonly Point[] {
  const D = space.encode(design);
  const K = space.encode(known);
  const used = new Set(design.map(space.key));
  return design.map((point, i) => {
    const gap = gapOf(space, D, i, K, X);
    let best = point;
    let least = max(0, priceOf(cost, point));
    points.forEach((other, j) => {
      const way = sqrt(space.distance.squared(D, i, X, j));
      if (way > reach * gap || used.has(space.key(other))) return;
      const paid = prices[j]! / (1 - way / gap);
      if (paid < least) [best, least] = [other, paid];
    });
    used.add(space.key(best));
    return best;
  });
}

/** To the nearest other point; of one that is alone, what is usual in the space. */
function gapOf(space: Space, D: Matrix, i: number, K: Matrix, X: Matrix): number {
  let nearest = Infinity;
  for (let j = 0; j < D.rows; j++) {
    if (j !== i) nearest = min(nearest, space.distance.squared(D, i, D, j));
  }
  for (let j = 0; j < K.rows; j++) nearest = min(nearest, space.distance.squared(D, i, K, j));
  return sqrt(nearest === Infinity ? space.distance.meanSquared(X) : nearest);
}

/** Each in turn the farthest from all before it and from what is known; where there is nothing yet, the cheapest first. */
function spreadOver(
  some: readonly number[],
  { points, X }: Priced,
  count: number,
  { space, known }: Means,
): readonly Point[] {
  const K = space.encode(known);
  const away = new Map(
    some.map((i) => {
      let nearest = Infinity;
      for (let j = 0; j < K.rows; j++) nearest = min(nearest, space.distance.squared(X, i, K, j));
      return [i, nearest];
    }),
  );
  const chosen: number[] = [];
  while (chosen.length < count && away.size > 0) {
    let [next, most] = [-1, -1];
    for (const [i, squared] of away) if (squared > most) [next, most] = [i, squared];
    chosen.push(next);
    away.delete(next);
    for (const [i, squared] of away) away.set(i, min(squared, space.distance.squared(X, i, X, next)));
  }
  return chosen.map((i) => points[i]!);
}
