import type { Attempt, AttemptState, Outcome } from '@ionloop/domain';
import { fixed, flag, instant, integer, key, nullable, table, text } from './columns.js';

export interface AttemptRow {
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
  ],
});

export const attemptFromRow = ({ leasedAt, startedAt, endedAt, ...rest }: AttemptRow): Attempt => ({
  ...rest,
  leasedAt: leasedAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
});

export const attemptToRow = ({ leasedAt, startedAt, endedAt, ...rest }: Attempt): AttemptRow => ({
  ...rest,
  leasedAt: new Date(leasedAt),
  startedAt: startedAt === null ? null : new Date(startedAt),
  endedAt: endedAt === null ? null : new Date(endedAt),
});
