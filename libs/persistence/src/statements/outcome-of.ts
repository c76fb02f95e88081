import type { EntityManager } from 'typeorm';

const sql = 'SELECT pg_xact_status($1::text::xid8) AS status';

/** What became of a transaction. Null: so long ago that the server has forgotten. */
export async function outcomeOf(
  manager: EntityManager,
  transactionId: string,
): Promise<'committed' | 'aborted' | 'in progress' | null> {
  const [row] = await manager.query<{ status: 'committed' | 'aborted' | 'in progress' | null }[]>(sql, [
    transactionId,
  ]);
  return row?.status ?? null;
}
