// Sets of categories, 32 to a word.

/** Those of the members from `from` to `to`. */
export function setOf(categories: number, members: Int32Array, from: number, to: number): Uint32Array {
  const set = new Uint32Array((categories + 31) >>> 5);
  for (let k = from; k < to; k++) set[members[k]! >>> 5]! |= 1 << (members[k]! & 31);
  return set;
}

/** Categories that the node does not have are with the left where gaps are. */
export function complement(categories: number, set: Uint32Array): Uint32Array {
  return set.map((word, w) => {
    const inUse = categories - 32 * w >= 32 ? -1 : (1 << (categories - 32 * w)) - 1;
    return ~word & inUse;
  });
}
