// The best split of a node along one column of numbers without gaps, from the node's own rows. Pairs are Σht and Σh.
import { below } from './words';

/** Below this number of rows, sorting them is cheaper than summing them by bin. */
const FEW_BITS: i32 = 5;
const FEW: i32 = 1 << FEW_BITS;
/** Where sorted keys begin, after those in the order of rows. */
const SORTED: usize = FEW << 2;

let pairs: usize = 0;
let bins: usize = 0;
let occupied: usize = 0;
let keys: usize = 0;
let out: usize = 0;
let minLeafWeight: f64 = 0;
let lambda: f64 = 0;

let prefixes: usize = 0;
let foundBins: usize = 0;

let rows: usize = 0;
let size: i32 = 0;
let total: f64 = 0;
let all: f64 = 0;
/** The worth of the best split so far. */
let best: f64 = 0;

/** Where the node's pairs, zeroed room for all bins, a zeroed bit for each bin, keys, sums up to each bin, bins and the answer lie. */
export function configure(
  pairsAt: usize, binsAt: usize, occupiedAt: usize, keysAt: usize, prefixesAt: usize, foundBinsAt: usize, outAt: usize,
  leastWeight: f64, penalty: f64,
): void {
  pairs = pairsAt;
  bins = binsAt;
  occupied = occupiedAt;
  keys = keysAt;
  prefixes = prefixesAt;
  foundBins = foundBinsAt;
  out = outAt;
  minLeafWeight = leastWeight;
  lambda = penalty;
}

export function beginNode(rowsAt: usize, count: i32, sumOfAll: f64, weightOfAll: f64): void {
  rows = rowsAt;
  size = count;
  total = sumOfAll;
  all = weightOfAll;
}

/**
 * 0 where the rows do not differ, 1 where no split is worth more than `worth`, else 2; then `out` holds the worth, Σht and Σh on the left, the last bin on the
 * left and the first on the right, each a double.
 */
export function considerColumn(codes: usize, binCount: i32, worth: f64): i32 {
  best = worth;
  const found = size <= FEW ? sumSorted(codes) : sumScattered(codes, binCount);
  return found < 2 ? 0 : evaluate(found - 1) ? 2 : 1;
}

/** Looks at the splits after each of the first `count` bins, two at a time. */
function evaluate(count: i32): bool {
  const least = f64x2.splat(minLeafWeight), penalty = f64x2.splat(lambda);
  const sumOfAll = f64x2.splat(total), weightOfAll = f64x2.splat(all);
  let at = -1;
  for (let q = 0; q < count; q += 2) {
    const place = prefixes + ((<usize>q) << 4);
    const first = v128.load(place), second = v128.load(place, 16);
    const sum = v128.shuffle<f64>(first, second, 0, 2), weight = v128.shuffle<f64>(first, second, 1, 3);
    const right = f64x2.sub(sumOfAll, sum), rest = f64x2.sub(weightOfAll, weight);
    const more = f64x2.add(weight, penalty), others = f64x2.add(rest, penalty);
    const over = f64x2.add(
      f64x2.mul(f64x2.mul(sum, sum), others), f64x2.mul(f64x2.mul(right, right), more),
    );
    const under = f64x2.mul(more, others);
    const better = v128.and(
      f64x2.gt(over, f64x2.mul(f64x2.splat(best), under)),
      v128.and(f64x2.ge(weight, least), f64x2.ge(rest, least)),
    );
    if (!v128.any_true(better)) continue;
    if (i64x2.extract_lane(better, 0) != 0) {
      best = f64x2.extract_lane(over, 0) / f64x2.extract_lane(under, 0);
      at = q;
    }
    if (i64x2.extract_lane(better, 1) != 0 && q + 1 < count) {
      const overSecond = f64x2.extract_lane(over, 1), underSecond = f64x2.extract_lane(under, 1);
      if (overSecond > best * underSecond) {
        best = overSecond / underSecond;
        at = q + 1;
      }
    }
  }
  if (at < 0) return false;
  const left = prefixes + ((<usize>at) << 4), bin = foundBins + ((<usize>at) << 2);
  store<f64>(out, best);
  store<f64>(out, load<f64>(left), 8);
  store<f64>(out, load<f64>(left, 8), 16);
  store<f64>(out, <f64>load<i32>(bin), 24);
  store<f64>(out, <f64>load<i32>(bin, 4), 32);
  return true;
}

/**
 * Draws features until `wanted` of them vary among the node's rows; binCounts has the bins of each of the d columns. 1 where there is a split; then `out` is as
 * `considerColumn` leaves it, and the feature follows.
 */
export function searchNode(
  rowsAt: usize, count: i32, sumOfAll: f64, weightOfAll: f64, codes: usize, n: i32, binCounts: usize, features: usize, d: i32,
  wanted: i32,
): i32 {
  beginNode(rowsAt, count, sumOfAll, weightOfAll);
  let worth: f64 = -1;
  let tried = 0;
  let answer = 0;
  for (let q = 0; q < d && tried < wanted; q++) {
    const here = features + ((<usize>q) << 2);
    const there = here + ((<usize>below(d - q)) << 2);
    const j = load<i32>(there);
    store<i32>(there, load<i32>(here));
    store<i32>(here, j);
    const column = codes + (<usize>j * <usize>n << 1);
    const considered = considerColumn(column, load<i32>(binCounts + ((<usize>j) << 2)), worth);
    if (considered == 0) continue;
    tried++;
    if (considered == 2) {
      worth = best;
      store<f64>(out, <f64>j, 40);
      answer = 1;
    }
    // Whatever tells two rows apart splits them alike.
    if (size == 2) break;
  }
  return answer;
}

