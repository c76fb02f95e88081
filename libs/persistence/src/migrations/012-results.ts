import type { Objective } from '@ionloop/domain';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { valueAnew } from '../statements/value-anew.js';

/** Experiments keep their accepted results, and what these come to, so that a campaign is not read whole to be shown. */
export class Results0000000000012 implements MigrationInterface {
  readonly name = 'Results0000000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE experiment
        ADD COLUMN results json NOT NULL DEFAULT '[]',
        ADD COLUMN value double precision,
        ADD COLUMN value_at timestamptz(3);
      ALTER TABLE experiment ALTER COLUMN results DROP DEFAULT;
    `);
    await runner.query(resultsOfOld);
    await valuesOfOld(runner);
    await runner.query(`
      CREATE INDEX experiment_by_value ON experiment (campaign_id, value, number);
      CREATE INDEX experiment_by_result ON experiment (campaign_id, value_at, number, value)
        WHERE value IS NOT NULL;
      CREATE INDEX measurement_by_time ON measurement (campaign_id, created_at);
      CREATE INDEX attempt_by_time ON attempt (campaign_id, leased_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX measurement_by_time;
      DROP INDEX attempt_by_time;
      ALTER TABLE experiment DROP COLUMN results, DROP COLUMN value, DROP COLUMN value_at;
    `);
  }
}

/** What replaying the logs of campaigns from before gives. */
const resultsOfOld = `
  UPDATE experiment SET results = found.results
  FROM (
    SELECT experiment_id, json_agg(json_build_object(
      'measurementId', id, 'property', property, 'value', value,
      'at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) ORDER BY id COLLATE "C") AS results
    FROM measurement WHERE status = 'accepted' GROUP BY experiment_id
  ) AS found
  WHERE found.experiment_id = experiment.id`;

/** What they come to, campaign by campaign. */
async function valuesOfOld(runner: QueryRunner): Promise<void> {
  const campaigns = (await runner.query(
    'SELECT id, objectives -> 0 AS objective FROM campaign',
  )) as readonly {
    readonly id: string;
    readonly objective: Objective;
  }[];
  for (const { id, objective } of campaigns) await valueAnew(runner, id, objective);
}
