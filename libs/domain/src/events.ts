import type { Actor } from './access.js';
import type { Attachment } from './artifact.js';
import type { Outcome } from './attempt.js';
import type { CampaignChange, CampaignSpec, CampaignState } from './campaign.js';
import type { Experiment, ExperimentState } from './experiment.js';
import type { NewKnowledge } from './knowledge.js';
import type { Measurement } from './measurement.js';
import type { Model, Plan } from './plan.js';
import type { PastExperiment, PastReplicate, PastSource } from './history.js';
import type { Grounds } from './planning.js';
import type { Point } from './space-spec.js';
import type { TaskOwner, TaskSubject } from './waiting.js';

/** Everything that can happen to a campaign. Replaying these in order gives the current tables. */
export type CampaignEvent =
  | { readonly type: 'campaign.created'; readonly campaignId: string; readonly spec: CampaignSpec }
  | {
      readonly type: 'campaign.moved';
      readonly to: Exclude<CampaignState, 'draft'>;
      readonly note: string | null;
    }
  | { readonly type: 'campaign.switched'; readonly proposing: boolean; readonly dispatch: boolean }
  /** Settings change while it runs; experiments that a new space leaves outside, or takes in again, are marked. */
  | {
      readonly type: 'campaign.updated';
      readonly change: CampaignChange;
      readonly reason: string;
      readonly marks: readonly { readonly experimentId: string; readonly outside: string | null }[];
    }
  /** Proposals beyond the rhythm. */
  | { readonly type: 'campaign.proposalsAsked'; readonly count: number; readonly reason: string }
  | { readonly type: 'campaign.planningFailed'; readonly message: string }
  | {
      readonly type: 'plan.committed';
      readonly plan: Omit<Plan, 'campaignId' | 'createdAt'>;
      readonly model: Omit<Model, 'campaignId' | 'createdAt'> | null;
      readonly experiments: readonly NewExperiment[];
    }
  | { readonly type: 'experiment.added'; readonly experiment: NewExperiment }
  /** Results from before the campaign, or from elsewhere: as many of an import's as fit in one event. */
  | {
      readonly type: 'history.imported';
      readonly importId: string;
      readonly source: PastSource;
      readonly property: string;
      readonly unit: string;
      /** The number of the first of them; the others follow. */
      readonly first: number;
      readonly experiments: readonly PastExperiment[];
      /** Further values of experiments that are there already. */
      readonly replicates: readonly PastReplicate[];
    }
  /** Results from elsewhere that plans learn from, from now on; all of them, as they are at this moment. */
  | { readonly type: 'knowledge.added'; readonly knowledge: NewKnowledge }
  | { readonly type: 'knowledge.removed'; readonly knowledgeId: string; readonly reason: string }
  | { readonly type: 'experiment.approved'; readonly experimentId: string; readonly specHash: string }
  | {
      readonly type: 'experiment.moved';
      readonly experimentId: string;
      readonly to: ExperimentState;
      readonly note: string | null;
    }
  | {
      readonly type: 'experiment.edited';
      readonly experimentId: string;
      readonly point: Point;
      readonly specHash: string;
      readonly reason: string;
      /** Where the point does not lie in the space. */
      readonly outside?: string;
    }
  /** In which order they are made. */
  | {
      readonly type: 'experiments.reordered';
      readonly ranks: readonly { readonly experimentId: string; readonly rank: number }[];
      readonly reason: string | null;
    }
  /** It waits in the queue, and what it waits for is not coming by itself. */
  | {
      readonly type: 'experiment.stuck';
      readonly experimentId: string;
      readonly kind: 'no_station' | 'not_claimed';
      readonly reason: string;
    }
  | { readonly type: 'experiment.unstuck'; readonly experimentId: string }
  | {
      readonly type: 'task.assigned';
      readonly subject: TaskSubject;
      readonly owner: TaskOwner;
      readonly deadline: string;
      readonly note: string | null;
    }
  | {
      readonly type: 'task.extended';
      readonly subject: TaskSubject;
      readonly deadline: string;
      readonly note: string | null;
    }
  | {
      readonly type: 'task.escalated';
      readonly subject: TaskSubject;
      readonly owner: TaskOwner;
      readonly deadline: string;
    }
  | {
      readonly type: 'attempt.leased';
      readonly attemptId: string;
      readonly experimentId: string;
      readonly stationId: string;
      readonly bootId: string;
      readonly fence: number;
      readonly specHash: string;
    }
  | { readonly type: 'attempt.started'; readonly attemptId: string; readonly deviceRunId: string | null }
  | { readonly type: 'attempt.expired'; readonly attemptId: string; readonly note: string }
  | { readonly type: 'attempt.suspected'; readonly attemptId: string; readonly note: string }
  | { readonly type: 'attempt.resumed'; readonly attemptId: string }
  | { readonly type: 'attempt.cancelRequested'; readonly attemptId: string; readonly note: string }
  | {
      readonly type: 'attempt.aborted';
      readonly attemptId: string;
      readonly outcome: Outcome | null;
      readonly note: string;
      readonly artifacts?: readonly NewAttachment[];
    }
  | {
      readonly type: 'attempt.submitted';
      readonly attemptId: string;
      readonly outcome: Outcome;
      readonly note: string | null;
      readonly measurements: readonly NewMeasurement[];
      /** Absent where there are none, as in logs from before there were any. */
      readonly artifacts?: readonly NewAttachment[];
    }
  | { readonly type: 'attempt.accepted'; readonly attemptId: string; readonly note: string | null }
  | { readonly type: 'attempt.flagged'; readonly attemptId: string; readonly note: string }
  | {
      readonly type: 'attempt.late';
      readonly attemptId: string;
      readonly outcome: Outcome;
      readonly note: string;
      readonly measurements: readonly NewMeasurement[];
      readonly artifacts?: readonly NewAttachment[];
    }
  | {
      readonly type: 'measurement.recorded';
      readonly experimentId: string;
      readonly measurement: NewMeasurement;
      readonly reason?: string;
    }
  /** A corrected value takes the place of another, which is kept. */
  | {
      readonly type: 'measurement.superseded';
      readonly measurementId: string;
      readonly by: NewMeasurement;
      readonly reason: string;
    }
  | {
      readonly type: 'measurement.decided';
      readonly measurementId: string;
      readonly status: 'accepted' | 'excluded';
      readonly note: string;
    };

export type EventType = CampaignEvent['type'];

export type NewExperiment = Omit<
  Experiment,
  | 'campaignId'
  | 'state'
  | 'approval'
  | 'fence'
  | 'note'
  | 'createdAt'
  | 'waiting'
  | 'grounds'
  | 'rank'
  | 'outside'
  | 'proposedBy'
  | 'replicateOf'
  | 'avoidUntil'
  | 'results'
> & {
  /** Each of these is left out where there is none. */
  readonly grounds?: Grounds;
  readonly outside?: string;
  readonly replicateOf?: string;
};
export type NewMeasurement = Omit<
  Measurement,
  'campaignId' | 'experimentId' | 'attemptId' | 'status' | 'supersedes' | 'note' | 'createdAt'
>;
export type NewAttachment = Omit<Attachment, 'campaignId' | 'experimentId' | 'attemptId' | 'createdAt'>;

/** An event in its place in the log. */
export interface RecordedEvent {
  readonly campaignId: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
  readonly event: CampaignEvent;
  readonly prevHash: string;
  readonly hash: string;
}
