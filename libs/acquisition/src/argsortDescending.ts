import { InvalidArgumentError, type Philox } from '@ionloop/linalg';

/** The indices of `scores` from the highest down; equal scores come in an order drawn from `rng`. NaN is refused. */
export function argsortDescending(scores: Float64Array, rng: Philox): number[] {
  const at = scores.findIndex((score) => Number.isNaN(score));
  if (at >= 0) throw new InvalidArgumentError('scores', `must not hold NaN; element ${at} does`);
  const rank = Float64Array.from(rng.permutation(scores.length));
  return Array.from(scores, (_, i) => i).sort((a, b) => {
    const left = scores[a]!;
    const right = scores[b]!;
    return left === right ? rank[a]! - rank[b]! : left < right ? 1 : -1;
  });
}
