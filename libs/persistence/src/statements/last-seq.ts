import type { EntityManager } from 'typeorm';

const sql = 'SELECT head_seq AS "headSeq" FROM campaign WHERE id = $1';

export async function lastSeq(manager: EntityManager, campaignId: string): Promise<number> {
  const [row] = await manager.query<{ headSeq: number }[]>(sql, [campaignId]);
  return row?.headSeq ?? 0;
}

const severalSql = 'SELECT id, head_seq AS "headSeq" FROM campaign WHERE id = ANY ($1)';

export async function lastSeqs(
  manager: EntityManager,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await manager.query<{ id: string; headSeq: number }[]>(severalSql, [campaignIds]);
  return new Map(rows.map(({ id, headSeq }) => [id, headSeq]));
}
