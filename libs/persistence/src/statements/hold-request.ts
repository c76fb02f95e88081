import type { Held, KeyedRequest } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';

/** What a dead server left behind is swept by whoever comes next; its own key it takes over. */
const sql = `
  WITH swept AS (
    DELETE FROM request_in_flight
    WHERE (scope, key) IN (
      SELECT scope, key FROM request_in_flight
      WHERE deadline <= clock_timestamp() AND (scope, key) <> ($1, $2)
      FOR UPDATE SKIP LOCKED
    )
  ), held AS (
    INSERT INTO request_in_flight AS known (scope, key, request_hash, holder, deadline)
    VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 second')
    ON CONFLICT (scope, key) DO UPDATE SET
      request_hash = excluded.request_hash,
      holder = excluded.holder,
      deadline = excluded.deadline
    WHERE known.holder = excluded.holder OR known.deadline <= clock_timestamp()
    RETURNING 1
  )
  SELECT
    EXISTS (SELECT FROM held) AS ours,
    (SELECT request_hash FROM request_in_flight WHERE scope = $1 AND key = $2) AS "requestHash"`;

export async function holdRequest(
  manager: EntityManager,
  { scope, key, requestHash }: KeyedRequest,
  holder: string,
  seconds: number,
): Promise<Held> {
  const values = [scope, key, requestHash, holder, seconds];
  const [held] = await manager.query<{ ours: boolean; requestHash: string | null }[]>(sql, values);
  return held?.ours === true ? { ours: true } : { ours: false, requestHash: held?.requestHash ?? null };
}
