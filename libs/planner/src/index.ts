export { plan, plannerVersion, planWith } from './plan.js';
export { posterior } from './posterior.js';
export { strategyTable } from './strategies/table.js';
export {
  StrategyError,
  type Criterion,
  type Moment,
  type ScoringContext,
  type Strategy,
} from './strategies/strategy.js';
