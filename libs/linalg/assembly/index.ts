// The numerical core as one module. Matrices are row-major doubles, padded to a multiple of 4; addresses are 16-byte aligned.
export { cholesky } from './cholesky';
export {
  invertTriangle,
  minusGramOfInverse,
  packTriangle,
  solveBackward,
  solveForward,
  solveStrips,
} from './triangle';
export { subtractStrips } from './product';
export { expEach, logEach } from './exp';

/** The first byte that is free for callers. */
export function heapBase(): usize {
  return __heap_base;
}
export {
  contract,
  contractStrips,
  covarianceStrips,
  covarianceWithin,
  finishCovariance,
  likelihoodWeights,
  shape,
  weighStrips,
} from './covariance';
export { addEach, dotEach, dotLower, multiplyEach } from './vectors';
