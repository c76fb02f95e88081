import type { Json } from '@ionloop/domain';
import type { QueryRunner } from 'typeorm';

const sql = `
  INSERT INTO partial (attempt_id, seq, body, at) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING seq`;

/** False where this attempt has had this sequence number already. */
export async function addPartial(
  runner: QueryRunner,
  partial: { readonly attemptId: string; readonly seq: number; readonly body: Json; readonly at: Date },
): Promise<boolean> {
  const { attemptId, seq, body, at } = partial;
  const added = (await runner.query(sql, [attemptId, seq, JSON.stringify(body), at])) as unknown[];
  return added.length > 0;
}
