export * from './errors.js';
export * from './json.js';
export * from './constraint-spec.js';
export * from './space-spec.js';
export * from './objective.js';
export * from './planning.js';
export * from './cost.js';
export * from './limits.js';
export * from './asked.js';
export * from './campaign.js';
export * from './experiment.js';
export * from './artifact.js';
export * from './attempt.js';
export * from './measurement.js';
export * from './plan.js';
export * from './station.js';
export * from './ability.js';
export * from './access.js';
export * from './waiting.js';
export * from './hash.js';
export {
  type PastExperiment,
  pastExperimentId,
  type PastMeasurement,
  type PastReplicate,
  type PastSource,
  type PastValue,
} from './history.js';
export * from './knowledge.js';
export * from './events.js';
export * from './log.js';
export * from './record.js';
export * from './apply.js';
export * from './shown.js';
export * from './screening.js';
export * from './analysis.js';
