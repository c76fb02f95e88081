/** A place that can be looked at, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const ways: Readonly<Record<Direction, Spot>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** The nearest spot; none where all are farther than `within`. */
export function nearestSpot(spots: readonly Spot[], { x, y }: Spot, within = Infinity): number | null {
  let found: number | null = null;
  let least = within * within;
  for (const [i, spot] of spots.entries()) {
    const off = (spot.x - x) ** 2 + (spot.y - y) ** 2;
    if (off <= least) {
      least = off;
      found = i;
    }
  }
  return found;
}

/** Off the straight way counts double, so that a row of spots is walked along. */
const aside = 2;

/** The next spot in a direction; where there is none, the one where one is. */
export function stepFrom(spots: readonly Spot[], at: number, direction: Direction): number {
  const from = spots[at];
  if (!from) return at;
  const way = ways[direction];
  let found = at;
  let least = Infinity;
  for (const [i, spot] of spots.entries()) {
    const along = (spot.x - from.x) * way.x + (spot.y - from.y) * way.y;
    const across = Math.abs((spot.x - from.x) * way.y) + Math.abs((spot.y - from.y) * way.x);
    if (along < 0.5 || across > along) continue;
    const cost = along + aside * across;
    if (cost < least) {
      least = cost;
      found = i;
    }
  }
  return found;
}

export const directionOf = (key: string): Direction | null => {
  switch (key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    default:
      return null;
  }
};
