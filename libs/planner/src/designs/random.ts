import type { Proposal } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { Knowledge } from '../knowledge/knowledge.js';
import { isListed } from '../search/candidates.js';
import { unmodelled } from './unmodelled.js';

export function atRandom(
  space: Space,
  { taken }: Knowledge,
  count: number,
  rng: Philox,
): readonly Proposal[] {
  const points = isListed(space) ? space.enumerate() : space.sample(count + taken.size, rng);
  const free = points.filter((point) => !taken.has(space.key(point)));
  const chosen = isListed(space) ? rng.choose(free.length, Math.min(count, free.length)) : free.keys();
  return [...chosen].slice(0, count).map((i) => unmodelled(free[i]!, 'Drawn at random.'));
}
