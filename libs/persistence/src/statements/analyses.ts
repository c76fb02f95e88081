import type { NewAnalysis, NumberedCandidate } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';

/** One that failed or was cancelled is done again. */
const askSql = `
  INSERT INTO analysis (id, campaign_id, kind, request, key, status, done, data_revision, created_by, created_at, touched_at)
  VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, $7,
    date_trunc('milliseconds', clock_timestamp()), date_trunc('milliseconds', clock_timestamp()))
  ON CONFLICT (campaign_id, key) DO UPDATE SET
    status = 'waiting', done = 0, total = NULL, result = NULL, error = NULL, started_at = NULL, ended_at = NULL,
    touched_at = excluded.touched_at
  WHERE analysis.status IN ('failed', 'cancelled')`;

export async function askAnalysis(
  manager: EntityManager,
  { id, campaignId, kind, request, key, dataRevision, createdBy }: NewAnalysis,
): Promise<void> {
  await manager.query(askSql, [id, campaignId, kind, JSON.stringify(request), key, dataRevision, createdBy]);
}

const beginSql = `
  UPDATE analysis SET status = 'running', touched_at = clock_timestamp(),
    started_at = coalesce(started_at, clock_timestamp())
  WHERE id = $1 AND (status = 'waiting'
    OR (status = 'running' AND touched_at < clock_timestamp() - make_interval(secs => $2)))
  RETURNING id`;

export const beginAnalysis = async (
  manager: EntityManager,
  id: string,
  silentSeconds: number,
): Promise<boolean> => changed(await manager.query(beginSql, [id, silentSeconds]));

const progressSql = `
  UPDATE analysis SET touched_at = clock_timestamp(), done = coalesce($2, done), total = coalesce($3, total)
  WHERE id = $1 AND status = 'running' RETURNING id`;

export const analysisProgress = async (
  manager: EntityManager,
  id: string,
  far: { readonly done: number; readonly total: number | null } | null,
): Promise<boolean> => changed(await manager.query(progressSql, [id, far?.done ?? null, far?.total ?? null]));

/** TypeORM gives the rows of a change with their number. */
const changed = (answer: unknown): boolean => (answer as readonly [readonly unknown[], number])[1] > 0;

const neglectedSql = `
  SELECT id FROM analysis
  WHERE ended_at IS NULL AND touched_at < clock_timestamp() - make_interval(secs => $1)
  ORDER BY created_at LIMIT 100`;

export async function neglectedAnalyses(manager: EntityManager, seconds: number): Promise<readonly string[]> {
  const rows = await manager.query<{ readonly id: string }[]>(neglectedSql, [seconds]);
  return rows.map(({ id }) => id);
}

const insertCandidates = `
  INSERT INTO candidate (analysis_id, number, point, mean, sd, score, feasible, tried)
  SELECT $1, one.number, one.point::json, one.mean, one.sd, one.score, one.feasible, one.tried
  FROM unnest($2::integer[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::boolean[])
    AS one (number, point, mean, sd, score, feasible, tried)
  ON CONFLICT DO NOTHING`;

export async function addCandidates(
  manager: EntityManager,
  id: string,
  some: readonly NumberedCandidate[],
): Promise<void> {
  await manager.query(insertCandidates, [
    id,
    some.map(({ number }) => number),
    some.map(({ point }) => JSON.stringify(point)),
    some.map(({ mean }) => mean),
    some.map(({ sd }) => sd),
    some.map(({ score }) => score),
    some.map(({ feasible }) => feasible),
    some.map(({ tried }) => tried),
  ]);
}

const older = `
  SELECT id FROM analysis WHERE campaign_id = $1 AND kind = 'candidates' AND status = 'completed'
  ORDER BY ended_at DESC, id DESC OFFSET $2`;

export async function forgetCandidates(
  manager: EntityManager,
  campaignId: string,
  keep: number,
): Promise<void> {
  await manager.transaction(async (inside) => {
    const rows = await inside.query<{ readonly id: string }[]>(older, [campaignId, keep]);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return;
    await inside.query('DELETE FROM candidate WHERE analysis_id = ANY ($1)', [ids]);
    await inside.query('DELETE FROM analysis WHERE id = ANY ($1)', [ids]);
  });
}
