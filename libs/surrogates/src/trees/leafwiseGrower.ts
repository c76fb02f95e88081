/**
 * Grows trees leaf by leaf, the most rewarding split of all first. Every leaf keeps its rows' sums by bin; of two siblings only the smaller is summed anew, the
 * other is what the parent has left.
 */
import type { Columns } from './columns.js';
import { SplitFinder, type SplitRules } from './splitFinder.js';
import { divideRows } from './divideRows.js';
import type { TreeWriter } from './trees.js';
import type { Words } from './words.js';
import { openWorkspace, type Kernels } from './workspace.js';

const { max, min } = Math;

export interface LeafwiseRules extends SplitRules {
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** A split must lower Σh(t − v)² + λv² by more than this. */
  readonly minGain: number;
}

interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sum: number;
  readonly weight: number;
  /** Bounds of what leaves below may say. */
  readonly low: number;
  readonly high: number;
  /** Of column j the bins' Σht and Σh, in turn, from 2·stride·j on. */
  readonly sums: Float64Array;
  readonly split: Split | undefined;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly cut: number;
  readonly threshold: number;
  readonly set: Uint32Array;
  readonly gapsLeft: boolean;
  readonly sumLeft: number;
  readonly weightLeft: number;
}

export class LeafwiseGrower {
  private readonly finder: SplitFinder;
  private readonly arrays: {
    readonly codes: Uint8Array;
    readonly rows: Int32Array;
    readonly spareRows: Int32Array;
    readonly t: Float64Array;
    readonly h: Float64Array;
  };
  private readonly codes: Uint8Array;
  private readonly stride: number;
  private readonly rows: Int32Array;
  /** Of the node in work, by place: ht and h, in turn. */
  private readonly pairs: Float64Array;
  private readonly spare: Float64Array[];
  private readonly kernels: Kernels | undefined;
  /** Bins of the columns that kernels can search, −1 for others. */
  private readonly plainBins: Int32Array;
  /** What a kernel found: see `searchSums`. */
  private readonly found: Float64Array;
  /** Gives back the memory that trees were grown in. */
  readonly close: () => void;
  /** The drop that each feature's splits brought, over all trees so far (d). */
  readonly gains: Float64Array;
  /** The leaf of every row of the last tree. */
  readonly leafOfRow: Int32Array;

  /** For columns of at most 255 bins. */
  constructor(
    private readonly columns: Columns,
    private readonly rules: LeafwiseRules,
  ) {
    const { n, d } = columns;
    this.finder = new SplitFinder(columns, rules);
    this.stride = columns.columns.reduce((most, { bins }) => max(most, bins + 1), 0);
    const size = 2 * this.stride * d;
    const slots = min(rules.maxLeaves, n);
    const { arrays, kernels, close } = openWorkspace({
      codes: ['u8', d * n],
      rows: ['i32', n],
      spareRows: ['i32', n],
      t: ['f64', n],
      h: ['f64', n],
      pairs: ['f64', 2 * n],
      sums: ['f64', slots * size],
      plainBins: ['i32', d],
      found: ['f64', 6],
    });
    arrays.codes.set(columns.codes);
    columns.columns.forEach(({ bins }, j) => (arrays.plainBins[j] = this.finder.isPlain(j) ? bins : -1));
    this.arrays = arrays;
    this.codes = arrays.codes;
    this.rows = arrays.rows;
    this.pairs = arrays.pairs;
    this.plainBins = arrays.plainBins;
    this.found = arrays.found;
    this.kernels = kernels;
    this.close = close;
    // The kernel that fills pairs also knows where nodes are searched: no such place is needed here.
    kernels?.configure(arrays.pairs.byteOffset, 0, 0, 0, 0, 0, arrays.found.byteOffset, 0, 0);
    this.spare = Array.from({ length: slots }, (_, k) => arrays.sums.subarray(k * size, (k + 1) * size));
    this.gains = new Float64Array(d);
    this.leafOfRow = new Int32Array(n);
  }

