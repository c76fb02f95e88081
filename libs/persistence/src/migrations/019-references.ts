import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What many rows at once refer to is looked up once for all of them, and what is referred to stays. Indices hold only what
 * is looked for in them.
 */
export class References0000000000019 implements MigrationInterface {
  readonly name = 'References0000000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TRIGGER campaign_stays BEFORE DELETE OR TRUNCATE ON campaign
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER plan_stays BEFORE DELETE OR TRUNCATE ON plan
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER experiment_stays BEFORE DELETE OR TRUNCATE ON experiment
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER attempt_stays BEFORE DELETE OR TRUNCATE ON attempt
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE FUNCTION keep_reference() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what the id of % % is, and what it refers to, stays', TG_TABLE_NAME, OLD.id
          USING ERRCODE = 'restrict_violation';
      END
      $$;
      CREATE TRIGGER plan_id_kept BEFORE UPDATE ON plan
        FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION keep_reference();
      CREATE TRIGGER attempt_id_kept BEFORE UPDATE ON attempt
        FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION keep_reference();
      CREATE TRIGGER experiment_references_kept BEFORE UPDATE ON experiment
        FOR EACH ROW WHEN (
          NEW.id <> OLD.id OR NEW.campaign_id <> OLD.campaign_id OR NEW.plan_id IS DISTINCT FROM OLD.plan_id
          OR (NEW.replicate_of IS NOT NULL AND NEW.replicate_of IS DISTINCT FROM OLD.replicate_of)
        ) EXECUTE FUNCTION keep_reference();

      ${check('experiment', experimentRefersTo)}
      ${check('measurement', measurementRefersTo)}
      ALTER TABLE experiment
        DROP CONSTRAINT experiment_campaign_fkey,
        DROP CONSTRAINT experiment_plan_fkey,
        DROP CONSTRAINT experiment_replicate_fkey;
      ALTER TABLE measurement
        DROP CONSTRAINT measurement_campaign_fkey,
        DROP CONSTRAINT measurement_experiment_fkey,
        DROP CONSTRAINT measurement_attempt_fkey,
        DROP CONSTRAINT measurement_supersedes_fkey;

      DROP INDEX experiment_past;
      DROP INDEX experiment_by_state;
      CREATE INDEX experiment_by_state ON experiment (campaign_id, state, number, origin);
      DROP INDEX experiment_by_merit;
      CREATE INDEX experiment_by_merit ON experiment (campaign_id, merit) WHERE merit IS NOT NULL;

      ALTER TABLE measurement DROP CONSTRAINT measurement_superseded_once;
      CREATE UNIQUE INDEX measurement_superseded_once ON measurement (supersedes) WHERE supersedes IS NOT NULL;
      DROP INDEX measurement_by_attempt;
      CREATE INDEX measurement_by_attempt ON measurement (attempt_id) WHERE attempt_id IS NOT NULL;
      DROP INDEX measurement_by_time;
      CREATE INDEX measurement_by_time ON measurement (campaign_id, created_at, status);
      DROP INDEX measurement_by_status;
      CREATE INDEX measurement_undecided ON measurement (campaign_id, status)
        WHERE status IN ('submitted', 'flagged', 'late');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX measurement_undecided;
      CREATE INDEX measurement_by_status ON measurement (campaign_id, status);
      DROP INDEX measurement_by_time;
      CREATE INDEX measurement_by_time ON measurement (campaign_id, created_at);
      DROP INDEX measurement_by_attempt;
      CREATE INDEX measurement_by_attempt ON measurement (attempt_id);
      DROP INDEX measurement_superseded_once;
      ALTER TABLE measurement ADD CONSTRAINT measurement_superseded_once UNIQUE (supersedes);
      DROP INDEX experiment_by_merit;
      CREATE INDEX experiment_by_merit ON experiment (campaign_id, merit, value_at, number, value)
        WHERE merit IS NOT NULL;
      DROP INDEX experiment_by_state;
      CREATE INDEX experiment_by_state ON experiment (campaign_id, state, number);
      CREATE INDEX experiment_past ON experiment (campaign_id, state) WHERE origin = 'history';

      ALTER TABLE measurement
        ${measurementRefersTo.map(constraint).join(',\n        ')};
      ALTER TABLE experiment
        ${experimentRefersTo.map(constraint).join(',\n        ')};
      DROP TRIGGER measurement_refers ON measurement;
      DROP TRIGGER experiment_refers ON experiment;
      DROP FUNCTION check_measurement_references();
      DROP FUNCTION check_experiment_references();
      DROP TRIGGER experiment_references_kept ON experiment;
      DROP TRIGGER attempt_id_kept ON attempt;
      DROP TRIGGER plan_id_kept ON plan;
      DROP FUNCTION keep_reference();
      DROP TRIGGER attempt_stays ON attempt;
      DROP TRIGGER experiment_stays ON experiment;
      DROP TRIGGER plan_stays ON plan;
      DROP TRIGGER campaign_stays ON campaign;
    `);
  }
}

/** A column, the table whose id it holds, and what the foreign key was called, by which its refusal is still known. */
type Reference = readonly [column: string, table: string, name: string];

const experimentRefersTo: readonly Reference[] = [
  ['campaign_id', 'campaign', 'experiment_campaign_fkey'],
  ['plan_id', 'plan', 'experiment_plan_fkey'],
  ['replicate_of', 'experiment', 'experiment_replicate_fkey'],
];

const measurementRefersTo: readonly Reference[] = [
  ['campaign_id', 'campaign', 'measurement_campaign_fkey'],
  ['experiment_id', 'experiment', 'measurement_experiment_fkey'],
  ['attempt_id', 'attempt', 'measurement_attempt_fkey'],
  ['supersedes', 'measurement', 'measurement_supersedes_fkey'],
];

/** Each id is looked up by its index, however many rows the planner thinks there are. */
const check = (table: string, references: readonly Reference[]): string => `
      CREATE FUNCTION check_${table}_references() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
      DECLARE
        strange text;
      BEGIN
        ${references.map(lookUp(table)).join('\n        ')}
        RETURN NULL;
      END
      $$;
      CREATE TRIGGER ${table}_refers AFTER INSERT ON ${table} REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION check_${table}_references();`;

const lookUp =
  (table: string) =>
  ([column, to, name]: Reference): string =>
    `
        SELECT ${column} INTO strange FROM (SELECT DISTINCT ${column} FROM added WHERE ${column} IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM ${to} WHERE id = named.${column}) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new ${table} names the ${to} %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '${name}', TABLE = '${table}';
        END IF;`.trim();

const constraint = ([column, to, name]: Reference): string =>
  `ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${to} (id)`;
