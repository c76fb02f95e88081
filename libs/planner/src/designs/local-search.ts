import type { Baseline } from '../strategies/strategy.js';
import { worthOf } from './worth.js';

const tries = 400;

/** Free neighbours of the best result; where it has none, of the second best, and so on; by chance where nothing is free. */
export const localSearch: Baseline = ({ space, known, count, rng }) => {
  const [response] = known.responses;
  const worth = worthOf(response);
  const order = response.points.map((_, i) => i).sort((a, b) => worth[b]! - worth[a]! || a - b);
  const used = new Set(known.taken);
  const chosen = [];
  for (const [rank, i] of order.entries()) {
    for (const point of space.neighbours(response.points[i]!, rng.split(`near-${rank}`), tries)) {
      if (chosen.length === count) return chosen;
      if (used.has(space.key(point))) continue;
      used.add(space.key(point));
      const which = rank === 0 ? 'the best result' : `result ${rank + 1} from the best`;
      chosen.push({ point, reason: `A step away from ${which}.` });
      if (rank === 0 && chosen.length === count) break;
    }
  }
  const free = space
    .sample(count + used.size, rng.split('anywhere'))
    .filter((point) => !used.has(space.key(point)));
  return [
    ...chosen,
    ...free
      .slice(0, count - chosen.length)
      .map((point) => ({ point, reason: 'Drawn at random: nothing is free near a result.' })),
  ];
};
