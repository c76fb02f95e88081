import type { PreparedQuery } from './prepared.js';

const statement = {
  name: 'open-campaign',
  text: 'SELECT clock_timestamp() AS now, pg_current_xact_id()::text AS "transactionId"',
};

/** What `lockCampaign` tells, for a campaign that is about to be. */
export const openCampaign: PreparedQuery = { ...statement, values: [] };
