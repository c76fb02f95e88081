export { canOutline, meansOf } from './contract.js';
export type {
  Capabilities,
  Classifier,
  ClassifierFactory,
  Diagnostics,
  CovaryingSurrogate,
  GrowingSurrogate,
  Json,
  LabelledData,
  LeftOut,
  MeanSurrogate,
  OutliningSurrogate,
  Metrics,
  Prediction,
  SourceReport,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from './contract.js';
export { gaussianProcess, type GaussianProcessOptions } from './gaussian-process/gaussianProcess.js';
export type { AveragingOptions, HyperparameterSampler } from './gaussian-process/averaging.js';
export { blockKinds, type BlockKind, type InputBlock } from './gaussian-process/blocks.js';
export { priorSets, type PriorSet } from './gaussian-process/priors.js';
export { kernelNames, type KernelName } from './gaussian-process/kernels.js';
export {
  randomFeatureGaussianProcess,
  type RandomFeatureGaussianProcessOptions,
} from './large-gaussian-process/randomFeatureGaussianProcess.js';
export {
  sparseGaussianProcess,
  type SparseGaussianProcessOptions,
} from './large-gaussian-process/sparseGaussianProcess.js';
export { metricsOf, spearman } from './metrics.js';
export { mixtureKind, readMixture } from './mixture/writtenMixture.js';
export { randomForest, type RandomForestOptions } from './random-forest/randomForest.js';
export { extraTrees, type ExtraTreesOptions } from './extra-trees/extraTrees.js';
export { gradientBoosting, type GradientBoostingOptions } from './gradient-boosting/gradientBoosting.js';
export { decisionTree, type DecisionTreeOptions } from './decision-tree/decisionTree.js';
export { hasQuantiles, type HasQuantiles } from './trees/rowsInLeaves.js';
export type { TreeFactory, TreeSurrogate } from './trees/averagedTrees.js';
export type { Contributions, HasContributions } from './trees/treeShap.js';
export { bayesianLinear, type BayesianLinearOptions } from './linear/bayesianLinear.js';
export { leastSquares, type LeastSquaresOptions } from './linear/leastSquares.js';
export { elasticNet, lasso, type ElasticNetOptions, type LassoOptions } from './linear/elasticNet.js';
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
export {
  catalogue,
  classifiers,
  entryNamed,
  networkEntries,
  readClassifier,
  readSurrogate,
  type CatalogueEntry,
  type ClassifierEntry,
} from './catalogue.js';
export {
  gaussianProcessClassifier,
  type GaussianProcessClassifierOptions,
} from './gaussian-process-classifier/gaussianProcessClassifier.js';
export { logistic, type LogisticOptions } from './logistic/logistic.js';
export {
  nearestNeighbours,
  neighbourWeights,
  type NearestNeighboursOptions,
  type NeighbourWeights,
} from './nearest-neighbours/nearestNeighbours.js';
export { outputTransformNames, type OutputTransformName } from './output-transform/transform.js';
export {
  withTransformedOutput,
  type TransformedFactory,
  type TransformedSurrogate,
} from './output-transform/transformedOutput.js';
export {
  withPreparedInputs,
  type PreparedFactory,
  type PreparedSurrogate,
} from './prepared-inputs/preparedInputs.js';
export { inputScales, type InputScale } from './prepared-inputs/plan.js';
export {
  stack,
  type Earned,
  type StackFactory,
  type StackMember,
  type StackOptions,
  type StackSurrogate,
} from './stack/stack.js';
export { leftOutWays, type LeftOutWay } from './selection/leftOutBy.js';
export { calibrationGate, type GateThresholds, type GateVerdict } from './calibration/gate.js';
export { recalibrations, type Recalibration } from './calibration/stretch.js';
export {
  recalibrated,
  type RecalibratedFactory,
  type RecalibratedOptions,
  type RecalibratedSurrogate,
} from './calibration/recalibrated.js';
export { auto, type AutoFactory, type AutoSurrogate } from './auto/auto.js';
export type { AutoOptions } from './auto/members.js';
export { bootstrapped, type BootstrapOptions } from './bootstrap/bootstrapped.js';
export { voting, type VotingMember, type VotingOptions } from './voting/voting.js';
export {
  gridCandidates,
  randomCandidates,
  type Axes,
  type Candidate,
  type Range,
  type Ranges,
} from './selection/candidates.js';
export { crossValidate, type CrossValidation, type LeftOutReport } from './selection/crossValidate.js';
export {
  givenSplit,
  groupedKFold,
  holdOut,
  kFold,
  leaveOneOut,
  repeated,
  stratifiedKFold,
  type Fold,
  type SplitRows,
  type Splitting,
} from './selection/folds.js';
export {
  nestedCrossValidate,
  scoreNames,
  selectBest,
  type NestedCrossValidation,
  type NestedOptions,
  type Score,
  type ScoreName,
  type Selection,
} from './selection/select.js';
export {
  selected,
  type SelectedFactory,
  type SelectedOptions,
  type SelectedSurrogate,
} from './selection/selected.js';
