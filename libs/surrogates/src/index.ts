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
