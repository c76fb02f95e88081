import type { AbilityInWorkspace } from '@ionloop/engine';
import { canMake, canMeasure } from './can-make.js';
import type { PreparedQuery } from './prepared.js';

const statement = {
  name: 'claimable',
  text: `
  SELECT campaign.id
  FROM campaign
  WHERE campaign.state = 'active'
    AND campaign.dispatch
    AND ($3::text IS NULL OR campaign.workspace = $3)
    AND ${canMeasure('$1::text[]', '$2::jsonb', { objectives: 'campaign.objectives', limits: 'campaign.limits' })}
    AND EXISTS (
      SELECT FROM experiment
      WHERE experiment.campaign_id = campaign.id AND experiment.state = 'queued'
        AND ${canMake('$2::jsonb', 'experiment.point')}
    )
  ORDER BY campaign.created_at, campaign.id`,
};

/** The oldest campaign first. */
export const claimable = ({ properties, limits, workspace }: AbilityInWorkspace): PreparedQuery => ({
  ...statement,
  values: [properties, JSON.stringify(limits), workspace ?? null],
});
