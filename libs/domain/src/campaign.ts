import { invalidState } from './errors.js';
import type { Objective } from './objective.js';
import type { StrategySpec } from './planning.js';
import type { SpaceSpec } from './space-spec.js';

export type CampaignState = 'draft' | 'active' | 'paused' | 'completed' | 'archived';

/** One search: what may be varied, what is wanted, how it is gone about. Fixed when the campaign is created. */
export interface CampaignSpec {
  readonly name: string;
  readonly description: string;
  readonly space: SpaceSpec;
  /** One objective today; the list is the contract. */
  readonly objectives: readonly [Objective];
  readonly strategy: StrategySpec;
  /** Experiments the campaign may spend. */
  readonly budget: number;
  /** Experiments kept open (proposed, queued or running) at a time. */
  readonly parallel: number;
  readonly approval: 'manual' | 'automatic';
  readonly seed: string;
  readonly lab: LabPolicy;
}

export interface LabPolicy {
  readonly heartbeatSeconds: number;
  readonly leaseSeconds: number;
  /** Silence after the start that makes an attempt suspect. */
  readonly suspectSeconds: number;
  readonly attemptCap: number;
}

export interface Campaign extends CampaignSpec {
  readonly id: string;
  readonly state: CampaignState;
  /** Two of the three switches; the third belongs to a station. */
  readonly proposing: boolean;
  readonly dispatch: boolean;
  /** Grows with every change of the accepted measurements: the version of what a model can know. */
  readonly dataRevision: number;
  readonly plans: number;
  readonly experiments: number;
  readonly createdAt: string;
}

const moves: Readonly<Record<CampaignState, readonly CampaignState[]>> = {
  draft: ['active', 'archived'],
  active: ['paused', 'completed', 'archived'],
  paused: ['active', 'completed', 'archived'],
  completed: ['archived'],
  archived: [],
};

export function moveCampaign(campaign: Campaign, state: CampaignState): Campaign {
  if (!moves[campaign.state].includes(state)) {
    throw invalidState(`campaign "${campaign.name}" is ${campaign.state} and cannot become ${state}`);
  }
  return { ...campaign, state };
}
