/**
 * Trees as flat arrays, all nodes of all trees one after another; the children of a node lie side by side. Node k: `feature[k]` ≥ 0 sends x left
 * where x[feature] ≤ `threshold[k]`, or, in a categorical column, where `sets[threshold[k]]` has its category; a leaf has feature −1.
 * A missing value, an unknown category included, goes left where `gapsLeft[k]` is 1.
 */
import { InvalidArgumentError, matrix, type Matrix } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom, numbersFrom, numbersToJson } from '../json.js';
import { binBelow, thresholdBetween, type Columns } from './columns.js';

const { isNaN } = Number;
const { ceil, max } = Math;

export interface Trees {
  /** The root of each tree, and the number of all nodes (T + 1). */
  readonly start: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** The left child; the right one follows it. A leaf names itself. */
  readonly left: Int32Array;
  readonly gapsLeft: Uint8Array;
  /** What a leaf says; 0 in other nodes. */
  readonly value: Float64Array;
  /** Weighted variance of the responses in a leaf; 0 in other nodes. */
  readonly variance: Float64Array;
  /** Weight of the rows in the node. */
  readonly weight: Float64Array;
  /** Bit c of a set is the category number c of its column. */
  readonly sets: readonly Uint32Array[];
  /** Of each column its categories, ascending; undefined for columns of numbers. */
  readonly categories: readonly (Float64Array | undefined)[];
}

export function treeCount(trees: Trees): number {
  return trees.start.length - 1;
}

/** Whether the lock-step descent, which knows numbers only, can be used. */
export function hasCategories({ categories }: Trees): boolean {
  return categories.some((list) => list !== undefined);
}

/** X with the number of each category in place of the category, NaN for one that training did not have. */
export function codeCategories({ categories }: Trees, X: Matrix): Matrix {
  const coded = matrix(X.rows, X.cols, X.data.slice());
  categories.forEach((list, j) => {
    if (list === undefined) return;
    for (let at = j; at < coded.data.length; at += X.cols) {
      const value = coded.data[at]!;
      const code = binBelow(list, value);
      coded.data[at] = list[code] === value ? code : NaN;
    }
  });
  return coded;
}

/** The leaf of tree t for the row at `offset` of `x`, whose categories have been coded. */
export function leafAt(trees: Trees, t: number, x: Float64Array, offset: number): number {
  const { feature, left } = trees;
  let node = trees.start[t]!;
  for (let j = feature[node]!; j >= 0; j = feature[node]!)
    node = goesLeft(trees, node, x[offset + j]!) ? left[node]! : left[node]! + 1;
  return node;
}

/** Where `value` of the feature that the node splits goes. */
export function goesLeft(trees: Trees, node: number, value: number): boolean {
  const { feature, threshold, gapsLeft, sets, categories } = trees;
  if (isNaN(value)) return gapsLeft[node] === 1;
  if (categories[feature[node]!] !== undefined) return hasBit(sets[threshold[node]!]!, value);
  return value <= threshold[node]!;
}

