// Sums by bin of all columns of a node. Of column j the pairs Σht, Σh of its bins begin `stride` pairs after those of column j − 1.

// @ts-ignore: decorator
@inline function add(at: usize, pair: v128): void {
  v128.store(at, f64x2.add(v128.load(at), pair));
}

/** Zeroes `sums` and fills it: codes (d·n bytes) column after column, rows of the node, their pairs by place. Four columns at a time share what is loaded. */
export function sumColumns(
  codes: usize, n: i32, d: i32, rows: usize, count: i32, pairs: usize, sums: usize, stride: i32,
): void {
  const width = (<usize>stride) << 4;
  memory.fill(sums, 0, <usize>d * width);
  const column = <usize>n;
  let j = 0;
  for (; j + 4 <= d; j += 4) {
    const c0 = codes + <usize>j * column, c1 = c0 + column, c2 = c1 + column, c3 = c2 + column;
    const s0 = sums + <usize>j * width, s1 = s0 + width, s2 = s1 + width, s3 = s2 + width;
    for (let k = 0; k < count; k++) {
      const row = <usize>load<u32>(rows + ((<usize>k) << 2));
      const pair = v128.load(pairs + ((<usize>k) << 4));
      add(s0 + ((<usize>load<u8>(c0 + row)) << 4), pair);
      add(s1 + ((<usize>load<u8>(c1 + row)) << 4), pair);
      add(s2 + ((<usize>load<u8>(c2 + row)) << 4), pair);
      add(s3 + ((<usize>load<u8>(c3 + row)) << 4), pair);
    }
  }
  for (; j < d; j++) {
    const c0 = codes + <usize>j * column;
    const s0 = sums + <usize>j * width;
    for (let k = 0; k < count; k++) {
      const row = <usize>load<u32>(rows + ((<usize>k) << 2));
      add(s0 + ((<usize>load<u8>(c0 + row)) << 4), v128.load(pairs + ((<usize>k) << 4)));
    }
  }
}

/** from − less, into `from`. */
export function subtractSums(from: usize, less: usize, pairCount: i32): void {
  const end = from + ((<usize>pairCount) << 4);
  while (from < end) {
    v128.store(from, f64x2.sub(v128.load(from), v128.load(less)));
    from += 16;
    less += 16;
  }
}

/**
 * The best split of all columns of numbers without gaps; `binCounts` is −1 for other columns. 1 where one is worth more than −1; then `out` holds the worth, Σht and
 * Σh on the left, the last bin on the left, the first on the right and the column, each a double. Two columns at a time, one a lane.
 */
export function searchSums(
  sums: usize, stride: i32, d: i32, binCounts: usize, total: f64, all: f64, minLeafWeight: f64, lambda: f64, out: usize,
): i32 {
  store<f64>(out, -1.0);
  let better = 0;
  for (let j = 0; j < d; j += 2) {
    const second = min(j + 1, d - 1);
    searchPair(
      sums + (<usize>j * <usize>stride << 4), sums + (<usize>second * <usize>stride << 4), stride, total, all,
      minLeafWeight, lambda,
    );
    better |= take(0, j, sums, stride, binCounts, all, out);
    if (second > j) better |= take(1, second, sums, stride, binCounts, all, out);
  }
  return better;
}

// Of each lane of the last pair: worth, Σht and Σh on the left, the last bin on the left.
let worths: v128 = f64x2.splat(0);
let sumsLeft: v128 = f64x2.splat(0);
let weightsLeft: v128 = f64x2.splat(0);
let lasts: v128 = f64x2.splat(0);

function searchPair(
  left: usize, right: usize, stride: i32, total: f64, all: f64, minLeafWeight: f64, lambda: f64,
): void {
  const least = f64x2.splat(minLeafWeight), penalty = f64x2.splat(lambda);
  const sumOfAll = f64x2.splat(total), weightOfAll = f64x2.splat(all);
  let sum = f64x2.splat(0), weight = f64x2.splat(0);
  let worth = f64x2.splat(-1), sumAt = f64x2.splat(0), weightAt = f64x2.splat(0), last = f64x2.splat(-1);
  for (let bin = 0; bin < stride; bin++) {
    const at = (<usize>bin) << 4;
    const a = v128.load(left + at), b = v128.load(right + at);
    sum = f64x2.add(sum, v128.shuffle<f64>(a, b, 0, 2));
    weight = f64x2.add(weight, v128.shuffle<f64>(a, b, 1, 3));
    const others = f64x2.sub(sumOfAll, sum), rest = f64x2.sub(weightOfAll, weight);
    const more = f64x2.add(weight, penalty), less = f64x2.add(rest, penalty);
    const over = f64x2.add(f64x2.mul(f64x2.mul(sum, sum), less), f64x2.mul(f64x2.mul(others, others), more));
    const under = f64x2.mul(more, less);
    const better = v128.and(
      f64x2.gt(over, f64x2.mul(worth, under)),
      v128.and(f64x2.ge(weight, least), f64x2.ge(rest, least)),
    );
    if (!v128.any_true(better)) continue;
    worth = v128.bitselect(f64x2.div(over, under), worth, better);
    sumAt = v128.bitselect(sum, sumAt, better);
    weightAt = v128.bitselect(weight, weightAt, better);
    last = v128.bitselect(f64x2.splat(<f64>bin), last, better);
  }
  worths = worth;
  sumsLeft = sumAt;
  weightsLeft = weightAt;
  lasts = last;
}

/** Takes what a lane found for column j where it is better than what `out` holds. */
function take(lane: i32, j: i32, sums: usize, stride: i32, binCounts: usize, all: f64, out: usize): i32 {
  const worth = laneOf(worths, lane);
  if (load<i32>(binCounts + ((<usize>j) << 2)) < 0 || !(worth > load<f64>(out))) return 0;
  // Sums that are differences leave dust in bins without rows.
  const dust = 1e-10 * all;
  const column = sums + (<usize>j * <usize>stride << 4);
  let next = <i32>laneOf(lasts, lane) + 1;
  while (load<f64>(column + ((<usize>next) << 4), 8) <= dust) next++;
  store<f64>(out, worth);
  store<f64>(out, laneOf(sumsLeft, lane), 8);
  store<f64>(out, laneOf(weightsLeft, lane), 16);
  store<f64>(out, laneOf(lasts, lane), 24);
  store<f64>(out, <f64>next, 32);
  store<f64>(out, <f64>j, 40);
  return 1;
}

// @ts-ignore: decorator
@inline function laneOf(values: v128, lane: i32): f64 {
  return lane == 0 ? f64x2.extract_lane(values, 0) : f64x2.extract_lane(values, 1);
}
