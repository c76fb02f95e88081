import type { Json } from '@ionloop/domain';
import type { QueryRunner } from 'typeorm';
import { ask } from './prepared.js';

const statement = {
  name: 'add-partial',
  text: `
    INSERT INTO partial (attempt_id, seq, body, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
    RETURNING seq`,
};

/** False where this attempt has had this sequence number already. */
export async function addPartial(
  runner: QueryRunner,
  partial: { readonly attemptId: string; readonly seq: number; readonly body: Json; readonly at: Date },
): Promise<boolean> {
  const { attemptId, seq, body, at } = partial;
  const values = [attemptId, seq, JSON.stringify(body), at];
  const added = await ask(runner, { ...statement, values });
  return added.length > 0;
}
