// A whole tree on columns of numbers without gaps, node by node, the left branch first: the twin of src/trees/nodeGrower.ts.
import { divideRows } from './divide';
import { gather, searchNode } from './nodeSplit';

let rows: usize = 0;
let spare: usize = 0;
let t: usize = 0;
let h: usize = 0;
let open: usize = 0;
let codes: usize = 0;
let binCounts: usize = 0;
let features: usize = 0;
let gains: usize = 0;
let leafOfRow: usize = 0;
let found: usize = 0;
let n: i32 = 0;
let d: i32 = 0;

// Of each node: what splits it, −1 in a leaf; its left child; the last bin on the left and the first on the right; whether the left side is the heavier one; and
// what a leaf says.
let feature: usize = 0;
let leftChild: usize = 0;
let lastBin: usize = 0;
let nextBin: usize = 0;
let heavyLeft: usize = 0;
let value: usize = 0;
let variance: usize = 0;
let weight: usize = 0;

let minLeafWeight: f64 = 0;
let lambda: f64 = 0;
let minGain: f64 = 0;
let maxDepth: f64 = 0;
let wanted: i32 = 0;

/** Where everything lies that a tree is grown from; open has room for four whole numbers a row and eight more. */
export function seatTrees(
  rowsAt: usize, spareAt: usize, tAt: usize, hAt: usize, openAt: usize, codesAt: usize, binCountsAt: usize, featuresAt: usize,
  gainsAt: usize, leafOfRowAt: usize, foundAt: usize, rowCount: i32, columnCount: i32,
): void {
  rows = rowsAt;
  spare = spareAt;
  t = tAt;
  h = hAt;
  open = openAt;
  codes = codesAt;
  binCounts = binCountsAt;
  features = featuresAt;
  gains = gainsAt;
  leafOfRow = leafOfRowAt;
  found = foundAt;
  n = rowCount;
  d = columnCount;
}

/** Where the nodes of a tree go. */
export function seatNodes(
  featureAt: usize, leftAt: usize, lastAt: usize, nextAt: usize, heavyAt: usize, valueAt: usize, varianceAt: usize, weightAt: usize,
): void {
  feature = featureAt;
  leftChild = leftAt;
  lastBin = lastAt;
  nextBin = nextAt;
  heavyLeft = heavyAt;
  value = valueAt;
  variance = varianceAt;
  weight = weightAt;
}

export function ruleTrees(leastWeight: f64, penalty: f64, leastGain: f64, deepest: f64, featuresPerSplit: i32): void {
  minLeafWeight = leastWeight;
  lambda = penalty;
  minGain = leastGain;
  maxDepth = deepest;
  wanted = featuresPerSplit;
}

// @ts-ignore: decorator
@inline function push(at: usize, node: i32, start: i32, end: i32, depth: i32): usize {
  store<i32>(at, node);
  store<i32>(at, start, 4);
  store<i32>(at, end, 8);
  store<i32>(at, depth, 12);
  return at + 16;
}

/** Grows a tree on the first `count` of the rows, whose nodes are counted from `root`; returns how many it has. */
export function growTree(count: i32, root: i32): i32 {
  let nodes = 1;
  let top = push(open, 0, 0, count, 0);
  while (top > open) {
    top -= 16;
    const node = load<i32>(top), start = load<i32>(top, 4), end = load<i32>(top, 8), depth = load<i32>(top, 12);
    const rowsAt = rows + ((<usize>start) << 2);
    const size = end - start;
    const first = load<f64>(t + ((<usize>load<u32>(rowsAt)) << 3));
    const shift = lambda == 0 ? first : 0;
    let varies = 0;
    let sum: f64, all: f64, squares: f64;
    if (size == 1) {
      all = load<f64>(h + ((<usize>load<u32>(rowsAt)) << 3));
      sum = all * (first - shift);
      squares = sum * (first - shift);
    } else {
      varies = gather(rowsAt, size, t, h, shift);
      sum = load<f64>(found);
      all = load<f64>(found, 8);
      squares = load<f64>(found, 16);
    }
    const said = sum / (all + lambda);
    const inFour = (<usize>node) << 2, inEight = (<usize>node) << 3;
    store<f64>(weight + inEight, all);
    if (varies && <f64>depth < maxDepth && all >= 2 * minLeafWeight &&
      searchNode(rowsAt, size, sum, all, codes, n, binCounts, features, d, wanted)) {
      const gain = load<f64>(found) - (2 * sum - (all + lambda) * said) * said;
      if (!(minGain > 0 && gain < minGain)) {
        const j = <i32>load<f64>(found, 40);
        const gainAt = gains + ((<usize>j) << 3);
        store<f64>(gainAt, load<f64>(gainAt) + max<f64>(0, gain));
        const last = <i32>load<f64>(found, 24);
        store<i32>(feature + inFour, j);
        store<i32>(leftChild + inFour, root + nodes);
        store<i32>(lastBin + inFour, last);
        store<i32>(nextBin + inFour, <i32>load<f64>(found, 32));
        store<u8>(heavyLeft + <usize>node, u8(2 * load<f64>(found, 16) >= all));
        store<f64>(value + inEight, 0);
        store<f64>(variance + inEight, 0);
        const column = codes + (<usize>j * <usize>n << 1);
        const middle = start + divideRows(column, 1, last, rowsAt, size, spare);
        top = push(top, nodes + 1, middle, end, depth + 1);
        top = push(top, nodes, start, middle, depth + 1);
        nodes += 2;
        continue;
      }
    }
    store<i32>(feature + inFour, -1);
    store<i32>(leftChild + inFour, root + node);
    store<u8>(heavyLeft + <usize>node, 0);
    store<f64>(value + inEight, said + shift);
    store<f64>(variance + inEight, max<f64>(0, (squares - (2 * sum - all * said) * said) / all));
    for (let i = start; i < end; i++)
      store<i32>(leafOfRow + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 2), root + node);
  }
  return nodes;
}
