import type { Baseline } from '../strategies/strategy.js';
import { isListed } from '../search/candidates.js';

export const randomPoints: Baseline = ({ space, known: { taken }, count, rng: whole }) => {
  const rng = whole.split('random');
  const points = isListed(space) ? space.enumerate() : space.sample(count + taken.size, rng);
  const free = points.filter((point) => !taken.has(space.key(point)));
  const chosen = isListed(space) ? rng.choose(free.length, Math.min(count, free.length)) : free.keys();
  return [...chosen].slice(0, count).map((i) => ({ point: free[i]!, reason: 'Drawn at random.' }));
};
