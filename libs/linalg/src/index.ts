export { InvalidArgumentError, NotPositiveDefiniteError, OutOfMemoryError } from './errors.js';
export {
  fromRows,
  identity,
  matrix,
  row,
  selectRows,
  toRows,
  transpose,
  type Matrix,
} from './dense/matrix.js';
export {
  requireCols,
  requireCount,
  requireFinite,
  requireLength,
  requireNonzeroDiagonal,
  requireRows,
  requireSquare,
} from './dense/checks.js';
export { dot } from './dense/dot.js';
export {
  cholesky,
  choleskyAppend,
  choleskyInverse,
  choleskySolve,
  logdet,
  type Cholesky,
} from './dense/cholesky.js';
export { jitterLadder } from './dense/jitter.js';
export { triangularSolve } from './dense/triangular.js';
export { gemm, syrk } from './dense/gemm.js';
export { symmetricEigen, type SymmetricEigen } from './dense/symmetricEigen.js';
export { svd, type Svd } from './dense/svd.js';
export { partKinds, type CorePath, type PartKind } from './core/core.js';
export { coreStatus, onCore, type CoreStatus } from './core/select.js';
export {
  kernelParameters,
  layoutOf,
  requireKernel,
  singleKernel,
  type Coregion,
  type CoregionLayout,
  type Kernel,
  type KernelLayout,
  type KernelPart,
  type PartLayout,
  type TermLayout,
} from './gaussian/kernel.js';
export { coregionTable } from './gaussian/coregion.js';
export type { GaussianData } from './gaussian/data.js';
export { withMarginalLikelihood, type MarginalLikelihood, type RowNoise } from './gaussian/likelihood.js';
export { conditionGaussian, type Conditioned } from './gaussian/conditioned.js';
export {
  crossTimes,
  leaveOneOut,
  posteriorJoint,
  posteriorMarginals,
  posteriorMeans,
  priorVariances,
  solveConditioned,
  type GaussianMarginals,
} from './gaussian/posterior.js';
export { withGrowingGaussian, type GrowingGaussian } from './gaussian/growing.js';
export { kernelMatrix } from './gaussian/kernelMatrix.js';
export { conditionSparse, withSparseBound, type SparseConditioned } from './gaussian/sparse/bound.js';
export { sparseFactors, sparseJoint, sparseLeaveOneOut, sparseMarginals } from './gaussian/sparse/predict.js';
export { exp, expm1 } from './special/exp.js';
export { log, log1mexp, log1p } from './special/log.js';
export { cos, largestAngle, sin } from './special/trig.js';
export { erf, erfc, erfcx } from './special/erf.js';
export { logNormCdf, normCdf, normPdf, normQuantile } from './special/normal.js';
export { lgamma } from './special/lgamma.js';
export { Philox, philox4x32 } from './random/philox.js';
export { sobol } from './random/sobol.js';
export { largestSobolDimension } from './random/sobol-directions.js';
export { latinHypercube } from './random/latinHypercube.js';
export { lbfgsb, type LbfgsbProblem, type LbfgsbResult, type StopReason } from './optimise/lbfgsb.js';
export { nelderMead, type NelderMeadProblem, type NelderMeadResult } from './optimise/nelderMead.js';
export { goldenSection } from './optimise/goldenSection.js';
export { TopK, topK, type Best } from './select/topK.js';
export { effectiveSampleSize, rHat } from './sampling/diagnostics.js';
export { ellipticalSliceSample, type EllipticalSliceOptions } from './sampling/ellipticalSliceSample.js';
export { nuts, type NutsDraws, type NutsOptions } from './sampling/nuts.js';
export { type LogDensityWithGradient } from './sampling/trajectory.js';
export { sliceSample, type SliceDraws, type SliceOptions } from './sampling/sliceSample.js';
export { openPool, type Pool, type PoolOptions, type RunOptions } from './parallel/pool.js';
export { PoolClosedError } from './parallel/threads.js';
export { moved, type Moved, type Task, type Tasks } from './parallel/tasks.js';
export type { Likelihoods, Score } from './parallel/ownTasks.js';
