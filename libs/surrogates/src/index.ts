export type {
  Diagnostics,
  Json,
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
