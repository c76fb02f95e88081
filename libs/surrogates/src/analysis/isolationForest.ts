/**
 * Isolation forest (Liu, Ting and Zhou 2008): rows that random splits of X (n,d) set apart early are outliers. A tree splits a sample of ψ
 * rows at random columns and levels down to depth ⌈log₂ ψ⌉; h is how deep a row falls, c(ψ) how deep one falls on average, score = 2^(−E h/c(ψ)).
 */
import {
  exp,
  log,
  requireCols,
  requireCount,
  requireFinite,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import { requireTable } from './table.js';

const { min } = Math;
const ln2 = 0.6931471805599453;
const eulerGamma = 0.5772156649015329;

export interface IsolationOptions {
  /** 100 where it is left out. */
  readonly trees?: number;
  /** ψ; 256, or n where there are fewer rows, where it is left out. */
  readonly sample?: number;
  /** Rows (m,d) to be scored in place of those of X. */
  readonly at?: Matrix;
}

/** Nodes in one list: a node's children stand at `child` and `child + 1`; a leaf has column −1 and its depth in `level`. */
interface IsolationTree {
  readonly column: Int32Array;
  readonly level: Float64Array;
  readonly child: Int32Array;
}

/** A score in (0, 1) for each row: about 0.5 where nothing stands out, towards 1 for what is easily set apart. */
export function isolationScores(X: Matrix, rng: Philox, options: IsolationOptions = {}): number[] {
  requireTable('X', X, 2);
  const { trees = 100, at = X } = options;
  requireCount('options.trees', trees, 1);
  const sample = min(X.rows, options.sample ?? 256);
  requireCount('options.sample', sample, 2);
  requireCols('options.at', at, X.cols);
  requireFinite('options.at', at.data);
  const forest = Array.from({ length: trees }, (_, t) => isolationTree(X, sample, rng.split(`tree ${t}`)));
  const usual = averageDepth(sample);
  const depths = new Float64Array(at.rows);
  for (const tree of forest) addDepths(tree, at, depths);
  return Array.from(depths, (depth) => exp((-ln2 * (depth / trees)) / usual));
}

/** c(n), the mean depth of an unsuccessful search in a binary tree of n rows: 2(ln(n − 1) + γ) − 2(n − 1)/n. */
export function averageDepth(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (log(n - 1) + eulerGamma) - (2 * (n - 1)) / n;
}

function isolationTree(X: Matrix, sample: number, rng: Philox): IsolationTree {
  const deepest = ceilLog2(sample);
  const column: number[] = [-1];
  const level: number[] = [0];
  const child: number[] = [0];
  const grow = (node: number, rows: readonly number[], depth: number): void => {
    const split = depth < deepest && rows.length > 1 ? randomSplit(X, rows, rng) : undefined;
    if (!split) {
      level[node] = depth + averageDepth(rows.length);
      return;
    }
    const below = (row: number) => X.data[row * X.cols + split.column]! < split.level;
    const left = column.length;
    column[node] = split.column;
    level[node] = split.level;
    child[node] = left;
    column.push(-1, -1);
    level.push(0, 0);
    child.push(0, 0);
    grow(left, rows.filter(below), depth + 1);
    grow(
      left + 1,
      rows.filter((row) => !below(row)),
      depth + 1,
    );
  };
  grow(0, rng.choose(X.rows, sample), 0);
  return { column: Int32Array.from(column), level: Float64Array.from(level), child: Int32Array.from(child) };
}

/** A level between least and greatest of a random column that varies over the rows; undefined where none does. */
function randomSplit(
  X: Matrix,
  rows: readonly number[],
  rng: Philox,
): { readonly column: number; readonly level: number } | undefined {
  const untried = Array.from({ length: X.cols }, (_, j) => j);
  for (let left = X.cols; left > 0; left--) {
    const at = rng.integer(left);
    const column = untried[at]!;
    untried[at] = untried[left - 1]!;
    let least = Infinity;
    let greatest = -Infinity;
    for (const row of rows) {
      const value = X.data[row * X.cols + column]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    if (least < greatest) {
      const share = rng.uniform();
      const level = least * (1 - share) + greatest * share;
      // Rows below the level go left: at the least value itself none would.
      return { column, level: level > least && level <= greatest ? level : greatest };
    }
  }
  return undefined;
}

function addDepths({ column, level, child }: IsolationTree, X: Matrix, depths: Float64Array): void {
  const { rows, cols, data } = X;
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    let node = 0;
    let split = column[0]!;
    while (split >= 0) {
      node = child[node]! + (data[at + split]! < level[node]! ? 0 : 1);
      split = column[node]!;
    }
    depths[i] = depths[i]! + level[node]!;
  }
}

function ceilLog2(n: number): number {
  let depth = 0;
  for (let reach = 1; reach < n; reach *= 2) depth++;
  return depth;
}
