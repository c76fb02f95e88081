import type { Json } from './json.js';
import type { StrategySpec } from './planning.js';

/** One answer of the planner, kept with everything that is needed to compute it again. */
export interface Plan {
  readonly id: string;
  readonly campaignId: string;
  readonly number: number;
  /** The event after which the planner looked at the record: replaying the log up to it gives its whole input. */
  readonly basedOnSeq: number;
  readonly dataRevision: number;
  readonly strategy: StrategySpec;
  readonly seed: string;
  readonly requestHash: string;
  readonly answerHash: string;
  readonly plannerVersion: string;
  readonly modelId: string | null;
  /** Hashes of the knowledge that it was made with, in the order of their numbers; left out where there was none. */
  readonly knowledge?: readonly string[];
  readonly createdAt: string;
}

export interface Model {
  readonly id: string;
  readonly campaignId: string;
  readonly planId: string;
  readonly kind: string;
  readonly dataRevision: number;
  /** Names exactly the accepted set it was trained on. */
  readonly trainingHash: string;
  readonly trainingSize: number;
  readonly bodyHash: string;
  readonly diagnostics: Json;
  readonly createdAt: string;
}
