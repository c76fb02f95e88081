import type { Matrix } from '@ionloop/linalg';
import { cutToClusters, type Merge, ward } from '@ionloop/surrogates/analysis';

/** How results join, the nearest first: the top of the tree by Ward's rule, in the space as models see it. */
export interface ResultTree {
  /** Numbered from 0; one experiment each, or of very many those that are nearest to each other. */
  readonly leaves: readonly TreeLeaf[];
  /** By rising height; merge i makes number leaves + i. */
  readonly merges: readonly Pick<Merge, 'left' | 'right' | 'height'>[];
}

export interface TreeLeaf {
  /** The experiments in it. */
  readonly numbers: readonly number[];
}

/** So many leaves are told from each other by eye. */
const mostLeaves = 60;
/** The distances of all pairs take 36 MB. */
const mostResults = 3000;

/** Null where there are too few to join, or too many to hold all their distances. */
export function resultTree(X: Matrix, numbers: readonly number[]): ResultTree | null {
  const n = X.rows;
  if (n < 2 || n > mostResults) return null;
  const tree = ward(X);
  const count = Math.min(n, mostLeaves);
  const leafOf = count === n ? Array.from({ length: n }, (_, i) => i) : cutToClusters(tree, count);
  const leaves = Array.from({ length: count }, () => [] as number[]);
  leafOf.forEach((leaf, row) => leaves[leaf]!.push(numbers[row]!));
  // A cluster of the whole tree as one of the leaves and what is made of them.
  const known = new Map<number, number>(leafOf.map((leaf, row) => [row, leaf]));
  const merges: ResultTree['merges'][number][] = [];
  tree.merges.forEach(({ left, right, height }, i) => {
    const [a, b] = [known.get(left)!, known.get(right)!];
    if (i < n - count) {
      known.set(n + i, a);
      return;
    }
    merges.push({ left: Math.min(a, b), right: Math.max(a, b), height });
    known.set(n + i, count + merges.length - 1);
  });
  return { leaves: leaves.map((own) => ({ numbers: own })), merges };
}
