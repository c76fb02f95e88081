import type { EntityManager } from 'typeorm';

const sql = 'SELECT pg_xact_status($1::text::xid8) AS status';

export type Outcome = 'committed' | 'aborted' | 'in progress';

/** What became of a transaction. Null: so long ago that the server has forgotten. */
export async function outcomeOf(manager: EntityManager, transactionId: string): Promise<Outcome | null> {
  const [row] = await manager.query<{ status: Outcome | null }[]>(sql, [transactionId]);
  return row?.status ?? null;
}
