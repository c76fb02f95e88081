/** Grows trees node by node, the left branch first: every split looks at some or all features of the node's own rows. */
import { requireCount } from '@ionloop/linalg';
import type { Columns } from './columns.js';
import { divideRows } from './divideRows.js';
import { nodeShape, seatTrees, type NodeArrays } from './nodeWorkspace.js';
import { SplitFinder, type SplitRules } from './splitFinder.js';
import type { TreeWriter } from './trees.js';
import type { Words } from './words.js';
import { openWorkspace, type Kernels } from './workspace.js';

const { min, max } = Math;

export interface GrowthRules extends SplitRules {
  readonly maxDepth: number;
  /** A split must lower Σh(t − v)² + λv² by at least this. */
  readonly minGain: number;
  readonly featuresPerSplit: number;
  /** One threshold a feature, drawn at random, in place of the best one. */
  readonly randomThresholds: boolean;
}

/** A node that may yet be split: its rows are rows[start … end), and what is said below it lies between low and high. */
interface Open {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly low: number;
  readonly high: number;
}

export class NodeGrower {
  private readonly finder: SplitFinder;
  private readonly arrays: NodeArrays;
  private readonly kernels: Kernels | undefined;
  /** Whether the kernels can grow whole trees. */
  private readonly allPlain: boolean;
  /** Gives back the memory that trees were grown in. */
  readonly close: () => void;
  /** The drop that each feature's splits brought, over all trees so far (d). */
  readonly gains: Float64Array;
  /** The leaf of every row of the last tree, until `close`. */
  readonly leafOfRow: Int32Array;

  // Of the node in work: Σht, Σh and Σht², with t counted from `shift`.
  private shift = 0;
  private sum = 0;
  private weight = 0;
  private squares = 0;
  private varies = false;

  constructor(
    private readonly columns: Columns,
    private readonly rules: GrowthRules,
  ) {
    requireCount('featuresPerSplit', rules.featuresPerSplit, 1);
    this.finder = new SplitFinder(columns, rules);
    const { arrays, kernels, close } = openWorkspace(nodeShape(columns));
    this.arrays = arrays;
    this.kernels = kernels;
    this.close = close;
    this.allPlain = !rules.randomThresholds && columns.columns.every((_, j) => this.finder.isPlain(j));
    arrays.codes.set(columns.codes);
    columns.columns.forEach(({ bins }, j) => {
      arrays.binCounts[j] = bins;
      arrays.features[j] = j;
    });
    this.gains = new Float64Array(columns.d);
    this.leafOfRow = arrays.leafOfRow;
    this.configure();
  }

  private configure(): void {
    const { pairs, bins, occupied, keys, prefixes, foundBins, found, words } = this.arrays;
    this.kernels?.configure(
      pairs.byteOffset,
      bins.byteOffset,
      occupied.byteOffset,
      keys.byteOffset,
      prefixes.byteOffset,
      foundBins.byteOffset,
      found.byteOffset,
      this.finder.minLeafWeight,
      this.rules.lambda,
    );
    this.kernels?.seatWords(words.byteOffset);
    if (this.kernels !== undefined && this.allPlain)
      seatTrees(this.kernels, this.arrays, this.columns, this.rules, this.finder.minLeafWeight);
  }

