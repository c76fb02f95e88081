import type { Lease } from '@ionloop/domain';
import { fixed, float, instant, key, nullable, table, text } from './columns.js';

export interface LeaseRow {
  attemptId: string;
  campaignId: string;
  deadline: Date;
  lastSeen: Date;
  stage: string | null;
  progress: number | null;
}

export const leaseRow = table<LeaseRow>({
  name: 'lease',
  columns: {
    attemptId: key('lease', text('attempt_id')),
    campaignId: fixed(text('campaign_id')),
    deadline: instant(),
    lastSeen: instant('last_seen'),
    stage: nullable(text()),
    progress: nullable(float()),
  },
  foreignKeys: [
    {
      name: 'lease_attempt_fkey',
      target: 'attempt',
      columnNames: ['attemptId'],
      referencedColumnNames: ['id'],
    },
  ],
  indices: [{ name: 'lease_by_deadline', columns: ['campaignId', 'deadline'] }],
});

export const leaseFromRow = (row: LeaseRow): Lease => ({ ...row });
export const leaseToRow = (lease: Lease): LeaseRow => ({
  attemptId: lease.attemptId,
  campaignId: lease.campaignId,
  deadline: lease.deadline,
  lastSeen: lease.lastSeen,
  stage: lease.stage,
  progress: lease.progress,
});