  /** One tree on the rows of weight above 0; target t (n), weight h (n). */
  grow(target: Float64Array, weight: Float64Array, _words: Words, into: TreeWriter): void {
    const { arrays } = this;
    arrays.t.set(target);
    arrays.h.set(weight);
    const { t, h } = arrays;
    const leaves = [this.plant(t, h, into.beginTree())];
    while (leaves.length < this.rules.maxLeaves) {
      let best = -1;
      leaves.forEach(({ split }, k) => {
        if (split !== undefined && split.gain > (leaves[best]?.split?.gain ?? -1)) best = k;
      });
      const leaf = leaves[best];
      if (leaf?.split === undefined) break;
      const [left, right] = this.divide(leaf, leaf.split, t, h, into);
      leaves[best] = left;
      leaves.push(right);
    }
    for (const leaf of leaves) this.finish(leaf, t, h, into);
  }

  private plant(t: Float64Array, h: Float64Array, node: number): Leaf {
    let end = 0;
    for (let i = 0; i < h.length; i++) if (h[i]! > 0) this.rows[end++] = i;
    const sums = this.sumRows(0, end, t, h);
    const { sum, weight } = this.total(0, end, t, h);
    return this.judged({ node, start: 0, end, depth: 0, sum, weight, low: -Infinity, high: Infinity, sums });
  }

  private divide(leaf: Leaf, split: Split, t: Float64Array, h: Float64Array, into: TreeWriter): [Leaf, Leaf] {
    const { start, end, low, high } = leaf;
    const isPlain = (j: number) => this.finder.isPlain(j);
    const middle = divideRows(this.columns, { ...split, isPlain }, this.arrays, start, end, this.kernels);
    this.gains[split.feature] = this.gains[split.feature]! + split.gain;
    into.setWeight(leaf.node, leaf.weight);
    const { feature, threshold, set, gapsLeft } = split;
    const node = into.split(leaf.node, feature, threshold, set, gapsLeft);
    const leftIsSmaller = middle - start <= end - middle;
    const smaller = leftIsSmaller ? this.sumRows(start, middle, t, h) : this.sumRows(middle, end, t, h);
    const larger = leaf.sums;
    this.subtract(larger, smaller);
    const left = { sum: split.sumLeft, weight: split.weightLeft };
    const right = { sum: leaf.sum - split.sumLeft, weight: leaf.weight - split.weightLeft };
    const sign = this.rules.monotone?.[split.feature] ?? 0;
    const between =
      sign === 0 ? 0 : (this.valueOf({ ...left, low, high }) + this.valueOf({ ...right, low, high })) / 2;
    const depth = leaf.depth + 1;
    return [
      this.judged({
        ...left,
        node,
        start,
        end: middle,
        depth,
        low: sign < 0 ? between : low,
        high: sign > 0 ? between : high,
        sums: leftIsSmaller ? smaller : larger,
      }),
      this.judged({
        ...right,
        node: node + 1,
        start: middle,
        end,
        depth,
        low: sign > 0 ? between : low,
        high: sign < 0 ? between : high,
        sums: leftIsSmaller ? larger : smaller,
      }),
    ];
  }

  /** Σht and Σh over a node's own rows. */
  private total(start: number, end: number, t: Float64Array, h: Float64Array) {
    let sum = 0;
    let weight = 0;
    for (let i = start; i < end; i++) {
      const row = this.rows[i]!;
      sum += h[row]! * t[row]!;
      weight += h[row]!;
    }
    return { sum, weight };
  }

  private subtract(from: Float64Array, less: Float64Array): void {
    if (this.kernels !== undefined)
      this.kernels.subtractSums(from.byteOffset, less.byteOffset, from.length / 2);
    else for (let k = 0; k < from.length; k++) from[k] = from[k]! - less[k]!;
  }

