import type { QueryRunner } from 'typeorm';
import type { LockedCampaign } from './lock-campaign.js';

const sql = `SELECT clock_timestamp() AS now, pg_current_xact_id()::text AS "transactionId"`;

/** What `lockCampaign` tells, for a campaign that is about to be. */
export async function openCampaign(runner: QueryRunner): Promise<Omit<LockedCampaign, 'id'>> {
  const [opened] = (await runner.query(sql)) as Omit<LockedCampaign, 'id'>[];
  if (!opened) throw new Error('the database did not tell its time');
  return opened;
}
