import type { EntityManager } from 'typeorm';

const sql = 'SELECT hash FROM event WHERE campaign_id = $1 AND seq = $2';

/** Null where the log does not go so far. */
export async function eventHash(
  manager: EntityManager,
  { campaignId, seq }: { readonly campaignId: string; readonly seq: number },
): Promise<string | null> {
  const [row] = await manager.query<{ hash: string }[]>(sql, [campaignId, seq]);
  return row?.hash ?? null;
}
