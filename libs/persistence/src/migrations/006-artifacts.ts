import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which files are there, and which results name them. The bytes themselves lie in a folder. */
export class Artifacts0000000000006 implements MigrationInterface {
  readonly name = 'Artifacts0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE artifact (
        sha256 text NOT NULL,
        bytes bigint NOT NULL,
        media_type text NOT NULL,
        uploaded_at timestamptz(3) NOT NULL,
        station text NOT NULL,
        token_id text NOT NULL,
        CONSTRAINT artifact_pkey PRIMARY KEY (sha256)
      );

      CREATE TABLE attachment (
        id text NOT NULL,
        campaign_id text NOT NULL,
        experiment_id text NOT NULL,
        attempt_id text NOT NULL,
        measurement_id text,
        sha256 text NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        bytes bigint NOT NULL,
        kind text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT attachment_pkey PRIMARY KEY (id),
        CONSTRAINT attachment_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT attachment_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt (id),
        CONSTRAINT attachment_measurement_fkey FOREIGN KEY (measurement_id) REFERENCES measurement (id)
      );
      CREATE INDEX attachment_by_attempt ON attachment (campaign_id, attempt_id);

      CREATE TRIGGER attachment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attachment
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE attachment, artifact');
  }
}
