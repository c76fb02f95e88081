import { invalidState } from './errors.js';
import type { CampaignCost } from './cost.js';
import type { OutcomeLimit, PlanObjective, StrategySpec } from './planning.js';
import type { SpaceSpec } from './space-spec.js';
import type { TaskKind, TaskOwner, Waiting } from './waiting.js';

export type CampaignState = 'draft' | 'active' | 'paused' | 'completed' | 'archived';

/** One search: what may be varied, what is wanted, how it is gone about. It changes by `campaign.updated` alone. */
export interface CampaignSpec {
  readonly name: string;
  readonly description: string;
  readonly space: SpaceSpec;
  /** Of different properties; the first is what lists and curves show. */
  readonly objectives: readonly [PlanObjective, ...PlanObjective[]];
  /** Left out where there are none. One without an end is measured, and limits nothing. */
  readonly limits?: readonly OutcomeLimit[];
  /** Left out where every experiment costs the same. */
  readonly cost?: CampaignCost;
  readonly strategy: StrategySpec;
  /** Experiments the campaign may spend. */
  readonly budget: number;
  /** Experiments kept open (proposed, queued or running) at a time. */
  readonly parallel: number;
  readonly approval: 'manual' | 'automatic';
  readonly seed: string;
  readonly lab: LabPolicy;
  /** Left out in campaigns from before it was asked for. */
  readonly review?: ReviewPolicy;
}

export interface ReviewPolicy {
  /** Whoever made or changed a point by hand is not the one who approves it. */
  readonly separate: boolean;
  /** A point that was rejected is not proposed again before so many other experiments were. */
  readonly rejectedFor: number;
}

/** What may change while a campaign runs: only what is changed is named. */
export type CampaignChange = Partial<
  Pick<
    CampaignSpec,
    | 'name'
    | 'description'
    | 'space'
    | 'objectives'
    | 'limits'
    | 'strategy'
    | 'budget'
    | 'parallel'
    | 'approval'
    | 'review'
  >
> & {
  /** Null where every experiment is to cost the same from now on. */
  readonly cost?: CampaignCost | null;
};

export interface LabPolicy {
  readonly heartbeatSeconds: number;
  readonly leaseSeconds: number;
  /** Silence after the start that makes an attempt suspect. */
  readonly suspectSeconds: number;
  readonly attemptCap: number;
  /** How long a queued experiment may wait for a station before a person is asked. */
  readonly claimSeconds?: number;
  /** How long a person has for a task before the next is asked, and where a kind of task has its own. */
  readonly taskSeconds?: number;
  readonly taskSecondsBy?: Readonly<Partial<Record<TaskKind, number>>>;
  /** Who is asked first, where it is not the role that each kind of task belongs to. */
  readonly taskOwner?: TaskOwner;
}

export interface Campaign extends CampaignSpec {
  readonly id: string;
  readonly state: CampaignState;
  /** Two of the three switches; the third belongs to a station. */
  readonly proposing: boolean;
  readonly dispatch: boolean;
  /** Grows with every change of the accepted measurements and of the knowledge from elsewhere: the version of what a model can know. */
  readonly dataRevision: number;
  readonly plans: number;
  readonly experiments: number;
  /** Grows with every change of the settings above, and of the knowledge from elsewhere. */
  readonly revision: number;
  /** Plans up to this number were made for another space or goal: what their models say is not of this one. */
  readonly plansBefore: number;
  /** Proposals that a person asked for beyond the rhythm, and that no plan has made yet. */
  readonly asked: number;
  readonly createdAt: string;
  /** The person who created it, and who is asked where others let a deadline pass. */
  readonly owner: string | null;
  readonly waiting: Waiting | null;
}

/** Nothing more is proposed, queued or made in it; what is still running may hand in its result. */
export const isOver = (state: CampaignState): boolean => state === 'completed' || state === 'archived';

const moves: Readonly<Record<CampaignState, readonly CampaignState[]>> = {
  draft: ['active', 'archived'],
  active: ['paused', 'completed', 'archived'],
  paused: ['active', 'completed', 'archived'],
  completed: ['active', 'paused', 'archived'],
  archived: ['paused', 'completed'],
};

export function moveCampaign(campaign: Campaign, state: CampaignState): Campaign {
  if (!moves[campaign.state].includes(state)) {
    throw invalidState(`campaign "${campaign.name}" is ${campaign.state} and cannot become ${state}`);
  }
  return { ...campaign, state };
}