  private valueOf({ sum, weight, low, high }: Pick<Leaf, 'sum' | 'weight' | 'low' | 'high'>): number {
    return min(high, max(low, sum / (weight + this.rules.lambda)));
  }

  /** The leaf with the best split that it allows. */
  private judged(leaf: Omit<Leaf, 'split'>): Leaf {
    const { finder, rules } = this;
    const { sum, weight, start, end, depth } = leaf;
    if (depth >= rules.maxDepth || weight < 2 * rules.minLeafWeight * (1 - 1e-12) || end - start < 2)
      return { ...leaf, split: undefined };
    finder.begin(sum, weight, leaf.low, leaf.high);
    this.search(leaf.sums, sum, weight);
    const value = this.valueOf(leaf);
    const gain = finder.worth - (2 * sum - (weight + rules.lambda) * value) * value;
    // What rounding alone may bring is no gain.
    if (finder.feature < 0 || gain <= max(rules.minGain, 1e-12 * finder.worth))
      return { ...leaf, split: undefined };
    const { feature, cut, threshold, set, gapsLeft, sumLeft, weightLeft } = finder;
    return { ...leaf, split: { gain, feature, cut, threshold, set, gapsLeft, sumLeft, weightLeft } };
  }

  /** Columns of plain numbers first, then the others. */
  private search(sums: Float64Array, sum: number, weight: number): void {
    const { finder, plainBins, kernels, stride, found, rules } = this;
    const { d } = this.columns;
    if (kernels === undefined) {
      for (let j = 0; j < d; j++) if (plainBins[j]! >= 0) finder.considerPlainSums(j, sums, 2 * stride * j);
    } else {
      const { minLeafWeight } = finder;
      const better = kernels.searchSums(
        sums.byteOffset,
        stride,
        d,
        plainBins.byteOffset,
        sum,
        weight,
        minLeafWeight,
        rules.lambda,
        found.byteOffset,
      );
      if (better === 1) finder.takeFound(found[5]!, found);
    }
    for (let j = 0; j < d; j++) if (plainBins[j]! < 0) finder.considerSums(j, sums, 2 * stride * j);
  }

  private sumRows(start: number, end: number, t: Float64Array, h: Float64Array): Float64Array {
    const { rows, pairs, stride, codes, kernels } = this;
    const { d, n } = this.columns;
    const sums = this.spare.pop()!;
    if (kernels !== undefined) {
      const at = rows.byteOffset + 4 * start;
      kernels.gather(at, end - start, t.byteOffset, h.byteOffset, 0);
      kernels.sumColumns(codes.byteOffset, n, d, at, end - start, pairs.byteOffset, sums.byteOffset, stride);
    } else {
      for (let i = start, k = 0; i < end; i++, k++) {
        const row = rows[i]!;
        pairs[2 * k] = h[row]! * t[row]!;
        pairs[2 * k + 1] = h[row]!;
      }
      sums.fill(0);
      for (let j = 0; j < d; j++) this.sumColumn(j * n, start, end, sums, 2 * stride * j);
    }
    return sums;
  }

  private sumColumn(column: number, start: number, end: number, sums: Float64Array, at: number): void {
    const { codes, rows, pairs } = this;
    for (let i = start, k = 0; i < end; i++, k++) {
      const bin = at + 2 * codes[column + rows[i]!]!;
      sums[bin] = sums[bin]! + pairs[2 * k]!;
      sums[bin + 1] = sums[bin + 1]! + pairs[2 * k + 1]!;
    }
  }

  private finish(leaf: Leaf, t: Float64Array, h: Float64Array, into: TreeWriter): void {
    const { node, start, end, weight, sums } = leaf;
    const value = this.valueOf(leaf);
    let squares = 0;
    for (let i = start; i < end; i++) {
      const row = this.rows[i]!;
      const off = t[row]! - value;
      squares += h[row]! * off * off;
      this.leafOfRow[row] = node;
    }
    into.setWeight(node, weight);
    into.setLeaf(node, value, squares / weight);
    this.spare.push(sums);
  }
}
