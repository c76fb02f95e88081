import type { Attempt, AttemptState, Outcome } from '@ionloop/domain';
import { fixed, flag, instant, integer, key, nullable, table, text } from './columns.js';
import { type WaitingColumns, waitingColumns, waitingFromRow, waitingToRow } from './waiting.js';

export interface AttemptRow extends WaitingColumns {
  id: string;
  campaignId: string;
  experimentId: string;
  stationId: string;
  bootId: string;
  fence: number;
  specHash: string;
  state: AttemptState;
  cancelRequested: boolean;
  deviceRunId: string | null;
  outcome: Outcome | null;
  note: string | null;
  leasedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** No foreign key to stations: a log can be replayed into a database that has never met the robots in it. */
export const attemptRow = table<AttemptRow>({
  name: 'attempt',
  columns: {
    id: key('attempt', text()),
    campaignId: fixed(text('campaign_id')),
    experimentId: fixed(text('experiment_id')),
    stationId: fixed(text('station_id')),
    bootId: fixed(text('boot_id')),
    fence: fixed(integer()),
    specHash: fixed(text('spec_hash')),
    state: text(),
    cancelRequested: flag('cancel_requested'),
    deviceRunId: nullable(text('device_run_id')),
    outcome: nullable(text()),
    note: nullable(text()),
    leasedAt: fixed(instant('leased_at')),
    startedAt: nullable(instant('started_at')),
    endedAt: nullable(instant('ended_at')),
    ...waitingColumns(),
  },
  foreignKeys: [
    {
      name: 'attempt_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'attempt_experiment_fkey',
      target: 'experiment',
      columnNames: ['experimentId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'attempt_fence_key', columns: ['experimentId', 'fence'] }],
  indices: [
    {
      name: 'attempt_one_started',
      columns: ['experimentId'],
      unique: true,
      where: "state = 'started'",
    },
    {
      name: 'attempt_live_by_station',
      columns: ['stationId'],
      where: "state IN ('leased', 'started', 'suspect')",
    },
    { name: 'attempt_by_time', columns: ['campaignId', 'leasedAt'] },
    {
      name: 'attempt_waiting',
      columns: ['campaignId', 'waitingDeadline'],
      where: 'waiting_kind IS NOT NULL',
    },
    { name: 'attempt_asked', columns: ['waitingDeadline'], where: 'waiting_owner IS NOT NULL' },
  ],
});

export const attemptFromRow = (row: AttemptRow): Attempt => ({
  id: row.id,
  campaignId: row.campaignId,
  experimentId: row.experimentId,
  stationId: row.stationId,
  bootId: row.bootId,
  fence: row.fence,
  specHash: row.specHash,
  state: row.state,
  cancelRequested: row.cancelRequested,
  deviceRunId: row.deviceRunId,
  outcome: row.outcome,
  note: row.note,
  leasedAt: row.leasedAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  waiting: waitingFromRow(row),
});

export const attemptToRow = ({ leasedAt, startedAt, endedAt, waiting, ...rest }: Attempt): AttemptRow => ({
  ...rest,
  leasedAt: new Date(leasedAt),
  startedAt: startedAt === null ? null : new Date(startedAt),
  endedAt: endedAt === null ? null : new Date(endedAt),
  ...waitingToRow(waiting),
});
