import type { Point } from '@ionloop/domain';
import { fromRows, type Philox, row } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { crossed, swarmStep } from '../designs/moves.js';
import { type Candidates, free } from './candidates.js';
import { settable } from './settable.js';

/** A point that has been scored, larger is better. */
export interface Rated {
  readonly point: Point;
  readonly score: number;
}

const members = 16;
const generations = 8;

/**
 * A population that climbs a score: particles that move between their own best and the best of all, or parents that are crossed. It begins with
 * the best of `start`; `rate` scores points and answers best first.
 */
export function searchByPopulation<R extends Rated>(
  space: Space,
  way: 'swarm' | 'genetic',
  start: readonly R[],
  taken: ReadonlySet<string>,
  rate: (candidates: Candidates, label: string) => readonly R[],
  rng: Philox,
): readonly R[] {
  const found = new Map(start.map((rated) => [space.key(rated.point), rated]));
  let swarm = start.slice(0, members).map((rated) => ({ at: rated, before: rated, best: rated }));
  for (let g = 0; g < generations && swarm.length > 1; g++) {
    const stream = rng.split(`generation-${g}`);
    const vectorOf = ({ point }: Rated): Float64Array => row(space.encode([point]), 0);
    const leader = swarm.reduce((a, { best }) => (best.score > a.score ? best : a), swarm[0]!.best);
    const targets = swarm.map(({ at, before, best }, i) => {
      const own = stream.split(`member-${i}`);
      if (way === 'swarm') {
        const particle = { at: vectorOf(at), before: vectorOf(before), best: vectorOf(best) };
        return swarmStep(particle, vectorOf(leader), own);
      }
      const mate = swarm[Math.min(own.integer(swarm.length), own.integer(swarm.length))]!;
      return crossed(vectorOf(best), vectorOf(mate.best), own);
    });
    const moved = settable(
      space,
      fromRows(targets.map((target) => Array.from(target))),
      swarm.map(({ at, best }) => [at.point, best.point]),
      taken,
      stream.split('settable'),
    );
    const rated = rate(
      free(
        space,
        moved.filter((point) => point !== null),
        taken,
      ),
      `generation-${g}`,
    );
    const byKey = new Map(rated.map((each) => [space.key(each.point), each]));
    for (const [key, each] of byKey) if (!found.has(key)) found.set(key, each);
    swarm = swarm.map(({ at, before, best }, i) => {
      const point = moved[i] ?? null;
      const next = point === null ? undefined : byKey.get(space.key(point));
      if (next === undefined) return { at, before, best };
      return { at: next, before: at, best: next.score > best.score ? next : best };
    });
    if (way === 'genetic') swarm = swarm.toSorted((a, b) => b.best.score - a.best.score);
  }
  return [...found.values()];
}
