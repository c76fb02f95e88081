import type { BadRow, HistoryOptions, ImportOutcome, ImportProgress, NewImport } from '@ionloop/engine';
import type { Actor } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';

const now = `date_trunc('milliseconds', clock_timestamp())`;

const insertImport = `
  INSERT INTO import (id, campaign_id, key, file_name, bytes, sha256, options, actor, state, run, busy, rows_read,
    bytes_read, bad, written, created_at, touched_at)
  VALUES ($1, $2, $3, $4, 0, '', $5, $6, 'uploading', 0, false, 0, 0, 0, 0, ${now}, ${now})
  ON CONFLICT DO NOTHING`;

export async function addImport(manager: EntityManager, added: NewImport): Promise<void> {
  const { id, campaignId, key, fileName, options, actor } = added;
  const told = [id, campaignId, key, fileName, JSON.stringify(options), JSON.stringify(actor)];
  await manager.query(insertImport, told);
}

const insertPiece = `
  WITH alive AS (UPDATE import SET touched_at = ${now} WHERE id = $1 AND state = 'uploading' RETURNING id)
  INSERT INTO import_piece (import_id, number, bytes) SELECT id, $2, $3 FROM alive
  ON CONFLICT DO NOTHING`;

export async function addPiece(
  manager: EntityManager,
  id: string,
  number: number,
  bytes: Uint8Array,
): Promise<void> {
  await manager.query(insertPiece, [id, number, Buffer.from(bytes)]);
}

const askSql = `
  UPDATE import SET state = $3, options = $4, actor = $5, run = run + 1, busy = false, rows_read = 0, bytes_read = 0,
    bad = 0, written = 0, error = NULL, started_at = NULL, ended_at = NULL, touched_at = ${now},
    report = CASE WHEN $3 = 'surveying' THEN NULL ELSE report END,
    preview = CASE WHEN $3 = 'surveying' THEN NULL ELSE preview END
  WHERE id = $1 AND state = ANY ($2) RETURNING id`;

export const askImport = async (
  manager: EntityManager,
  id: string,
  from: readonly string[],
  wanted: { readonly state: string; readonly options: HistoryOptions; readonly actor: Actor },
): Promise<boolean> =>
  changed(
    await manager.query(askSql, [
      ...[id, from, wanted.state],
      ...[JSON.stringify(wanted.options), JSON.stringify(wanted.actor)],
    ]),
  );

/** A campaign's tables are written one after the other: the index `import_writing` refuses a second one. */
const beginSql = `
  UPDATE import SET run = run + 1, busy = true, rows_read = 0, bytes_read = 0, bad = 0, written = 0,
    started_at = ${now}, touched_at = ${now}
  WHERE id = $1 AND state IN ('surveying', 'importing')
    AND (NOT busy OR touched_at < clock_timestamp() - make_interval(secs => $2))
  RETURNING run`;

export async function beginImport(
  manager: EntityManager,
  id: string,
  silentSeconds: number,
): Promise<number | null> {
  const answer: unknown = await manager.query(beginSql, [id, silentSeconds]);
  const [row] = (answer as readonly [readonly { readonly run: number }[], number])[0];
  return row?.run ?? null;
}

const progressSql = `
  UPDATE import SET touched_at = ${now}, rows_read = coalesce($3, rows_read), bytes_read = coalesce($4, bytes_read),
    bad = coalesce($5, bad), written = coalesce($6, written)
  WHERE id = $1 AND run = $2 AND busy RETURNING id`;

export const importProgress = async (
  manager: EntityManager,
  id: string,
  run: number,
  far: ImportProgress | null,
): Promise<boolean> =>
  changed(
    await manager.query(progressSql, [
      ...[id, run],
      ...[far?.rows ?? null, far?.bytes ?? null, far?.bad ?? null, far?.written ?? null],
    ]),
  );

const endSql = `
  WITH ended AS (
    UPDATE import SET state = $3, busy = false, error = $4, touched_at = ${now},
      report = coalesce($5::json, report), preview = coalesce($6::json, preview),
      ended_at = CASE WHEN $3 = 'done' THEN ${now} END
    WHERE id = $1 AND run = $2 AND busy RETURNING id, state
  ), emptied AS (
    DELETE FROM import_piece USING ended WHERE import_id = ended.id AND ended.state = 'done'
  )
  SELECT id FROM ended`;

export async function endImport(
  manager: EntityManager,
  id: string,
  run: number,
  state: string,
  { report, preview, error }: ImportOutcome,
): Promise<boolean> {
  const asText = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  const told = [id, run, state, error ?? null, asText(report), asText(preview)];
  return (await manager.query<unknown[]>(endSql, told)).length > 0;
}

const cancelSql = `
  WITH ended AS (
    UPDATE import SET state = 'cancelled', busy = false, run = run + 1, ended_at = ${now}, touched_at = ${now}
    WHERE id = $1 AND ended_at IS NULL RETURNING id
  ), emptied AS (
    DELETE FROM import_piece USING ended WHERE import_id = ended.id
  )
  SELECT id FROM ended`;

export const cancelImport = async (manager: EntityManager, id: string): Promise<boolean> =>
  (await manager.query<unknown[]>(cancelSql, [id])).length > 0;

const removeSql = `
  WITH pieces AS (DELETE FROM import_piece WHERE import_id = $1 RETURNING import_id)
  SELECT count(*) FROM pieces`;

export async function removeImport(manager: EntityManager, id: string): Promise<void> {
  await manager.transaction(async (inside) => {
    await inside.query(removeSql, [id]);
    await inside.query(`DELETE FROM import WHERE id = $1 AND state = 'uploading'`, [id]);
  });
}

const silent = `touched_at < clock_timestamp() - make_interval(secs => $1)`;

const neglectedSql = `
  SELECT id FROM import WHERE state IN ('surveying', 'importing') AND ${silent} ORDER BY created_at LIMIT 100`;

export const neglectedImports = (manager: EntityManager, seconds: number): Promise<readonly string[]> =>
  ids(manager, neglectedSql, seconds);

const forgottenSql = `
  SELECT id FROM import WHERE state IN ('uploading', 'surveyed', 'failed') AND ${silent} LIMIT 100`;

export const forgottenImports = (manager: EntityManager, seconds: number): Promise<readonly string[]> =>
  ids(manager, forgottenSql, seconds);

async function ids(manager: EntityManager, sql: string, seconds: number): Promise<readonly string[]> {
  const rows = await manager.query<{ readonly id: string }[]>(sql, [seconds]);
  return rows.map(({ id }) => id);
}

/** What an earlier run found is forgotten. */
const forgetBad = 'DELETE FROM import_bad_row WHERE import_id = $1 AND run <> $2';

const insertBad = `
  INSERT INTO import_bad_row (import_id, run, line, wrong_column, reason)
  SELECT $1, $2, one.line, one.wrong_column, one.reason
  FROM unnest($3::integer[], $4::text[], $5::text[]) AS one (line, wrong_column, reason)
  ON CONFLICT DO NOTHING`;

export async function addBad(
  manager: EntityManager,
  id: string,
  run: number,
  rows: readonly BadRow[],
): Promise<void> {
  if (rows.length === 0) {
    await manager.query(forgetBad, [id, run]);
    return;
  }
  await manager.query(insertBad, [
    ...[id, run],
    rows.map(({ line }) => line),
    rows.map(({ column }) => column),
    rows.map(({ reason }) => reason),
  ]);
}

/** TypeORM gives the rows of a change with their number. */
const changed = (answer: unknown): boolean => (answer as readonly [readonly unknown[], number])[1] > 0;
