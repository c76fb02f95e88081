import type { Asking } from '../database.js';

const sql = 'SELECT head_seq AS "headSeq" FROM campaign WHERE id = $1';

export async function lastSeq(asking: Asking, campaignId: string): Promise<number> {
  const [row] = await asking.rows<{ headSeq: number }>(sql, [campaignId]);
  return row?.headSeq ?? 0;
}

const severalSql = 'SELECT id, head_seq AS "headSeq" FROM campaign WHERE id = ANY ($1)';

export async function lastSeqs(
  asking: Asking,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await asking.rows<{ id: string; headSeq: number }>(severalSql, [campaignIds]);
  return new Map(rows.map(({ id, headSeq }) => [id, headSeq]));
}
