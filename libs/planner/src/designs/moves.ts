/** Moves of populations in the unit cube. d columns. */
import type { Philox } from '@ionloop/linalg';

const { abs, min, max } = Math;
const clamp = (x: number): number => min(1, max(0, x));

export interface Particle {
  readonly at: Float64Array;
  readonly before: Float64Array;
  readonly best: Float64Array;
}

const inertia = 0.7298;
const pull = 1.4962;

/** The constricted step of Clerc and Kennedy (2002): x + ω·(x − x_before) + c·u₁·(own best − x) + c·u₂·(best of all − x). */
export function swarmStep({ at, before, best }: Particle, leader: Float64Array, rng: Philox): Float64Array {
  return at.map((x, c) =>
    clamp(
      x +
        inertia * (x - before[c]!) +
        pull * rng.uniform() * (best[c]! - x) +
        pull * rng.uniform() * (leader[c]! - x),
    ),
  );
}

/** A blend of two rows (BLX-½ in each column that differs), and now and then a jump: one column in d is moved by a tenth of its range or so. */
export function crossed(a: Float64Array, b: Float64Array, rng: Philox): Float64Array {
  return a.map((x, c) => {
    const way = abs(x - b[c]!);
    const blended = min(x, b[c]!) - 0.5 * way + 2 * way * rng.uniform();
    return clamp(rng.uniform() < 1 / a.length ? blended + 0.1 * rng.normal() : blended);
  });
}
