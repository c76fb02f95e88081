/** Grows trees node by node, the left branch first: every split looks at some or all features of the node's own rows. */
import { requireCount } from '@ionloop/linalg';
import { hasBit, type TreeWriter } from './trees.js';
import type { Columns } from './columns.js';
import { SplitFinder, type SplitRules } from './splitFinder.js';
import type { Words } from './words.js';

const { min, max } = Math;

export interface GrowthRules extends SplitRules {
  readonly maxDepth: number;
  /** A split must lower Σh(t − v)² + λv² by at least this. */
  readonly minGain: number;
  readonly featuresPerSplit: number;
  /** One threshold a feature, drawn at random, in place of the best one. */
  readonly randomThresholds: boolean;
}

export class NodeGrower {
  private readonly finder: SplitFinder;
  private readonly features: Int32Array;
  /** Rows of the tree; every node's lie together. */
  private readonly rows: Int32Array;
  private readonly movedRight: Int32Array;
  /** Of the node in work, by place: h·(t − shift) and h. */
  private readonly ht: Float64Array;
  private readonly h: Float64Array;
  /** The drop that each feature's splits brought, over all trees so far (d). */
  readonly gains: Float64Array;
  /** The leaf of every row of the last tree. */
  readonly leafOfRow: Int32Array;

  constructor(
    private readonly columns: Columns,
    private readonly rules: GrowthRules,
  ) {
    requireCount('featuresPerSplit', rules.featuresPerSplit, 1);
    this.finder = new SplitFinder(columns, rules);
    this.features = Int32Array.from({ length: columns.d }, (_, j) => j);
    this.rows = new Int32Array(columns.n);
    this.movedRight = new Int32Array(columns.n);
    this.ht = new Float64Array(columns.n);
    this.h = new Float64Array(columns.n);
    this.gains = new Float64Array(columns.d);
    this.leafOfRow = new Int32Array(columns.n);
  }

  /** One tree on the rows of weight above 0; target t (n), weight h (n). */
  grow(t: Float64Array, h: Float64Array, words: Words, into: TreeWriter): void {
    const { rows, rules } = this;
    let count = 0;
    for (let i = 0; i < h.length; i++) if (h[i]! > 0) rows[count++] = i;
    const root = into.beginTree();
    const open = [{ node: root, start: 0, end: count, depth: 0, low: -Infinity, high: Infinity }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, start, end, depth, low, high } = next;
      const { shift, sum, weight, squares, varies } = this.gather(start, end, t, h);
      into.setWeight(node, weight);
      const value = min(high - shift, max(low - shift, sum / (weight + rules.lambda)));
      const { finder } = this;
      if (
        varies &&
        depth < rules.maxDepth &&
        end - start > 1 &&
        weight >= 2 * rules.minLeafWeight * (1 - 1e-12)
      ) {
        finder.begin(sum, weight, low - shift, high - shift);
        this.search(start, end, words);
        const gain = finder.worth - (2 * sum - (weight + rules.lambda) * value) * value;
        if (finder.feature >= 0 && (rules.minGain === 0 || gain >= rules.minGain)) {
          const middle = this.partition(start, end);
          const j = finder.feature;
          this.gains[j] = this.gains[j]! + max(0, gain);
          const categorical = this.columns.columns[j]!.categorical;
          const left = into.split(node, j, categorical ? finder.set : finder.threshold, finder.gapsLeft);
          const sign = rules.monotone?.[j] ?? 0;
          const between = sign === 0 ? 0 : this.middleOfChildren(start, middle, end, t, h, low, high);
          open.push({
            node: left + 1,
            start: middle,
            end,
            depth: depth + 1,
            low: sign > 0 ? between : low,
            high: sign < 0 ? between : high,
          });
          open.push({
            node: left,
            start,
            end: middle,
            depth: depth + 1,
            low: sign < 0 ? between : low,
            high: sign > 0 ? between : high,
          });
          continue;
        }
      }
      into.setLeaf(node, value + shift, max(0, (squares - (2 * sum - weight * value) * value) / weight));
      for (let i = start; i < end; i++) this.leafOfRow[rows[i]!] = node;
    }
  }

  /** Sums over the node's rows. Targets are taken from the first one's, so that equal ones give their value exactly; not where λ pulls to 0. */
  private gather(start: number, end: number, t: Float64Array, h: Float64Array) {
    const { rows, ht, h: own } = this;
    const first = t[rows[start]!]!;
    const shift = this.rules.lambda === 0 ? first : 0;
    let sum = 0;
    let weight = 0;
    let squares = 0;
    let varies = false;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i]!;
      const off = t[row]! - shift;
      const mine = h[row]!;
      const product = mine * off;
      own[k] = mine;
      ht[k] = product;
      weight += mine;
      sum += product;
      squares += product * off;
      if (t[row]! !== first) varies = true;
    }
    return { shift, sum, weight, squares, varies };
  }

  /** Features that do not vary in the node do not count among those wanted. */
  private search(start: number, end: number, words: Words): void {
    const { features, finder, rows, ht, h, rules } = this;
    let tried = 0;
    for (let q = 0; q < features.length && tried < rules.featuresPerSplit; q++) {
      words.swapIn(features, q, features.length);
      const j = features[q]!;
      const varies = rules.randomThresholds
        ? finder.considerRandom(j, rows, start, end, ht, h, words)
        : finder.consider(j, rows, start, end, ht, h);
      if (varies) tried += 1;
    }
  }

  /** Rows that go left come first, each side in its order; returns where the right side begins. */
  private partition(start: number, end: number): number {
    const { rows, movedRight, finder } = this;
    const { codes, n, columns } = this.columns;
    const { bins, categorical } = columns[finder.feature]!;
    const at = finder.feature * n;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const code = codes[at + row]!;
      let goesLeft: boolean;
      if (code === bins) goesLeft = finder.gapsLeft;
      else if (categorical) goesLeft = hasBit(finder.set, code);
      else goesLeft = code <= finder.cut;
      if (goesLeft) rows[left++] = row;
      else movedRight[right++] = row;
    }
    rows.set(movedRight.subarray(0, right), left);
    return left;
  }

  private middleOfChildren(
    start: number,
    middle: number,
    end: number,
    t: Float64Array,
    h: Float64Array,
    low: number,
    high: number,
  ): number {
    const { lambda } = this.rules;
    const valueOf = (from: number, to: number) => {
      const { shift, sum, weight } = this.gather(from, to, t, h);
      return min(high, max(low, shift + sum / (weight + lambda)));
    };
    return (valueOf(start, middle) + valueOf(middle, end)) / 2;
  }
}
