import type { QueryRunner } from 'typeorm';

export interface LockedCampaign {
  readonly id: string;
  /** The database's clock, read once the lock was had: nothing that was committed before is later. */
  readonly now: Date;
  /** Tells afterwards what became of this transaction, if the answer to its commit is lost. */
  readonly transactionId: string;
}

const sql = `
  WITH locked AS MATERIALIZED (SELECT id FROM campaign WHERE id = $1 FOR UPDATE)
  SELECT id, clock_timestamp() AS now, pg_current_xact_id()::text AS "transactionId" FROM locked`;

/** Holds the campaign alone until the transaction ends. Null where there is no such campaign. */
export async function lockCampaign(runner: QueryRunner, id: string): Promise<LockedCampaign | null> {
  const [locked] = (await runner.query(sql, [id])) as LockedCampaign[];
  return locked ?? null;
}
