import type { EntityManager } from 'typeorm';

const sql = 'SELECT head_seq AS "headSeq" FROM campaign WHERE id = $1';

export async function lastSeq(manager: EntityManager, campaignId: string): Promise<number> {
  const [row] = await manager.query<{ headSeq: number }[]>(sql, [campaignId]);
  return row?.headSeq ?? 0;
}