export function hasBit(set: Uint32Array, bit: number): boolean {
  return ((set[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
}

/** The nodes of one tree on columns of numbers, each split between two bins of its column. */
export interface GrownNodes {
  readonly feature: Int32Array;
  readonly left: Int32Array;
  readonly lastBin: Int32Array;
  readonly nextBin: Int32Array;
  readonly gapsLeft: Uint8Array;
  readonly value: Float64Array;
  readonly variance: Float64Array;
  readonly weight: Float64Array;
}

/** Collects the nodes of trees as they are grown. */
export class TreeWriter {
  private readonly start: number[] = [];
  private used = 0;
  private feature = new Int32Array(1024);
  private threshold = new Float64Array(1024);
  private left = new Int32Array(1024);
  private gapsLeft = new Uint8Array(1024);
  private value = new Float64Array(1024);
  private variance = new Float64Array(1024);
  private weight = new Float64Array(1024);
  private readonly sets: Uint32Array[] = [];

  private readonly categories: Trees['categories'];

  /** Room is made at once for as many trees as are expected. */
  constructor(
    { columns }: Columns,
    private readonly expectedTrees = 1,
  ) {
    this.categories = columns.map(({ categorical, low }) => (categorical ? low : undefined));
  }

  /** The number of all nodes so far, which is the next tree's root. */
  get size(): number {
    return this.used;
  }

  beginTree(): number {
    const root = this.addNodes(1);
    this.start.push(root);
    return root;
  }

  /** The first of `count` new leaves. */
  addNodes(count: number): number {
    const first = this.used;
    this.makeRoom(count);
    for (let node = first; node < this.used; node++) {
      this.feature[node] = -1;
      this.left[node] = node;
    }
    return first;
  }

  private makeRoom(count: number): void {
    this.used += count;
    if (this.used <= this.feature.length) return;
    const likely = ceil((1.05 * this.used * this.expectedTrees) / max(1, this.start.length));
    this.enlarge(max(likely, 2 * this.feature.length, 2 * count));
  }

  private enlarge(length: number): void {
    const longer = <A extends Int32Array | Uint8Array | Float64Array>(from: A, to: A) => {
      to.set(from);
      return to;
    };
    this.feature = longer(this.feature, new Int32Array(length));
    this.threshold = longer(this.threshold, new Float64Array(length));
    this.left = longer(this.left, new Int32Array(length));
    this.gapsLeft = longer(this.gapsLeft, new Uint8Array(length));
    this.value = longer(this.value, new Float64Array(length));
    this.variance = longer(this.variance, new Float64Array(length));
    this.weight = longer(this.weight, new Float64Array(length));
  }

  /** Gives the node two leaves, of which the first is returned. A categorical column is split by `set`, others by `threshold`. */
  split(node: number, feature: number, threshold: number, set: Uint32Array, gapsLeft: boolean): number {
    const categorical = this.categories[feature] !== undefined;
    this.feature[node] = feature;
    this.threshold[node] = categorical ? this.sets.push(set) - 1 : threshold;
    this.gapsLeft[node] = gapsLeft ? 1 : 0;
    const first = this.addNodes(2);
    this.left[node] = first;
    return first;
  }

  /** A whole tree: the first `count` of the given nodes, whose children are counted as they will stand here. */
  addGrown(grown: GrownNodes, count: number, { columns }: Columns): void {
    const root = this.used;
    this.start.push(root);
    this.makeRoom(count);
    const { feature, left, gapsLeft, value, variance, weight, lastBin, nextBin } = grown;
    this.feature.set(feature.subarray(0, count), root);
    this.left.set(left.subarray(0, count), root);
    this.gapsLeft.set(gapsLeft.subarray(0, count), root);
    this.value.set(value.subarray(0, count), root);
    this.variance.set(variance.subarray(0, count), root);
    this.weight.set(weight.subarray(0, count), root);
    for (let node = 0; node < count; node++) {
      const j = feature[node]!;
      if (j >= 0) this.threshold[root + node] = thresholdBetween(columns[j]!, lastBin[node]!, nextBin[node]!);
    }
  }

  setWeight(node: number, weight: number): void {
    this.weight[node] = weight;
  }

  setLeaf(node: number, value: number, variance: number): void {
    this.value[node] = value;
    this.variance[node] = variance;
  }

  setValue(node: number, value: number): void {
    this.value[node] = value;
  }

  valueOf(node: number): number {
    return this.value[node]!;
  }

  /** Where the last tree's nodes begin, and the end of them. */
  get lastTree(): { readonly from: number; readonly to: number } {
    return { from: this.start.at(-1) ?? 0, to: this.used };
  }

  /** Forgets all trees but the first `count`. */
  keepFirst(count: number): void {
    this.used = this.start[count] ?? this.used;
    this.start.length = Math.min(this.start.length, count);
  }

  /** The trees so far, to look at until the next one is begun. */
  current(): Trees {
    const { feature, threshold, left, gapsLeft, value, variance, weight, sets } = this;
    return {
      start: Int32Array.from(this.start),
      feature,
      threshold,
      left,
      gapsLeft,
      value,
      variance,
      weight,
      sets,
      categories: this.categories,
    };
  }

  finish(): Trees {
    const { used: size } = this;
    return {
      start: Int32Array.from([...this.start, size]),
      feature: this.feature.slice(0, size),
      threshold: this.threshold.slice(0, size),
      left: this.left.slice(0, size),
      gapsLeft: this.gapsLeft.slice(0, size),
      value: this.value.slice(0, size),
      variance: this.variance.slice(0, size),
      weight: this.weight.slice(0, size),
      sets: this.sets,
      categories: this.categories,
    };
  }
}

export function treesToJson(trees: Trees): Json {
  return {
    start: numbersToJson(trees.start),
    feature: numbersToJson(trees.feature),
    threshold: numbersToJson(trees.threshold),
    left: numbersToJson(trees.left),
    gapsLeft: numbersToJson(trees.gapsLeft),
    value: numbersToJson(trees.value),
    variance: numbersToJson(trees.variance),
    weight: numbersToJson(trees.weight),
    sets: trees.sets.map(numbersToJson),
    categories: trees.categories.map((list) => (list === undefined ? null : numbersToJson(list))),
  };
}

export function treesFrom(name: string, json: Json | undefined): Trees {
  const fields = fieldsFrom(name, json);
  const numbers = (field: string) => numbersFrom(`${name}.${field}`, fields[field]);
  const list = (field: string): readonly Json[] => {
    const values = fields[field];
    if (!Array.isArray(values)) throw new InvalidArgumentError(`${name}.${field}`, 'must be a list');
    return values as readonly Json[];
  };
  return {
    start: Int32Array.from(numbers('start')),
    feature: Int32Array.from(numbers('feature')),
    threshold: numbers('threshold'),
    left: Int32Array.from(numbers('left')),
    gapsLeft: Uint8Array.from(numbers('gapsLeft')),
    value: numbers('value'),
    variance: numbers('variance'),
    weight: numbers('weight'),
    sets: list('sets').map((set, k) => Uint32Array.from(numbersFrom(`${name}.sets[${k}]`, set))),
    categories: list('categories').map((values, j) =>
      values === null ? undefined : numbersFrom(`${name}.categories[${j}]`, values),
    ),
  };
}
