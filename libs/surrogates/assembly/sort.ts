// Doubles in ascending order by eight passes over their bytes. Neither NaN nor −0 may be among them.

const SIGN: u64 = 0x8000000000000000;

/** Doubles in the order of whole numbers: of negative ones all bits turn, of others the sign. */
// @ts-ignore: decorator
@inline function keyOf(bits: u64): u64 {
  return bits ^ ((<u64>(<i64>bits >> 63)) | SIGN);
}

// @ts-ignore: decorator
@inline function bitsOf(key: u64): u64 {
  return key ^ ((<u64>(<i64>~key >> 63)) | SIGN);
}

/** Sorts in place; `spare` has room for as many, `counts` for 2048 whole numbers. */
export function sortDoubles(values: usize, count: i32, spare: usize, counts: usize): void {
  memory.fill(counts, 0, 8192);
  for (let i = 0; i < count; i++) {
    const at = values + ((<usize>i) << 3);
    const key = keyOf(load<u64>(at));
    store<u64>(at, key);
    for (let pass = 0; pass < 8; pass++) {
      const cell = counts + (<usize>((pass << 8) + <i32>((key >> (<u64>pass << 3)) & 255)) << 2);
      store<u32>(cell, load<u32>(cell) + 1);
    }
  }
  let from = values, to = spare;
  for (let pass = 0; pass < 8; pass++) {
    const cells = counts + ((<usize>pass) << 10);
    if (isOneCell(cells, count)) continue;
    let sum: u32 = 0;
    for (let c: usize = 0; c < 1024; c += 4) {
      const here = load<u32>(cells + c);
      store<u32>(cells + c, sum);
      sum += here;
    }
    for (let i = 0; i < count; i++) {
      const key = load<u64>(from + ((<usize>i) << 3));
      const cell = cells + (<usize>((key >> (<u64>pass << 3)) & 255) << 2);
      const place = load<u32>(cell);
      store<u32>(cell, place + 1);
      store<u64>(to + ((<usize>place) << 3), key);
    }
    const other = from;
    from = to;
    to = other;
  }
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 3;
    store<u64>(values + at, bitsOf(load<u64>(from + at)));
  }
}

/** Whether all values have the same byte in this pass. */
function isOneCell(cells: usize, count: i32): bool {
  for (let c: usize = 0; c < 1024; c += 4) {
    const here = load<u32>(cells + c);
    if (here != 0) return here == count;
  }
  return true;
}
