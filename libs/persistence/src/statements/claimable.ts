import type { Ability } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';
import { canMake, canMeasure } from './can-make.js';

const sql = `
  SELECT campaign.id
  FROM campaign
  WHERE campaign.state = 'active'
    AND campaign.dispatch
    AND ${canMeasure('$1::text[]', '$2::jsonb', 'campaign.objectives')}
    AND EXISTS (
      SELECT FROM experiment
      WHERE experiment.campaign_id = campaign.id AND experiment.state = 'queued'
        AND ${canMake('$2::jsonb', 'experiment.point')}
    )
  ORDER BY campaign.created_at, campaign.id`;

/** The oldest campaign first. */
export async function claimable(
  manager: EntityManager,
  { properties, limits }: Ability,
): Promise<readonly string[]> {
  const rows = await manager.query<{ id: string }[]>(sql, [properties, JSON.stringify(limits)]);
  return rows.map(({ id }) => id);
}
