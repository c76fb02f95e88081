// The hot loops of trees. Each has a twin in src/trees that does the same operations in the same order, so both give the same bits.
export { addMoments, addValues, descend } from './descend';
export { beginNode, configure, considerColumn, gather } from './nodeSplit';
export { growTree, ruleTrees, seatNodes, seatTrees } from './growTree';
export { searchSums, subtractSums, sumColumns } from './histogram';
export { codeValues } from './code';
export { divideRows } from './divide';
export { sortDoubles } from './sort';
export { seatWords } from './words';

/** The first byte that is free for callers. */
export function heapBase(): usize {
  return __heap_base;
}
