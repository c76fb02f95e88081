import type { QueryRunner } from 'typeorm';
import type { Moment } from './lock-campaign.js';
import { ask } from './prepared.js';

const statement = {
  name: 'open-campaign',
  text: 'SELECT clock_timestamp() AS now, pg_current_xact_id()::text AS "transactionId"',
};

/** What `lockCampaign` tells, for a campaign that is about to be. */
export async function openCampaign(runner: QueryRunner): Promise<Moment> {
  const [moment] = await ask<Moment>(runner, { ...statement, values: [] });
  if (!moment) throw new Error('the database did not tell its time');
  return moment;
}
