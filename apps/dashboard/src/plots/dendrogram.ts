/** A tree of results: leaves from 0, then what each merge made of two. */
export interface Tree {
  readonly leaves: readonly { readonly numbers: readonly number[] }[];
  readonly merges: readonly { readonly left: number; readonly right: number; readonly height: number }[];
}

export interface DrawnMerge {
  /** Where its two branches begin, and how far along they meet. */
  readonly from: readonly [Branch, Branch];
  readonly height: number;
  /** Of the rows of the two branches, the middle. */
  readonly row: number;
  readonly experiments: readonly number[];
}

export interface Branch {
  readonly height: number;
  readonly row: number;
}

export interface DrawnTree {
  /** Leaves in an order in which no branches cross. */
  readonly rows: readonly { readonly label: string; readonly experiments: readonly number[] }[];
  readonly merges: readonly DrawnMerge[];
}

const named = 3;

/** `12`, or of a leaf of several `12, 15, 31 and 8 more` */
export const leafLabel = (numbers: readonly number[]): string =>
  numbers.length <= named
    ? numbers.join(', ')
    : `${numbers.slice(0, named).join(', ')} and ${numbers.length - named} more`;

/** Where each branch is drawn. */
export function drawnTree({ leaves, merges }: Tree): DrawnTree {
  const order = leavesInOrder(leaves.length, merges);
  const rowOf = new Map(order.map((leaf, row) => [leaf, row]));
  const nodes: { row: number; height: number; experiments: readonly number[] }[] = leaves.map(
    ({ numbers }, i) => ({ row: rowOf.get(i) ?? 0, height: 0, experiments: numbers }),
  );
  const drawn = merges.map(({ left, right, height }): DrawnMerge => {
    const [a, b] = [nodes[left], nodes[right]];
    if (!a || !b) throw new Error(`merge of ${left} and ${right}, which are not there yet`);
    const experiments = [...a.experiments, ...b.experiments];
    const row = (a.row + b.row) / 2;
    nodes.push({ row, height, experiments });
    return { from: [a, b], height, row, experiments };
  });
  return {
    rows: order.map((leaf) => {
      const experiments = leaves[leaf]?.numbers ?? [];
      return { label: leafLabel(experiments), experiments };
    }),
    merges: drawn,
  };
}

function leavesInOrder(count: number, merges: Tree['merges']): readonly number[] {
  const order: number[] = [];
  const open = count === 0 ? [] : [count + merges.length - 1];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const merge = merges[node - count];
    if (merge) open.push(merge.right, merge.left);
    else order.push(node);
  }
  return order;
}
