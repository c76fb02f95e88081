/** The index of the largest score that is allowed, the lowest of equal ones; −1 where none is allowed. */
export function argMax(scores: ArrayLike<number>, allowed?: Uint8Array): number {
  let at = -1;
  for (let i = 0; i < scores.length; i++)
    if ((allowed === undefined || allowed[i] === 1) && (at < 0 || scores[i]! > scores[at]!)) at = i;
  return at;
}
