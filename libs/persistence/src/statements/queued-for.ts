import type { StationLimits } from '@ionloop/domain';
import type { QueryRunner } from 'typeorm';
import { canMake } from './can-make.js';
import { ask } from './prepared.js';

const statement = {
  name: 'queued-for',
  text: `
    SELECT id FROM experiment
    WHERE campaign_id = $1 AND state = 'queued' AND ${canMake('$2::jsonb', 'point')}
    ORDER BY rank, number
    LIMIT $3`,
};

/** In the order of their turns, as the index has them: it stops at the limit. */
export async function queuedFor(
  runner: QueryRunner,
  campaignId: string,
  limits: StationLimits,
  limit: number,
): Promise<readonly string[]> {
  const values = [campaignId, JSON.stringify(limits), limit];
  return (await ask<{ id: string }>(runner, { ...statement, values })).map(({ id }) => id);
}
