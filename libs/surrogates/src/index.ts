export type {
  Capabilities,
  Classifier,
  ClassifierFactory,
  Diagnostics,
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
export { kernelNames, type KernelName } from './gaussian-process/kernel.js';
export { metricsOf } from './metrics.js';
export { randomForest, type RandomForestOptions } from './random-forest/randomForest.js';
export { growTree, leafOf, type Tree, type TreeOptions } from './random-forest/tree.js';
export { bayesianLinear, type BayesianLinearOptions } from './linear/bayesianLinear.js';
export { leastSquares, type LeastSquaresOptions } from './linear/leastSquares.js';
export { ridge, type RidgeOptions } from './linear/ridge.js';
