export type {
  Capabilities,
  Classifier,
  ClassifierFactory,
  Diagnostics,
  GrowingSurrogate,
  Json,
  LabelledData,
  LeftOut,
  Metrics,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from './contract.js';
export { gaussianProcess, type GaussianProcessOptions } from './gaussian-process/gaussianProcess.js';
export { kernelNames, type KernelName } from './gaussian-process/kernels.js';
export { metricsOf } from './metrics.js';
export { randomForest, type RandomForestOptions } from './random-forest/randomForest.js';
export { extraTrees, type ExtraTreesOptions } from './extra-trees/extraTrees.js';
export { gradientBoosting, type GradientBoostingOptions } from './gradient-boosting/gradientBoosting.js';
export { decisionTree, type DecisionTreeOptions } from './decision-tree/decisionTree.js';
export { hasQuantiles, type HasQuantiles } from './trees/rowsInLeaves.js';
export type { TreeFactory, TreeSurrogate } from './trees/averagedTrees.js';
export type { Contributions, HasContributions } from './trees/treeShap.js';
export { bayesianLinear, type BayesianLinearOptions } from './linear/bayesianLinear.js';
export { leastSquares, type LeastSquaresOptions } from './linear/leastSquares.js';
export { ridge, type RidgeOptions } from './linear/ridge.js';
export { supportVector, type SupportVectorOptions } from './support-vector/supportVector.js';
export { supportVectorKernels, type SupportVectorKernel } from './support-vector/kernel.js';
export { nearestTested, type NearestOptions, type Neighbour } from './explain/nearestTested.js';
export {
  partialDependence,
  partialDependence2,
  type Curve,
  type CurveOptions,
  type PartialDependence,
  type PartialDependence2,
  type SurfaceOptions,
} from './explain/partialDependence.js';
export {
  permutationImportance,
  type Loss,
  type PermutationImportance,
  type PermutationOptions,
} from './explain/permutationImportance.js';
export { type Predictor } from './explain/predictor.js';
export { ardRelevance, type Relevance } from './explain/relevance.js';
export { shapleyValues, type ShapleyOptions, type ShapleyValues } from './explain/shapley.js';
