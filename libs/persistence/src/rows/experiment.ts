import type { AcceptedResult, Campaign, Experiment, ExperimentState, Grounds, Point } from '@ionloop/domain';
import { standingOf } from '@ionloop/engine';
import { fixed, float, instant, integer, json, key, nullable, table, text } from './columns.js';
import { instantOnce, jsonOnce } from './once.js';
import { type WaitingColumns, waitingColumns, waitingFromRow, waitingToRow } from './waiting.js';

export interface ExperimentRow extends WaitingColumns {
  id: string;
  campaignId: string;
  number: number;
  state: ExperimentState;
  point: Point;
  specHash: string;
  origin: Experiment['origin'];
  planId: string | null;
  predictedMean: number | null;
  predictedSd: number | null;
  acquisitionName: string | null;
  acquisitionValue: number | null;
  reason: string;
  grounds: Grounds | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  approvedSpecHash: string | null;
  fence: number;
  note: string | null;
  createdAt: Date;
  rank: number;
  outside: string | null;
  proposedBy: string | null;
  replicateOf: string | null;
  avoidUntil: number | null;
  results: readonly AcceptedResult[];
  /** What its results come to, so that they can be sorted; nobody reads them back. */
  value: number | null;
  valueAt: Date | null;
  /** How good that is, and null where limits are not known to be kept. */
  merit: number | null;
  /** What a word is looked for in; nobody reads it back. */
  searchText: string;
}

/** What it refers to is checked by triggers, for all rows of a statement at once. */
export const experimentRow = table<ExperimentRow>({
  name: 'experiment',
  columns: {
    id: key('experiment', text()),
    campaignId: fixed(text('campaign_id')),
    number: fixed(integer()),
    state: text(),
    point: json(),
    specHash: text('spec_hash'),
    origin: text(),
    planId: fixed(nullable(text('plan_id'))),
    predictedMean: nullable(float('predicted_mean')),
    predictedSd: nullable(float('predicted_sd')),
    acquisitionName: nullable(text('acquisition_name')),
    acquisitionValue: nullable(float('acquisition_value')),
    reason: text(),
    grounds: nullable(json()),
    approvedBy: nullable(text('approved_by')),
    approvedAt: nullable(instant('approved_at')),
    approvedSpecHash: nullable(text('approved_spec_hash')),
    fence: integer(),
    note: nullable(text()),
    createdAt: fixed(instant('created_at')),
    rank: integer(),
    outside: nullable(text()),
    proposedBy: nullable(text('proposed_by')),
    replicateOf: nullable(text('replicate_of')),
    avoidUntil: nullable(integer('avoid_until')),
    ...waitingColumns(),
    results: json(),
    value: nullable(float()),
    valueAt: nullable(instant('value_at')),
    merit: nullable(float()),
    searchText: { ...text('search_text'), select: false },
  },
  uniques: [{ name: 'experiment_number_key', columns: ['campaignId', 'number'] }],
  indices: [
    { name: 'experiment_by_state', columns: ['campaignId', 'state', 'number', 'origin'] },
    { name: 'experiment_queue', columns: ['campaignId', 'rank', 'number'], where: "state = 'queued'" },
    {
      name: 'experiment_waiting',
      columns: ['campaignId', 'waitingDeadline'],
      where: 'waiting_kind IS NOT NULL',
    },
    { name: 'experiment_by_value', columns: ['campaignId', 'value', 'number'] },
    {
      name: 'experiment_by_result',
      columns: ['campaignId', 'valueAt', 'number', 'value', 'merit'],
      where: 'value IS NOT NULL',
    },
    {
      name: 'experiment_by_merit',
      columns: ['campaignId', 'merit'],
      where: 'merit IS NOT NULL',
    },
    { name: 'experiment_asked', columns: ['waitingDeadline'], where: 'waiting_owner IS NOT NULL' },
  ],
});

export const experimentFromRow = (row: ExperimentRow): Experiment => ({
  id: row.id,
  campaignId: row.campaignId,
  number: row.number,
  state: row.state,
  point: row.point,
  specHash: row.specHash,
  origin: row.origin,
  planId: row.planId,
  prediction:
    row.predictedMean === null || row.predictedSd === null
      ? null
      : { mean: row.predictedMean, sd: row.predictedSd },
  acquisition:
    row.acquisitionName === null || row.acquisitionValue === null
      ? null
      : { name: row.acquisitionName, value: row.acquisitionValue },
  reason: row.reason,
  grounds: row.grounds,
  approval:
    row.approvedBy === null || row.approvedAt === null || row.approvedSpecHash === null
      ? null
      : { by: row.approvedBy, at: row.approvedAt.toISOString(), specHash: row.approvedSpecHash },
  fence: row.fence,
  note: row.note,
  rank: row.rank,
  outside: row.outside,
  proposedBy: row.proposedBy,
  replicateOf: row.replicateOf,
  avoidUntil: row.avoidUntil,
  createdAt: row.createdAt.toISOString(),
  waiting: waitingFromRow(row),
  results: row.results,
});

/** Each column by itself: of many rows, putting objects together would take most of the time. */
export const experimentToRow =
  (campaign: Pick<Campaign, 'objectives' | 'limits'>) =>
  (experiment: Experiment): ExperimentRow => {
    const waiting = waitingToRow(experiment.waiting);
    const standing = standingOf(experiment.results, campaign);
    return {
      id: experiment.id,
      campaignId: experiment.campaignId,
      number: experiment.number,
      state: experiment.state,
      point: experiment.point,
      specHash: experiment.specHash,
      origin: experiment.origin,
      planId: experiment.planId,
      predictedMean: experiment.prediction?.mean ?? null,
      predictedSd: experiment.prediction?.sd ?? null,
      acquisitionName: experiment.acquisition?.name ?? null,
      acquisitionValue: experiment.acquisition?.value ?? null,
      reason: experiment.reason,
      grounds: experiment.grounds,
      approvedBy: experiment.approval?.by ?? null,
      approvedAt: experiment.approval ? new Date(experiment.approval.at) : null,
      approvedSpecHash: experiment.approval?.specHash ?? null,
      fence: experiment.fence,
      note: experiment.note,
      rank: experiment.rank,
      outside: experiment.outside,
      proposedBy: experiment.proposedBy,
      replicateOf: experiment.replicateOf,
      avoidUntil: experiment.avoidUntil,
      createdAt: instantOnce(experiment.createdAt),
      waitingKind: waiting.waitingKind,
      waitingSince: waiting.waitingSince,
      waitingDeadline: waiting.waitingDeadline,
      waitingOwner: waiting.waitingOwner,
      waitingEscalations: waiting.waitingEscalations,
      waitingNote: waiting.waitingNote,
      results: experiment.results,
      value: standing?.value ?? null,
      valueAt: standing ? instantOnce(standing.at) : null,
      merit: standing?.merit ?? null,
      searchText: searchTextOf(experiment),
    };
  };

const searchTextOf = ({ point, reason, note }: Experiment): string =>
  `${jsonOnce(point)}\n${reason}${note === null ? '' : `\n${note}`}`.toLowerCase();
