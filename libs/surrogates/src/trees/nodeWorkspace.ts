/** The arrays that trees are grown in node by node, and where the kernel that grows whole trees finds them. */
import type { Columns } from './columns.js';
import type { GrowthRules } from './nodeGrower.js';
import type { Kernels, Workspace } from './workspace.js';

const { max } = Math;

export type NodeArrays = Workspace<ReturnType<typeof nodeShape>>['arrays'];

export function nodeShape({ n, d, columns }: Columns) {
  const bins = columns.reduce((most, column) => max(most, column.bins + 1), 0);
  return {
    codes: ['u16', d * n],
    binCounts: ['i32', d],
    features: ['i32', d],
    words: ['i32', 4],
    t: ['f64', n],
    h: ['f64', n],
    /** Rows of the tree; every node's lie together. */
    rows: ['i32', n],
    spareRows: ['i32', n],
    /** Of the node in work, by place: h·(t − shift) and h, in turn. */
    pairs: ['f64', 2 * n],
    bins: ['f64', 2 * bins],
    occupied: ['i32', (bins >>> 5) + 1],
    /** Of few rows: in their order, and sorted. */
    keys: ['i32', 64],
    /** Up to each bin that has rows. */
    prefixes: ['f64', 2 * bins + 2],
    foundBins: ['i32', bins + 1],
    /** What a kernel found. */
    found: ['f64', 6],
    leafOfRow: ['i32', n],
    gains: ['f64', d],
    /** Four to a node that is yet to be split. */
    open: ['i32', 4 * n + 8],
    /** Of the nodes of a whole tree. */
    feature: ['i32', 2 * n],
    left: ['i32', 2 * n],
    lastBin: ['i32', 2 * n],
    nextBin: ['i32', 2 * n],
    gapsLeft: ['u8', 2 * n],
    value: ['f64', 2 * n],
    variance: ['f64', 2 * n],
    weight: ['f64', 2 * n],
  } as const;
}

/** For `growTree`. */
export function seatTrees(
  kernels: Kernels,
  arrays: NodeArrays,
  { n, d }: Columns,
  { lambda, minGain, maxDepth, featuresPerSplit }: GrowthRules,
  minLeafWeight: number,
): void {
  kernels.seatTrees(
    arrays.rows.byteOffset,
    arrays.spareRows.byteOffset,
    arrays.t.byteOffset,
    arrays.h.byteOffset,
    arrays.open.byteOffset,
    arrays.codes.byteOffset,
    arrays.binCounts.byteOffset,
    arrays.features.byteOffset,
    arrays.gains.byteOffset,
    arrays.leafOfRow.byteOffset,
    arrays.found.byteOffset,
    n,
    d,
  );
  kernels.seatNodes(
    arrays.feature.byteOffset,
    arrays.left.byteOffset,
    arrays.lastBin.byteOffset,
    arrays.nextBin.byteOffset,
    arrays.gapsLeft.byteOffset,
    arrays.value.byteOffset,
    arrays.variance.byteOffset,
    arrays.weight.byteOffset,
  );
  kernels.ruleTrees(minLeafWeight, lambda, minGain, maxDepth, featuresPerSplit);
}
