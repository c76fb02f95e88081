import { describe, expect, it } from '@jest/globals';
import { matrix, Philox } from '@ionloop/linalg';
import { cutToClusters, ward } from '@ionloop/surrogates/analysis';
import { resultTree, type ResultTree } from '../src/analysis/tree.js';

function drawn(rows: number) {
  const rng = Philox.fromSeed(`tree ${rows}`);
  const X = matrix(rows, 3);
  for (let i = 0; i < X.data.length; i++) X.data[i] = rng.uniform();
  return X;
}
const numbersOf = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => 10 + i);

/** The experiments under each node, leaves first. */
function under({ leaves, merges }: ResultTree): readonly (readonly number[])[] {
  const nodes = leaves.map(({ numbers }) => numbers);
  for (const { left, right } of merges) nodes.push([...nodes[left]!, ...nodes[right]!]);
  return nodes;
}

describe('a tree of results', () => {
  it('is that of Ward’s rule, each result a leaf, where there are few', () => {
    const X = drawn(12);
    const tree = resultTree(X, numbersOf(12))!;
    expect(tree.leaves.map(({ numbers }) => numbers)).toEqual(numbersOf(12).map((number) => [number]));
    expect(tree.merges).toEqual(ward(X).merges.map(({ left, right, height }) => ({ left, right, height })));
  });

  it('is the top of that tree where there are many: its leaves are the clusters of the cut', () => {
    const X = drawn(200);
    const tree = resultTree(X, numbersOf(200))!;
    expect([tree.leaves.length, tree.merges.length]).toEqual([60, 59]);
    const clusters = cutToClusters(ward(X), 60);
    tree.leaves.forEach(({ numbers }, leaf) => {
      expect(numbers).toEqual(numbersOf(200).filter((_, row) => clusters[row] === leaf));
    });
    const heights = tree.merges.map(({ height }) => height);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect([...under(tree).at(-1)!].sort((a, b) => a - b)).toEqual(numbersOf(200));
    // The last cut but one leaves two branches, which are the two clusters of the whole.
    const [left, right] = [tree.merges.at(-1)!.left, tree.merges.at(-1)!.right].map(
      (node) => under(tree)[node]!.length,
    );
    const two = cutToClusters(ward(X), 2);
    const first = two.filter((cluster) => cluster === 0).length;
    expect([left!, right!].sort((a, b) => b - a)).toEqual([first, 200 - first]);
  });

  it('is none of one result, and of more than can be held against each other', () => {
    expect(resultTree(drawn(1), [1])).toBeNull();
    expect(resultTree(matrix(3001, 1), numbersOf(3001))).toBeNull();
  });
});
