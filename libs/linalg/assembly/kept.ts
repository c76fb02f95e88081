// Blocks of strips, copied side by side: they stay in the first-level cache while other strips pass by, at places of which it is known that they
// do not hinder each other. Two strips that lie nearly a multiple of 4096 bytes apart, as in a large matrix they may, were seen to cost the
// micro-kernel a fifth of its speed.

/** How many strips are kept, */
export const KEPT: i32 = 6;
/** and the bytes between them: as many steps as a strip is multiplied by at a time. */
export const KEPT_BYTES: usize = 4096;

// KEPT·KEPT_BYTES
const ROOM: usize = memory.data(24576, 64);

/** Where the i-th lies. */
// @ts-ignore: decorator
@inline export function keptAt(i: i32): usize {
  return ROOM + <usize>i * KEPT_BYTES;
}

/** Copies `depth` steps of a strip to the i-th place, from its step `skipped` on. */
// @ts-ignore: decorator
@inline export function keep(i: i32, strip: usize, depth: i32, skipped: i32 = 0): void {
  memory.copy(keptAt(i) + ((<usize>skipped) << 5), strip, (<usize>depth) << 5);
}
