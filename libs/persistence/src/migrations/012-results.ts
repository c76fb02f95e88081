import type { AcceptedResult, Objective } from '@ionloop/domain';
import { valueOfResults } from '@ionloop/engine';
import type { MigrationInterface, QueryRunner } from 'typeorm';

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

const atOnce = 5000;

async function valueAnew(runner: QueryRunner, campaignId: string, objective: Objective): Promise<void> {
  let last = '';
  for (;;) {
    const page = (await runner.query(
      `SELECT id, results FROM experiment
      WHERE campaign_id = $1 AND id COLLATE "C" > $2 AND json_array_length(results) > 0
      ORDER BY id COLLATE "C" LIMIT ${atOnce}`,
      [campaignId, last],
    )) as readonly { readonly id: string; readonly results: readonly AcceptedResult[] }[];
    const found = page.map(({ results }) => valueOfResults(results, objective));
    await runner.query(
      `UPDATE experiment SET value = found.value, value_at = found.at
      FROM unnest($1::text[], $2::float8[], $3::timestamptz[]) AS found (id, value, at)
      WHERE found.id = experiment.id`,
      [page.map(({ id }) => id), found.map((one) => one?.value ?? null), found.map((one) => one?.at ?? null)],
    );
    last = page.at(-1)?.id ?? '';
    if (page.length < atOnce) return;
  }
}
