import type { Campaign, CampaignSpec, CampaignState, LogHead, ReviewPolicy } from '@ionloop/domain';
import { fixed, flag, instant, integer, json, key, nullable, table, text } from './columns.js';
import { inWorkspace, toWorkspace } from './workspace.js';
import { type WaitingColumns, waitingColumns, waitingFromRow, waitingToRow } from './waiting.js';

export interface CampaignRow extends WaitingColumns {
  id: string;
  workspace: string;
  name: string;
  description: string;
  space: CampaignSpec['space'];
  objectives: CampaignSpec['objectives'];
  limits: CampaignSpec['limits'] | null;
  cost: CampaignSpec['cost'] | null;
  strategy: CampaignSpec['strategy'];
  budget: number;
  parallel: number;
  approval: CampaignSpec['approval'];
  seed: string;
  lab: CampaignSpec['lab'];
  state: CampaignState;
  proposing: boolean;
  dispatch: boolean;
  dataRevision: number;
  plans: number;
  experiments: number;
  revision: number;
  plansBefore: number;
  asked: number;
  review: ReviewPolicy | null;
  createdAt: Date;
  owner: string | null;
  /** Where its log ends. */
  headSeq: number;
  headHash: string;
}

/** What changes all the time. */
export type CampaignProgress = Pick<
  CampaignRow,
  | 'state'
  | 'proposing'
  | 'dispatch'
  | 'dataRevision'
  | 'plans'
  | 'experiments'
  | 'revision'
  | 'plansBefore'
  | 'asked'
  | 'headSeq'
  | 'headHash'
> &
  WaitingColumns;

export const campaignRow = table<CampaignRow>({
  name: 'campaign',
  columns: {
    id: key('campaign', text()),
    name: text(),
    description: text(),
    space: json(),
    objectives: json(),
    strategy: json(),
    budget: integer(),
    parallel: integer(),
    approval: text(),
    seed: fixed(text()),
    lab: fixed(json()),
    state: text(),
    proposing: flag(),
    dispatch: flag(),
    dataRevision: integer('data_revision'),
    plans: integer(),
    experiments: integer(),
    createdAt: fixed(instant('created_at')),
    headSeq: integer('head_seq'),
    headHash: text('head_hash'),
    owner: fixed(nullable(text())),
    revision: integer(),
    plansBefore: integer('plans_before'),
    asked: integer(),
    review: nullable(json()),
    limits: nullable(json()),
    cost: nullable(json()),
    workspace: fixed(inWorkspace()),
    ...waitingColumns(),
  },
  indices: [
    { name: 'campaign_by_state', columns: ['state', 'createdAt'] },
    { name: 'campaign_by_workspace', columns: ['workspace', 'createdAt', 'id'] },
    { name: 'campaign_waiting', columns: ['waitingDeadline'], where: 'waiting_kind IS NOT NULL' },
  ],
  foreignKeys: [toWorkspace('campaign')],
});

export const campaignFromRow = (row: CampaignRow): Campaign => ({
  id: row.id,
  name: row.name,
  description: row.description,
  space: row.space,
  objectives: row.objectives,
  ...(row.limits != null && { limits: row.limits }),
  ...(row.cost != null && { cost: row.cost }),
  strategy: row.strategy,
  budget: row.budget,
  parallel: row.parallel,
  approval: row.approval,
  seed: row.seed,
  lab: row.lab,
  state: row.state,
  proposing: row.proposing,
  dispatch: row.dispatch,
  dataRevision: row.dataRevision,
  plans: row.plans,
  experiments: row.experiments,
  revision: row.revision,
  plansBefore: row.plansBefore,
  asked: row.asked,
  ...(row.review !== null && { review: row.review }),
  createdAt: row.createdAt.toISOString(),
  owner: row.owner,
  waiting: waitingFromRow(row),
});

export const headFromRow = ({
  headSeq,
  headHash,
}: Pick<CampaignProgress, 'headSeq' | 'headHash'>): LogHead => ({
  seq: headSeq,
  hash: headHash,
});

export const campaignToRow = (campaign: Campaign, head: LogHead, workspace: string): CampaignRow => ({
  id: campaign.id,
  workspace,
  name: campaign.name,
  description: campaign.description,
  space: campaign.space,
  objectives: campaign.objectives,
  limits: campaign.limits ?? null,
  cost: campaign.cost ?? null,
  strategy: campaign.strategy,
  budget: campaign.budget,
  parallel: campaign.parallel,
  approval: campaign.approval,
  seed: campaign.seed,
  lab: campaign.lab,
  createdAt: new Date(campaign.createdAt),
  owner: campaign.owner,
  review: campaign.review ?? null,
  ...progressOf(campaign, head),
});

export const progressOf = (campaign: Campaign, head: LogHead): CampaignProgress => ({
  state: campaign.state,
  proposing: campaign.proposing,
  dispatch: campaign.dispatch,
  dataRevision: campaign.dataRevision,
  plans: campaign.plans,
  experiments: campaign.experiments,
  revision: campaign.revision,
  plansBefore: campaign.plansBefore,
  asked: campaign.asked,
  headSeq: head.seq,
  headHash: head.hash,
  ...waitingToRow(campaign.waiting),
});

export const withProgress = (campaign: Campaign, progress: CampaignProgress): Campaign => ({
  ...campaign,
  state: progress.state,
  proposing: progress.proposing,
  dispatch: progress.dispatch,
  dataRevision: progress.dataRevision,
  plans: progress.plans,
  experiments: progress.experiments,
  revision: progress.revision,
  plansBefore: progress.plansBefore,
  asked: progress.asked,
  waiting: waitingFromRow(progress),
});
