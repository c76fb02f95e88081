import type { EntityManager } from 'typeorm';

const sql = `
  SELECT campaign.id
  FROM campaign
  WHERE campaign.state = 'active'
    AND campaign.dispatch
    AND EXISTS (
      SELECT FROM json_array_elements(campaign.objectives) AS objective
      WHERE objective ->> 'property' = ANY ($1::text[])
    )
    AND EXISTS (
      SELECT FROM experiment
      WHERE experiment.campaign_id = campaign.id AND experiment.state = 'queued'
    )
  ORDER BY campaign.created_at, campaign.id`;

/** The oldest campaign first. */
export async function claimable(
  manager: EntityManager,
  properties: readonly string[],
): Promise<readonly string[]> {
  const rows = await manager.query<{ id: string }[]>(sql, [properties]);
  return rows.map(({ id }) => id);
}