  /** One tree on the rows of weight above 0; target t (n), weight h (n). */
  grow(t: Float64Array, h: Float64Array, words: Words, into: TreeWriter): void {
    const { arrays } = this;
    arrays.t.set(t);
    arrays.h.set(h);
    arrays.words.set(words.state);
    let count = 0;
    for (let i = 0; i < h.length; i++) if (h[i]! > 0) arrays.rows[count++] = i;
    if (this.kernels !== undefined && this.allPlain) {
      const size = this.kernels.growTree(count, into.size);
      into.addGrown(arrays, size, this.columns);
      this.gains.set(arrays.gains);
      words.state.set(arrays.words);
      return;
    }
    const open: Open[] = [
      { node: into.beginTree(), start: 0, end: count, depth: 0, low: -Infinity, high: Infinity },
    ];
    const seated = words.on(arrays.words);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!this.split(next, seated, into, open)) this.finish(next, into);
    }
    words.state.set(arrays.words);
  }

  /** False where the node stays a leaf; else its children are opened. */
  private split(at: Open, words: Words, into: TreeWriter, open: Open[]): boolean {
    const { node, start, end, depth, low, high } = at;
    const { rules, finder } = this;
    this.gather(start, end);
    const { sum, weight, shift } = this;
    into.setWeight(node, weight);
    if (!this.varies || depth >= rules.maxDepth || weight < 2 * finder.minLeafWeight) return false;
    finder.begin(sum, weight, low - shift, high - shift);
    this.search(start, end, words);
    if (finder.feature < 0) return false;
    const value = this.valueWithin(low, high);
    const gain = finder.worth - (2 * sum - (weight + rules.lambda) * value) * value;
    if (rules.minGain > 0 && gain < rules.minGain) return false;
    const j = finder.feature;
    this.gains[j] = this.gains[j]! + max(0, gain);
    const middle = divideRows(this.columns, finder, this.arrays, start, end, this.kernels);
    const left = into.split(node, j, finder.threshold, finder.set, finder.gapsLeft);
    const sign = rules.monotone?.[j] ?? 0;
    const between = sign === 0 ? 0 : this.middleOfChildren(start, middle, end, low, high);
    const below = depth + 1;
    open.push({
      node: left + 1,
      start: middle,
      end,
      depth: below,
      low: sign > 0 ? between : low,
      high: sign < 0 ? between : high,
    });
    open.push({
      node: left,
      start,
      end: middle,
      depth: below,
      low: sign < 0 ? between : low,
      high: sign > 0 ? between : high,
    });
    return true;
  }

  private finish({ node, start, end, low, high }: Open, into: TreeWriter): void {
    const { sum, weight, squares, shift, leafOfRow } = this;
    const { rows } = this.arrays;
    const value = this.valueWithin(low, high);
    into.setLeaf(node, value + shift, max(0, (squares - (2 * sum - weight * value) * value) / weight));
    for (let i = start; i < end; i++) leafOfRow[rows[i]!] = node;
  }

  /** What the node would say, counted from `shift`. */
  private valueWithin(low: number, high: number): number {
    const { sum, weight, shift } = this;
    return min(high - shift, max(low - shift, sum / (weight + this.rules.lambda)));
  }

  /** Targets are counted from the first row's, so that equal ones give their value exactly; not where λ pulls to 0. */
  private gather(start: number, end: number): void {
    const { rows, pairs, t, h, found } = this.arrays;
    const first = t[rows[start]!]!;
    const shift = this.rules.lambda === 0 ? first : 0;
    this.shift = shift;
    if (end - start === 1) {
      const weight = h[rows[start]!]!;
      this.sum = weight * (first - shift);
      this.weight = weight;
      this.squares = this.sum * (first - shift);
      this.varies = false;
      return;
    }
    if (this.kernels !== undefined) {
      const at = rows.byteOffset + 4 * start;
      this.varies = this.kernels.gather(at, end - start, t.byteOffset, h.byteOffset, shift) === 1;
      this.sum = found[0]!;
      this.weight = found[1]!;
      this.squares = found[2]!;
      return;
    }
    let sum = 0;
    let weight = 0;
    let squares = 0;
    let varies = false;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i]!;
      const off = t[row]! - shift;
      const mine = h[row]!;
      const product = mine * off;
      pairs[2 * k] = product;
      pairs[2 * k + 1] = mine;
      weight += mine;
      sum += product;
      squares += product * off;
      if (t[row]! !== first) varies = true;
    }
    this.sum = sum;
    this.weight = weight;
    this.squares = squares;
    this.varies = varies;
  }

  /** Features that do not vary in the node do not count among those wanted. */
  private search(start: number, end: number, words: Words): void {
    const { rules, kernels, arrays } = this;
    const { d } = this.columns;
    const { features } = arrays;
    kernels?.beginNode(arrays.rows.byteOffset + 4 * start, end - start, this.sum, this.weight);
    let tried = 0;
    for (let q = 0; q < d && tried < rules.featuresPerSplit; q++) {
      words.swapIn(features, q, d);
      if (!this.consider(features[q]!, start, end, words)) continue;
      tried += 1;
      // Whatever tells two rows apart splits them alike, but for what monotone rules forbid.
      if (end - start === 2 && rules.monotone === undefined) break;
    }
  }

  private consider(j: number, start: number, end: number, words: Words): boolean {
    const { finder, kernels } = this;
    const { rows, pairs, codes, found } = this.arrays;
    if (this.rules.randomThresholds) return finder.considerRandom(j, rows, start, end, pairs, words);
    if (kernels === undefined || !finder.isPlain(j)) return finder.consider(j, rows, start, end, pairs);
    const at = codes.byteOffset + 2 * j * this.columns.n;
    const answer = kernels.considerColumn(at, this.columns.columns[j]!.bins, finder.worth);
    if (answer === 2) finder.takeFound(j, found);
    return answer > 0;
  }

  private middleOfChildren(start: number, middle: number, end: number, low: number, high: number): number {
    this.gather(start, middle);
    const left = this.shift + this.valueWithin(low, high);
    this.gather(middle, end);
    const right = this.shift + this.valueWithin(low, high);
    return (left + right) / 2;
  }
}
