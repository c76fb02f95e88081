import { isListed } from '../search/candidates.js';
import type { Baseline } from '../strategies/strategy.js';

const finest = 65;

/**
 * A grid of twice the cells on a side as soon as the coarser one is used up. Of a space that has no map, every so many of its points where it is
 * listed, else an even sequence.
 */
export const gridPoints: Baseline = ({ space, known: { taken }, count, rng }) => {
  const chosen = new Map<string, { point: ReturnType<typeof space.check>; reason: string }>();
  const take = (point: ReturnType<typeof space.check>, reason: string): void => {
    const key = space.key(point);
    if (chosen.size < count && !taken.has(key) && !chosen.has(key)) chosen.set(key, { point, reason });
  };
  if (isListed(space)) {
    const all = space.enumerate();
    for (let stride = highestPower(all.length); stride >= 1 && chosen.size < count; stride >>= 1)
      for (let i = 0; i < all.length; i += stride)
        take(all[i]!, `Every ${stride === 1 ? '' : `${stride}th `}point in turn.`);
    return [...chosen.values()];
  }
  for (let cells = 2; cells <= finest && chosen.size < count; cells = 2 * cells - 1)
    for (const point of space.grid(cells) ?? [])
      take(space.check(point), `A grid with ${cells} points on a side.`);
  for (const point of space.sample(count + taken.size, rng.split('grid'))) take(point, 'An even sequence.');
  return [...chosen.values()];
};

function highestPower(n: number): number {
  let power = 1;
  while (2 * power < n) power *= 2;
  return power;
}