/**
 * Fills the pairs of the node's rows from targets and weights, targets counted from `shift`; leaves Σht, Σh and Σht² in `out`. 1 where the targets vary.
 */
export function gather(rowsAt: usize, count: i32, t: usize, h: usize, shift: f64): i32 {
  const first = load<f64>(t + ((<usize>load<u32>(rowsAt)) << 3));
  let sums: f64 = 0, weights: f64 = 0, squares: f64 = 0;
  let varies = 0;
  for (let k = 0; k < count; k++) {
    const at = (<usize>load<u32>(rowsAt + ((<usize>k) << 2))) << 3;
    const target = load<f64>(t + at);
    const mine = load<f64>(h + at);
    const off = target - shift;
    const product = mine * off;
    const place = pairs + ((<usize>k) << 4);
    store<f64>(place, product);
    store<f64>(place, mine, 8);
    weights += mine;
    sums += product;
    squares += product * off;
    varies |= i32(target != first);
  }
  store<f64>(out, sums);
  store<f64>(out, weights, 8);
  store<f64>(out, squares, 16);
  return varies;
}

/** Each key's place is the number of lower ones: many comparisons, but not one branch that cannot be foretold. */
function sortKeys(codes: usize): void {
  for (let k = 0; k < size; k++) {
    const row = <usize>load<u32>(rows + ((<usize>k) << 2));
    store<i32>(keys + ((<usize>k) << 2), ((<i32>load<u16>(codes + (row << 1))) << FEW_BITS) + k);
  }
  const end = keys + ((<usize>size) << 2);
  const sorted = keys + SORTED;
  for (let at = keys; at < end; at += 16) {
    const mine = v128.load(at);
    let lower = i32x4.splat(0);
    for (let other = keys; other < end; other += 4) lower = i32x4.sub(lower, i32x4.gt_s(mine, v128.load32_splat(other)));
    // Beyond the last key stand those of earlier nodes; their places are not used.
    const left = end - at;
    store<i32>(sorted + (<usize>i32x4.extract_lane(lower, 0) << 2), i32x4.extract_lane(mine, 0));
    if (left > 4) store<i32>(sorted + (<usize>i32x4.extract_lane(lower, 1) << 2), i32x4.extract_lane(mine, 1));
    if (left > 8) store<i32>(sorted + (<usize>i32x4.extract_lane(lower, 2) << 2), i32x4.extract_lane(mine, 2));
    if (left > 12) store<i32>(sorted + (<usize>i32x4.extract_lane(lower, 3) << 2), i32x4.extract_lane(mine, 3));
  }
}

function sumSorted(codes: usize): i32 {
  sortKeys(codes);
  const sorted = keys + SORTED;
  let found = 0;
  let running = f64x2.splat(0);
  let k = 0;
  while (k < size) {
    const key = load<i32>(sorted + ((<usize>k) << 2));
    const bin = key >> FEW_BITS;
    let pair = v128.load(pairs + ((<usize>(key & (FEW - 1))) << 4));
    k++;
    while (k < size) {
      const next = load<i32>(sorted + ((<usize>k) << 2));
      if (next >> FEW_BITS != bin) break;
      pair = f64x2.add(pair, v128.load(pairs + ((<usize>(next & (FEW - 1))) << 4)));
      k++;
    }
    running = f64x2.add(running, pair);
    v128.store(prefixes + ((<usize>found) << 4), running);
    store<i32>(foundBins + ((<usize>found) << 2), bin);
    found++;
  }
  return found;
}

function sumScattered(codes: usize, binCount: i32): i32 {
  for (let k = 0; k < size; k++) {
    const row = <usize>load<u32>(rows + ((<usize>k) << 2));
    const bin = <usize>load<u16>(codes + (row << 1));
    const at = bins + (bin << 4);
    v128.store(at, f64x2.add(v128.load(at), v128.load(pairs + ((<usize>k) << 4))));
    const word = occupied + ((bin >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (<u32>bin & 31)));
  }
  const zero = f64x2.splat(0);
  let running = zero;
  const words = (binCount >> 5) + 1;
  let found = 0;
  for (let w = 0; w < words; w++) {
    const word = occupied + ((<usize>w) << 2);
    let bits = load<u32>(word);
    if (bits == 0) continue;
    store<u32>(word, 0);
    do {
      const bin = (w << 5) + <i32>ctz(bits);
      bits &= bits - 1;
      const at = bins + ((<usize>bin) << 4);
      running = f64x2.add(running, v128.load(at));
      v128.store(at, zero);
      v128.store(prefixes + ((<usize>found) << 4), running);
      store<i32>(foundBins + ((<usize>found) << 2), bin);
      found++;
    } while (bits != 0);
  }
  return found;
}
