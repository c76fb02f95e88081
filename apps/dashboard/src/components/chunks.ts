/**
 * A list in pieces of one size. A piece whose members are those of before is the piece of before, so that what is drawn
 * of it stays.
 */
export function chunksOf<T>(
  all: readonly T[],
  size: number,
  before: readonly (readonly T[])[] = [],
): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => {
    const chunk = all.slice(i * size, (i + 1) * size);
    const former = before[i];
    return former?.length === chunk.length && chunk.every((one, k) => one === former[k]) ? former : chunk;
  });
}
