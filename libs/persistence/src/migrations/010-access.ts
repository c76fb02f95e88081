import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Workspaces, and what was there before in the one called default. Who decided by which token. What was changed about
 * access. How fast each token may ask: unlogged, because it is rightly forgotten after a crash of the database.
 */
export class Access0000000000010 implements MigrationInterface {
  readonly name = 'Access0000000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspace (
        id text NOT NULL,
        name text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT workspace_pkey PRIMARY KEY (id)
      );
      INSERT INTO workspace (id, name, created_at)
      VALUES ('default', 'Default', date_trunc('milliseconds', clock_timestamp()));

      ALTER TABLE campaign ADD COLUMN workspace text NOT NULL DEFAULT 'default',
        ADD CONSTRAINT campaign_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace (id);
      CREATE INDEX campaign_by_workspace ON campaign (workspace, created_at, id);
      CREATE FUNCTION keep_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a campaign stays in its workspace' USING ERRCODE = 'restrict_violation';
      END
      $$;
      CREATE TRIGGER campaign_workspace_kept BEFORE UPDATE OF workspace ON campaign
        FOR EACH STATEMENT EXECUTE FUNCTION keep_workspace();

      ALTER TABLE station ADD COLUMN workspace text NOT NULL DEFAULT 'default',
        ADD CONSTRAINT station_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace (id),
        DROP CONSTRAINT station_name_key,
        ADD CONSTRAINT station_name_key UNIQUE (workspace, name);

      ALTER TABLE artifact ADD COLUMN workspace text NOT NULL DEFAULT 'default',
        ADD CONSTRAINT artifact_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace (id),
        DROP CONSTRAINT artifact_pkey,
        ADD CONSTRAINT artifact_pkey PRIMARY KEY (workspace, sha256);

      ALTER TABLE token ADD COLUMN workspace text NOT NULL DEFAULT 'default',
        ADD CONSTRAINT token_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace (id),
        ADD COLUMN campaign text,
        ADD COLUMN instance boolean NOT NULL DEFAULT false;
      UPDATE token SET instance = true WHERE role = 'admin';

      ALTER TABLE event ADD COLUMN actor_via json;

      CREATE TABLE access_change (
        id text NOT NULL,
        workspace text NOT NULL,
        at timestamptz(3) NOT NULL,
        actor json NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        detail json NOT NULL,
        CONSTRAINT access_change_pkey PRIMARY KEY (id),
        CONSTRAINT access_change_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace (id)
      );
      CREATE INDEX access_change_by_workspace ON access_change (workspace, id COLLATE "C");
      CREATE TRIGGER access_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_change
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE UNLOGGED TABLE rate_bucket (
        key text NOT NULL,
        permits double precision NOT NULL,
        granted double precision NOT NULL,
        at timestamptz(3) NOT NULL,
        CONSTRAINT rate_bucket_pkey PRIMARY KEY (key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE rate_bucket, access_change;
      ALTER TABLE event DROP COLUMN actor_via;
      ALTER TABLE token DROP COLUMN workspace, DROP COLUMN campaign, DROP COLUMN instance;
      ALTER TABLE artifact DROP CONSTRAINT artifact_pkey, DROP COLUMN workspace,
        ADD CONSTRAINT artifact_pkey PRIMARY KEY (sha256);
      ALTER TABLE station DROP CONSTRAINT station_name_key, DROP COLUMN workspace,
        ADD CONSTRAINT station_name_key UNIQUE (name);
      DROP TRIGGER campaign_workspace_kept ON campaign;
      DROP FUNCTION keep_workspace();
      ALTER TABLE campaign DROP COLUMN workspace;
      DROP TABLE workspace;
    `);
  }
}
