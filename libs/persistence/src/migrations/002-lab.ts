import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands beside the log: stations, leases, partial results, answers given under a key. */
export class Lab0000000000002 implements MigrationInterface {
  readonly name = 'Lab0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE station (
        id text NOT NULL,
        name text NOT NULL,
        boot_id text NOT NULL,
        properties text[] NOT NULL,
        limits json NOT NULL,
        schema_version integer NOT NULL,
        paused boolean NOT NULL,
        last_seen_at timestamptz(3) NOT NULL,
        CONSTRAINT station_pkey PRIMARY KEY (id),
        CONSTRAINT station_name_key UNIQUE (name)
      );

      CREATE TABLE lease (
        attempt_id text NOT NULL,
        campaign_id text NOT NULL,
        deadline timestamptz(3) NOT NULL,
        last_seen timestamptz(3) NOT NULL,
        stage text,
        progress double precision,
        CONSTRAINT lease_pkey PRIMARY KEY (attempt_id),
        CONSTRAINT lease_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt (id)
      );
      CREATE INDEX lease_by_deadline ON lease (campaign_id, deadline);

      CREATE TABLE partial (
        attempt_id text NOT NULL,
        seq bigint NOT NULL,
        body json NOT NULL,
        at timestamptz(3) NOT NULL,
        CONSTRAINT partial_pkey PRIMARY KEY (attempt_id, seq),
        CONSTRAINT partial_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt (id)
          DEFERRABLE INITIALLY DEFERRED
      );

      CREATE TABLE remembered_answer (
        scope text NOT NULL,
        key text NOT NULL,
        campaign_id text NOT NULL,
        request_hash text NOT NULL,
        response json,
        at timestamptz(3) NOT NULL,
        CONSTRAINT remembered_answer_pkey PRIMARY KEY (scope, key),
        CONSTRAINT remembered_answer_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE remembered_answer, partial, lease, station');
  }
}
