/** The bin of each value: the last whose smallest value is at most it, the first where there is none, `bins` where it is missing. */
export function codeValues(values: usize, count: i32, low: usize, bins: i32, codes: usize): void {
  for (let i = 0; i < count; i++) {
    const x = load<f64>(values + ((<usize>i) << 3));
    let from = 0, length = bins;
    while (length > 1) {
      const half = length >> 1;
      from += load<f64>(low + ((<usize>(from + half)) << 3)) <= x ? half : 0;
      length -= half;
    }
    store<u16>(codes + ((<usize>i) << 1), <u16>(x != x ? bins : from));
  }
}
