import type { AnalysisKind, AnalysisRequest } from '@ionloop/domain';
import type { Analysis, AnalysisStatus } from '@ionloop/engine';
import { fixed, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface AnalysisRow {
  id: string;
  campaignId: string;
  kind: AnalysisKind;
  request: AnalysisRequest;
  key: string;
  status: AnalysisStatus;
  done: number;
  total: number | null;
  result: object | null;
  error: string | null;
  dataRevision: number;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  touchedAt: Date;
  endedAt: Date | null;
}

export const analysisRow = table<AnalysisRow>({
  name: 'analysis',
  columns: {
    id: key('analysis', text()),
    campaignId: fixed(text('campaign_id')),
    kind: fixed(text()),
    request: fixed(json()),
    key: fixed(text()),
    status: text(),
    done: integer(),
    total: nullable(integer()),
    // Only looked up where it is asked for: it may be large.
    result: { ...nullable(json()), select: false },
    error: nullable(text()),
    dataRevision: fixed(integer('data_revision')),
    createdBy: fixed(text('created_by')),
    createdAt: fixed(instant('created_at')),
    startedAt: nullable(instant('started_at')),
    touchedAt: instant('touched_at'),
    endedAt: nullable(instant('ended_at')),
  },
  foreignKeys: [
    {
      name: 'analysis_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'analysis_key_key', columns: ['campaignId', 'key'] }],
  indices: [{ name: 'analysis_unfinished', columns: ['campaignId'], where: 'ended_at IS NULL' }],
});

export const analysisFromRow = (row: AnalysisRow): Analysis => ({
  id: row.id,
  campaignId: row.campaignId,
  kind: row.kind,
  request: row.request,
  key: row.key,
  status: row.status,
  done: row.done,
  total: row.total,
  error: row.error,
  dataRevision: row.dataRevision,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
});
