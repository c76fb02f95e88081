import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Results from elsewhere that plans are made with, frozen when they were added; of each plan, which of them. */
export class Knowledge0000000000018 implements MigrationInterface {
  readonly name = 'Knowledge0000000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE knowledge (
        id text NOT NULL,
        campaign_id text NOT NULL,
        number integer NOT NULL,
        name text NOT NULL,
        origin json NOT NULL,
        frozen_rows json NOT NULL,
        hash text NOT NULL,
        added_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        removed json,
        CONSTRAINT knowledge_pkey PRIMARY KEY (id),
        CONSTRAINT knowledge_number_key UNIQUE (campaign_id, number),
        CONSTRAINT knowledge_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );
      CREATE TRIGGER knowledge_append_only BEFORE DELETE OR TRUNCATE ON knowledge
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE FUNCTION keep_knowledge() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.removed IS NOT NULL
          OR (NEW.id, NEW.campaign_id, NEW.number, NEW.name, NEW.origin::text, NEW.frozen_rows::text, NEW.hash,
              NEW.added_by, NEW.created_at)
            IS DISTINCT FROM
             (OLD.id, OLD.campaign_id, OLD.number, OLD.name, OLD.origin::text, OLD.frozen_rows::text, OLD.hash,
              OLD.added_by, OLD.created_at)
        THEN
          RAISE EXCEPTION 'knowledge % is kept as it was added: it can only be removed, once', OLD.id
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END
      $$;
      CREATE TRIGGER knowledge_kept BEFORE UPDATE ON knowledge
        FOR EACH ROW EXECUTE FUNCTION keep_knowledge();

      ALTER TABLE plan ADD COLUMN knowledge json;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE plan DROP COLUMN knowledge;
      DROP TABLE knowledge;
      DROP FUNCTION keep_knowledge();
    `);
  }
}
