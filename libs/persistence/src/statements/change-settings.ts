import type { CampaignRow } from '../rows/campaign.js';
import type { PreparedQuery } from './prepared.js';

const statement = {
  name: 'change-settings',
  text: `
    UPDATE campaign SET
      name = $2, description = $3, space = $4, objectives = $5, strategy = $6, budget = $7, parallel = $8,
      approval = $9, review = $10, revision = $11, plans_before = $12, limits = $13, cost = $14
    WHERE id = $1`,
};

/** The database refuses them where the revision does not grow. */
export const changeSettings = (to: CampaignRow): PreparedQuery => ({
  ...statement,
  values: [
    to.id,
    to.name,
    to.description,
    JSON.stringify(to.space),
    JSON.stringify(to.objectives),
    JSON.stringify(to.strategy),
    to.budget,
    to.parallel,
    to.approval,
    jsonOrNull(to.review),
    to.revision,
    to.plansBefore,
    jsonOrNull(to.limits),
    jsonOrNull(to.cost),
  ],
});

const jsonOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
