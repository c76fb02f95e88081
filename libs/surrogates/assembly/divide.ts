// Rows of a node into those that go left, by a column of numbers: both sides keep their order, without a branch that cannot be foretold.

/** `wide` is 1 where codes take two bytes. Returns how many go left; `spare` has room for all. */
export function divideRows(codes: usize, wide: i32, cut: i32, rows: usize, count: i32, spare: usize): i32 {
  let left = 0, right = 0;
  for (let k = 0; k < count; k++) {
    const row = load<u32>(rows + ((<usize>k) << 2));
    const code = wide ? <i32>load<u16>(codes + ((<usize>row) << 1)) : <i32>load<u8>(codes + <usize>row);
    const goesRight = i32(code > cut);
    store<u32>(rows + ((<usize>left) << 2), row);
    store<u32>(spare + ((<usize>right) << 2), row);
    left += 1 - goesRight;
    right += goesRight;
  }
  memory.copy(rows + ((<usize>left) << 2), spare, (<usize>right) << 2);
  return left;
}
