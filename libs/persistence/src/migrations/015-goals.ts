import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several objectives, windows, limits to further properties and costs: how good a result is follows from all of them. */
export class Goals0000000000015 implements MigrationInterface {
  readonly name = 'Goals0000000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaign ADD COLUMN limits json, ADD COLUMN cost json;
      ALTER TABLE experiment ADD COLUMN merit double precision;
    `);
    await runner.query(meritsOfOld);
    await runner.query(`
      DROP INDEX experiment_by_result;
      CREATE INDEX experiment_by_result ON experiment (campaign_id, value_at, number, value, merit)
        WHERE value IS NOT NULL;
      CREATE INDEX experiment_by_merit ON experiment (campaign_id, merit, value_at, number, value)
        WHERE merit IS NOT NULL;
    `);
    await runner.query(kept(', limits, cost'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(kept(''));
    await runner.query(`
      DROP INDEX experiment_by_merit;
      DROP INDEX experiment_by_result;
      ALTER TABLE experiment DROP COLUMN merit;
      ALTER TABLE campaign DROP COLUMN limits, DROP COLUMN cost;
      CREATE INDEX experiment_by_result ON experiment (campaign_id, value_at, number, value)
        WHERE value IS NOT NULL;
    `);
  }
}

/** Campaigns from before have one objective, which is to be as large, or as small, as can be, and no limits. */
const meritsOfOld = `
  UPDATE experiment SET merit = CASE campaign.objectives -> 0 ->> 'goal' WHEN 'minimise' THEN -value ELSE value END
  FROM campaign WHERE campaign.id = experiment.campaign_id AND value IS NOT NULL`;

const kept = (more: string): string => `
  DROP TRIGGER campaign_spec_kept ON campaign;
  CREATE TRIGGER campaign_spec_kept
    BEFORE UPDATE OF id, name, description, space, objectives, strategy, budget, parallel, approval, seed, lab, created_at,
      revision, plans_before, review${more}
    ON campaign FOR EACH ROW EXECUTE FUNCTION keep_campaign_spec()`;
