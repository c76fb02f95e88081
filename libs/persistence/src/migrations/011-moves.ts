import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people change while a campaign runs: its settings, the order of its queue, points outside, corrected values. */
export class Moves0000000000011 implements MigrationInterface {
  readonly name = 'Moves0000000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaign
        ADD COLUMN revision integer NOT NULL DEFAULT 0,
        ADD COLUMN plans_before integer NOT NULL DEFAULT 0,
        ADD COLUMN asked integer NOT NULL DEFAULT 0,
        ADD COLUMN review json;
      ALTER TABLE campaign
        ALTER COLUMN revision DROP DEFAULT, ALTER COLUMN plans_before DROP DEFAULT, ALTER COLUMN asked DROP DEFAULT;

      ALTER TABLE experiment
        ADD COLUMN rank integer NOT NULL DEFAULT 0,
        ADD COLUMN outside text,
        ADD COLUMN proposed_by text,
        ADD COLUMN replicate_of text,
        ADD COLUMN avoid_until integer,
        ADD CONSTRAINT experiment_replicate_fkey FOREIGN KEY (replicate_of) REFERENCES experiment (id);
      ALTER TABLE experiment ALTER COLUMN rank DROP DEFAULT;
      CREATE INDEX experiment_queue ON experiment (campaign_id, rank, number) WHERE state = 'queued';

      ALTER TABLE measurement
        ADD COLUMN supersedes text,
        ADD CONSTRAINT measurement_superseded_once UNIQUE (supersedes),
        ADD CONSTRAINT measurement_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES measurement (id);
    `);
    await runner.query(whoProposed);
    await runner.query(settingsKept);
    await runner.query(valueKept('NEW.supersedes, ', 'OLD.supersedes, '));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(valueKept('', ''));
    await runner.query(`
      DROP TRIGGER campaign_spec_kept ON campaign;
      DROP FUNCTION keep_campaign_spec();
      CREATE FUNCTION keep_campaign_spec() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what a campaign was created with is fixed' USING ERRCODE = 'restrict_violation';
      END
      $$;
      CREATE TRIGGER campaign_spec_kept
        BEFORE UPDATE OF id, name, description, space, objectives, strategy, budget, parallel, approval, seed, lab, created_at
        ON campaign FOR EACH STATEMENT EXECUTE FUNCTION keep_campaign_spec();

      ALTER TABLE measurement DROP COLUMN supersedes;
      ALTER TABLE experiment
        DROP COLUMN rank, DROP COLUMN outside, DROP COLUMN proposed_by, DROP COLUMN replicate_of, DROP COLUMN avoid_until;
      ALTER TABLE campaign
        DROP COLUMN revision, DROP COLUMN plans_before, DROP COLUMN asked, DROP COLUMN review;
    `);
  }
}

/** What replaying the logs of campaigns from before gives: the last who made a point or changed it, where that was a person. */
const whoProposed = `
  UPDATE experiment SET proposed_by = made.actor_name
  FROM (
    SELECT DISTINCT ON (campaign_id, id) campaign_id, id, actor_kind, actor_name
    FROM (
      SELECT campaign_id, seq, actor_kind, actor_name,
        CASE event ->> 'type'
          WHEN 'experiment.added' THEN event -> 'experiment' ->> 'id'
          ELSE event ->> 'experimentId'
        END AS id
      FROM event
      WHERE event ->> 'type' IN ('experiment.added', 'experiment.edited')
    ) AS point
    ORDER BY campaign_id, id, seq DESC
  ) AS made
  WHERE made.id = experiment.id AND made.campaign_id = experiment.campaign_id AND made.actor_kind = 'person'`;

const settingsKept = `
  DROP TRIGGER campaign_spec_kept ON campaign;
  CREATE OR REPLACE FUNCTION keep_campaign_spec() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.id, NEW.seed, NEW.lab::text, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.seed, OLD.lab::text, OLD.created_at)
    THEN
      RAISE EXCEPTION 'what a campaign was created with is fixed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.revision <= OLD.revision THEN
      RAISE EXCEPTION 'the settings of a campaign are fixed in each of their revisions, and this is still revision %', OLD.revision
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END
  $$;
  CREATE TRIGGER campaign_spec_kept
    BEFORE UPDATE OF id, name, description, space, objectives, strategy, budget, parallel, approval, seed, lab, created_at,
      revision, plans_before, review
    ON campaign FOR EACH ROW EXECUTE FUNCTION keep_campaign_spec()`;

const valueKept = (more: string, moreBefore: string): string => `
  CREATE OR REPLACE FUNCTION keep_measurement_value() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.id, NEW.campaign_id, NEW.experiment_id, NEW.attempt_id, ${more}NEW.property, NEW.value, NEW.unit,
        NEW.uncertainty, NEW.conditions::text, NEW.raw::text, NEW.flags, NEW.created_at)
      IS DISTINCT FROM
       (OLD.id, OLD.campaign_id, OLD.experiment_id, OLD.attempt_id, ${moreBefore}OLD.property, OLD.value, OLD.unit,
        OLD.uncertainty, OLD.conditions::text, OLD.raw::text, OLD.flags, OLD.created_at)
    THEN
      RAISE EXCEPTION 'measurement % is kept as it was made: only its status and its note may change', OLD.id
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END
  $$`;
