import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What must never change is kept by the database itself, whoever writes to it. */
export class Guards0000000000004 implements MigrationInterface {
  readonly name = 'Guards0000000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP
          USING ERRCODE = 'restrict_violation';
      END
      $$;

      CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER measurement_append_only BEFORE DELETE OR TRUNCATE ON measurement
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE FUNCTION keep_measurement_value() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.campaign_id, NEW.experiment_id, NEW.attempt_id, NEW.property, NEW.value, NEW.unit,
            NEW.uncertainty, NEW.conditions::text, NEW.raw::text, NEW.flags, NEW.created_at)
          IS DISTINCT FROM
           (OLD.id, OLD.campaign_id, OLD.experiment_id, OLD.attempt_id, OLD.property, OLD.value, OLD.unit,
            OLD.uncertainty, OLD.conditions::text, OLD.raw::text, OLD.flags, OLD.created_at)
        THEN
          RAISE EXCEPTION 'measurement % is kept as it was made: only its status and its note may change', OLD.id
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END
      $$;

      CREATE TRIGGER measurement_value_kept BEFORE UPDATE ON measurement
        FOR EACH ROW EXECUTE FUNCTION keep_measurement_value();

      CREATE FUNCTION keep_campaign_spec() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what a campaign was created with is fixed' USING ERRCODE = 'restrict_violation';
      END
      $$;

      CREATE TRIGGER campaign_spec_kept
        BEFORE UPDATE OF id, name, description, space, objectives, strategy, budget, parallel, approval, seed, lab, created_at
        ON campaign FOR EACH STATEMENT EXECUTE FUNCTION keep_campaign_spec();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER campaign_spec_kept ON campaign;
      DROP FUNCTION keep_campaign_spec();
      DROP TRIGGER measurement_value_kept ON measurement;
      DROP FUNCTION keep_measurement_value();
      DROP TRIGGER measurement_append_only ON measurement;
      DROP TRIGGER event_append_only ON event;
      DROP FUNCTION refuse_change();
    `);
  }
}
