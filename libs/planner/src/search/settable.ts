import type { Point } from '@ionloop/domain';
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { isListed } from './candidates.js';

const near = 40;
const anywhere = 128;
const closer = 2;

/**
 * Points that can be set, each as near as the search finds to a row of the unit cube: what moves through a space by arithmetic, a swarm or a
 * crossing of two points, need not know what the space is made of. Listed spaces are searched whole; others around `starts` and by chance, and then
 * around what was nearest. None for a row where all that was found is taken.
 */
export function settable(
  space: Space,
  targets: Matrix,
  starts: readonly (readonly Point[])[],
  taken: ReadonlySet<string>,
  rng: Philox,
): readonly (Point | null)[] {
  const used = new Set(taken);
  const listed = isListed(space) ? space.enumerate() : null;
  const encoded = listed && space.encode(listed);
  const common = listed ? [] : space.sample(anywhere, rng.split('anywhere'));
  return starts.map((own, t) => {
    let best: Point | null;
    if (listed) best = nearest(space, listed, encoded!, targets, t, used);
    else {
      const stream = rng.split(`target-${t}`);
      const around = (points: readonly Point[], label: string): readonly Point[] =>
        points.flatMap((point, i) => [...space.neighbours(point, stream.split(`${label}-${i}`), near)]);
      let pool = [...common, ...own, ...around(own, 'own')];
      best = nearest(space, pool, space.encode(pool), targets, t, used);
      for (let step = 0; best !== null && step < closer; step++) {
        pool = [best, ...around([best], `closer-${step}`)];
        best = nearest(space, pool, space.encode(pool), targets, t, used);
      }
    }
    if (best !== null) used.add(space.key(best));
    return best;
  });
}

function nearest(
  space: Space,
  points: readonly Point[],
  X: Matrix,
  targets: Matrix,
  t: number,
  used: ReadonlySet<string>,
): Point | null {
  const distances = points.map((_, i) => {
    let sum = 0;
    for (let c = 0; c < X.cols; c++) {
      const off = X.data[i * X.cols + c]! - targets.data[t * X.cols + c]!;
      sum += off * off;
    }
    return sum;
  });
  let [least, chosen]: [number, Point | null] = [Infinity, null];
  points.forEach((point, i) => {
    if (distances[i]! < least && !used.has(space.key(point))) [least, chosen] = [distances[i]!, point];
  });
  return chosen;
}
