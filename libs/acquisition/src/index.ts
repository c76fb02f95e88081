export type { Acquisition, AcquisitionContext, LogAcquisition } from './contract.js';
export {
  ei,
  hazard,
  logEi,
  logEiH,
  logEiSlopes,
  logPi,
  logPiSlopes,
  pi,
  ucb,
  type Slopes,
} from './improvement.js';
export { logExpectedImprovement } from './logExpectedImprovement.js';
export { probabilityOfImprovement } from './probabilityOfImprovement.js';
export { logProbabilityOfImprovement } from './logProbabilityOfImprovement.js';
export { thompsonSampling } from './thompsonSampling.js';
export { upperConfidenceBound } from './upperConfidenceBound.js';
export { betaOfConfidence, betaOfRound, type Optimism } from './optimism.js';
export { explorationGuard } from './explorationGuard.js';
export { noisyExpectedImprovement, type NoisyOptions } from './noisyExpectedImprovement.js';
export {
  improvementOver,
  topTwoExpectedImprovement,
  type TopTwoOptions,
} from './topTwoExpectedImprovement.js';
export {
  gumbelMaxima,
  logEntropyDrop,
  logMeanEntropyDrop,
  maxValueEntropy,
  quantileOfMaximum,
  type MaxValueOptions,
} from './maxValueEntropy.js';
export { knowledgeGradient, logGainOfLines, type KnowledgeOptions } from './knowledgeGradient.js';
export { learn, type LearnOptions } from './learn.js';
export {
  logTargetEi,
  logWindow,
  matchValue,
  targetImprovement,
  targetProbability,
  type Interval,
} from './targetWindow.js';
export { coolDown, perCost, type CostOf } from './costAware.js';
export {
  logConstraintsMet,
  whereFeasible,
  withOutcomeConstraints,
  type FeasibilityOf,
  type OutcomeConstraint,
} from './feasibility.js';
export { adaptiveShares, drawMember, hedgeShares, portfolio, type TrackRecord } from './portfolio.js';
export { argsortDescending } from './argsortDescending.js';
export { smoothPlus } from './belief/draws.js';
export { crossCovariance, type CovarianceOptions, type CrossCovariance } from './belief/covariance.js';
export { spreadGiven } from './belief/conditionedSpread.js';
export type { OutcomesAcquisition, OutcomesContext } from './objectives/contract.js';
export {
  fromColumns,
  frontAbove,
  frontRange,
  nonDominated,
  pointBelow,
  referencePoint,
} from './objectives/front.js';
export { nonDominatedBoxes, type Boxes } from './objectives/boxes.js';
export { hypervolume, hypervolumeGain } from './objectives/hypervolume.js';
export { expectedHypervolumeImprovement, logEhvi } from './objectives/expectedHypervolumeImprovement.js';
export {
  hypervolumeBatch,
  sampledHypervolumeImprovement,
  type SampledOptions,
} from './objectives/sampledHypervolume.js';
export { bestUtility, utilityImprovement, type Utility } from './objectives/utility.js';
export { chebyshev, parEgo, simplexWeights, type ParEgoOptions } from './objectives/parEgo.js';
export {
  desirability,
  desirabilityImprovement,
  overallDesirability,
  type Desire,
} from './objectives/desirability.js';
export { largestBatch, type Batch } from './batch/contract.js';
export { diversityOf, type Diversity } from './batch/diversity.js';
export { logEiBatch, type LogEiBatchOptions } from './batch/logEiBatch.js';
export { krigingBelieverBatch } from './batch/krigingBeliever.js';
export { sequentialBatch } from './batch/sequentialBatch.js';
export { thompsonBatch } from './batch/thompsonBatch.js';
export {
  localPenalisationBatch,
  steepestSlope,
  type PenalisationOptions,
} from './batch/localPenalisation.js';
