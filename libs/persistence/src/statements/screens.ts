import type { ChunkResult } from '@ionloop/domain';
import type { AskedUnder, ChunksDone, NewScreen } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';

const insertScreen = `
  INSERT INTO screen (id, campaign_id, status, request, created_by, created_at, request_key, request_hash)
  VALUES ($1, $2, 'preparing', $3, $4, date_trunc('milliseconds', clock_timestamp()), $5, $6)
  ON CONFLICT DO NOTHING`;

export async function addScreen(
  manager: EntityManager,
  { id, campaignId, request, createdBy }: NewScreen,
  asked: AskedUnder | undefined,
): Promise<void> {
  await manager.query(insertScreen, [
    ...[id, campaignId, JSON.stringify(request), createdBy],
    ...[asked?.key ?? null, asked?.requestHash ?? null],
  ]);
}

const insertChunk = `
  INSERT INTO screen_chunk (screen_id, chunk, candidates, result, at)
  VALUES ($1, $2, $3, $4, date_trunc('milliseconds', clock_timestamp()))
  ON CONFLICT DO NOTHING`;

export async function addChunk(
  manager: EntityManager,
  chunk: {
    readonly id: string;
    readonly chunk: number;
    readonly result: ChunkResult;
    readonly candidates: number;
  },
): Promise<void> {
  const { id, candidates, result } = chunk;
  await manager.query(insertChunk, [id, chunk.chunk, candidates, JSON.stringify(result)]);
}

const selectMissing = `
  SELECT number AS chunk FROM screen, generate_series(0, screen.chunks - 1) AS number
  WHERE screen.id = $1
    AND NOT EXISTS (SELECT FROM screen_chunk WHERE screen_id = $1 AND screen_chunk.chunk = number)
  ORDER BY number`;

export async function missingChunks(manager: EntityManager, id: string): Promise<readonly number[]> {
  const rows = await manager.query<{ chunk: number }[]>(selectMissing, [id]);
  return rows.map(({ chunk }) => chunk);
}

const selectDone = `
  SELECT screen_id AS id, count(*)::int AS chunks, sum(candidates)::float8 AS candidates, max(at) AS at
  FROM screen_chunk WHERE screen_id = ANY ($1::text[]) GROUP BY screen_id`;

interface DoneRow {
  readonly id: string;
  readonly chunks: number;
  readonly candidates: number;
  readonly at: Date;
}

export async function chunksDone(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChunksDone>> {
  const rows = await manager.query<DoneRow[]>(selectDone, [ids]);
  return new Map(
    rows.map(({ id, chunks, candidates, at }) => [id, { chunks, candidates, lastAt: at.toISOString() }]),
  );
}

const selectChunks = `
  SELECT result FROM screen_chunk WHERE screen_id = $1 AND chunk >= $2 AND chunk < $3 ORDER BY chunk`;

export async function chunksFrom(
  manager: EntityManager,
  id: string,
  from: number,
  most: number,
): Promise<readonly ChunkResult[]> {
  const rows = await manager.query<{ result: ChunkResult }[]>(selectChunks, [id, from, from + most]);
  return rows.map(({ result }) => result);
}
