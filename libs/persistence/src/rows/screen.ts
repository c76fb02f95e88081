import type { Json } from '@ionloop/domain';
import type { Screen, ScreenRequestSpec, ScreenStatus } from '@ionloop/engine';
import { fixed, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface ScreenRow {
  id: string;
  campaignId: string;
  status: ScreenStatus;
  request: unknown;
  plan: unknown;
  chunks: number | null;
  candidates: string | null;
  kept: number | null;
  result: unknown;
  error: string | null;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Under which key it was asked for, and what: null where it was asked for without. */
  requestKey: string | null;
  requestHash: string | null;
}

export const screenRow = table<ScreenRow>({
  name: 'screen',
  columns: {
    id: key('screen', text()),
    campaignId: fixed(text('campaign_id')),
    status: text(),
    request: fixed(json()),
    plan: nullable({ ...json(), select: false }),
    chunks: nullable(integer()),
    candidates: nullable(text()),
    kept: nullable(integer()),
    result: nullable({ ...json(), select: false }),
    error: nullable(text()),
    createdBy: fixed(text('created_by')),
    createdAt: fixed(instant('created_at')),
    startedAt: nullable(instant('started_at')),
    endedAt: nullable(instant('ended_at')),
    requestKey: fixed(nullable(text('request_key'))),
    requestHash: fixed(nullable(text('request_hash'))),
  },
  foreignKeys: [
    {
      name: 'screen_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'screen_request_key', columns: ['requestKey'] }],
  indices: [{ name: 'screen_by_campaign', columns: ['campaignId'] }],
});

export interface ScreenChunkRow {
  screenId: string;
  chunk: number;
  candidates: number;
  result: Json;
  at: Date;
}

export const screenChunkRow = table<ScreenChunkRow>({
  name: 'screen_chunk',
  columns: {
    screenId: key('screen_chunk', text('screen_id')),
    chunk: key('screen_chunk', integer()),
    candidates: fixed(integer()),
    result: fixed(json()),
    at: fixed(instant()),
  },
  foreignKeys: [
    {
      name: 'screen_chunk_screen_fkey',
      target: 'screen',
      columnNames: ['screenId'],
      referencedColumnNames: ['id'],
    },
  ],
});

export const screenFromRow = (row: ScreenRow): Screen => ({
  id: row.id,
  campaignId: row.campaignId,
  status: row.status,
  request: row.request as ScreenRequestSpec,
  size:
    row.chunks === null || row.candidates === null || row.kept === null
      ? null
      : { chunks: row.chunks, candidates: row.candidates, kept: row.kept },
  error: row.error,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
});
