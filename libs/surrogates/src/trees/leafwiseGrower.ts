/**
 * Grows trees leaf by leaf, the most rewarding split of all first. Every leaf keeps its rows' sums by bin; of two siblings only the smaller is summed anew, the
 * other is what the parent has left.
 */
import type { Columns } from './columns.js';
import { SplitFinder, type SplitRules } from './splitFinder.js';
import { hasBit, type TreeWriter } from './trees.js';
import type { Words } from './words.js';

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
}

export class LeafwiseGrower {
  private readonly finder: SplitFinder;
  private readonly codes: Uint8Array;
  private readonly stride: number;
  private readonly rows: Int32Array;
  private readonly movedRight: Int32Array;
  private readonly ht: Float64Array;
  private readonly h: Float64Array;
  private readonly spare: Float64Array[] = [];
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
    this.codes = Uint8Array.from(columns.codes);
    this.stride = columns.columns.reduce((most, { bins }) => max(most, bins + 1), 0);
    this.rows = new Int32Array(n);
    this.movedRight = new Int32Array(n);
    this.ht = new Float64Array(n);
    this.h = new Float64Array(n);
    this.gains = new Float64Array(d);
    this.leafOfRow = new Int32Array(n);
  }

  /** One tree on the rows of weight above 0; target t (n), weight h (n). */
  grow(t: Float64Array, h: Float64Array, _words: Words, into: TreeWriter): void {
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
    let sum = 0;
    let weight = 0;
    for (let k = 0; k < end; k++) {
      sum += this.ht[k]!;
      weight += this.h[k]!;
    }
    return this.judged({ node, start: 0, end, depth: 0, sum, weight, low: -Infinity, high: Infinity, sums });
  }

  private divide(leaf: Leaf, split: Split, t: Float64Array, h: Float64Array, into: TreeWriter): [Leaf, Leaf] {
    const { start, end, low, high } = leaf;
    const middle = this.partition(leaf, split);
    const { categorical } = this.columns.columns[split.feature]!;
    this.gains[split.feature] = this.gains[split.feature]! + split.gain;
    into.setWeight(leaf.node, leaf.weight);
    const node = into.split(
      leaf.node,
      split.feature,
      categorical ? split.set : split.threshold,
      split.gapsLeft,
    );
    const leftIsSmaller = middle - start <= end - middle;
    const smaller = leftIsSmaller ? this.sumRows(start, middle, t, h) : this.sumRows(middle, end, t, h);
    const larger = leaf.sums;
    for (let k = 0; k < larger.length; k++) larger[k] = larger[k]! - smaller[k]!;
    const [left, right] = this.totals(leaf, middle, t, h);
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

  /** Σht and Σh of both sides, each over its own rows. */
  private totals({ start, end }: Leaf, middle: number, t: Float64Array, h: Float64Array) {
    const over = (from: number, to: number) => {
      let sum = 0;
      let weight = 0;
      for (let i = from; i < to; i++) {
        const row = this.rows[i]!;
        sum += h[row]! * t[row]!;
        weight += h[row]!;
      }
      return { sum, weight };
    };
    return [over(start, middle), over(middle, end)] as const;
  }

  private valueOf({ sum, weight, low, high }: Pick<Leaf, 'sum' | 'weight' | 'low' | 'high'>): number {
    return min(high, max(low, sum / (weight + this.rules.lambda)));
  }

  /** The leaf with the best split that it allows. */
  private judged(leaf: Omit<Leaf, 'split'>): Leaf {
    const { finder, rules, stride } = this;
    const { sum, weight, start, end, depth } = leaf;
    if (depth >= rules.maxDepth || weight < 2 * rules.minLeafWeight * (1 - 1e-12) || end - start < 2)
      return { ...leaf, split: undefined };
    finder.begin(sum, weight, leaf.low, leaf.high);
    for (let j = 0; j < this.columns.d; j++) finder.considerSums(j, leaf.sums, 2 * stride * j);
    const value = this.valueOf(leaf);
    const gain = finder.worth - (2 * sum - (weight + rules.lambda) * value) * value;
    // What rounding alone may bring is no gain.
    if (finder.feature < 0 || gain <= max(rules.minGain, 1e-12 * finder.worth))
      return { ...leaf, split: undefined };
    const { feature, cut, threshold, set, gapsLeft } = finder;
    return { ...leaf, split: { gain, feature, cut, threshold, set, gapsLeft } };
  }

  private sumRows(start: number, end: number, t: Float64Array, h: Float64Array): Float64Array {
    const { rows, ht, h: own, stride } = this;
    const { d, n } = this.columns;
    const sums = this.spare.pop()?.fill(0) ?? new Float64Array(2 * stride * d);
    let even = true;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i]!;
      const mine = h[row]!;
      own[k] = mine;
      ht[k] = mine * t[row]!;
      if (mine !== 1) even = false;
    }
    for (let j = 0; j < d; j++) {
      if (even) this.sumEvenColumn(j * n, start, end, sums, 2 * stride * j);
      else this.sumColumn(j * n, start, end, sums, 2 * stride * j);
    }
    return sums;
  }

  private sumColumn(column: number, start: number, end: number, sums: Float64Array, at: number): void {
    const { codes, rows, ht, h } = this;
    for (let i = start, k = 0; i < end; i++, k++) {
      const bin = at + 2 * codes[column + rows[i]!]!;
      sums[bin] = sums[bin]! + ht[k]!;
      sums[bin + 1] = sums[bin + 1]! + h[k]!;
    }
  }

  /** Where all rows weigh 1, weights need only be counted. */
  private sumEvenColumn(column: number, start: number, end: number, sums: Float64Array, at: number): void {
    const { codes, rows, ht } = this;
    for (let i = start, k = 0; i < end; i++, k++) {
      const bin = at + 2 * codes[column + rows[i]!]!;
      sums[bin] = sums[bin]! + ht[k]!;
      sums[bin + 1] = sums[bin + 1]! + 1;
    }
  }

  private partition({ start, end }: Leaf, { feature, cut, set, gapsLeft }: Split): number {
    const { rows, movedRight, codes } = this;
    const { bins, categorical } = this.columns.columns[feature]!;
    const at = feature * this.columns.n;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const code = codes[at + row]!;
      let goesLeft: boolean;
      if (code === bins) goesLeft = gapsLeft;
      else if (categorical) goesLeft = hasBit(set, code);
      else goesLeft = code <= cut;
      if (goesLeft) rows[left++] = row;
      else movedRight[right++] = row;
    }
    rows.set(movedRight.subarray(0, right), left);
    return left;
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
