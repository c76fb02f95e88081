import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables on their way into a campaign, with their bytes and what is wrong in them. */
export class Importing0000000000017 implements MigrationInterface {
  readonly name = 'Importing0000000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import (
        id text NOT NULL,
        campaign_id text NOT NULL,
        key text,
        file_name text NOT NULL,
        bytes double precision NOT NULL,
        sha256 text NOT NULL,
        options json NOT NULL,
        actor json NOT NULL,
        state text NOT NULL,
        run integer NOT NULL,
        busy boolean NOT NULL,
        rows_read integer NOT NULL,
        bytes_read double precision NOT NULL,
        bad integer NOT NULL,
        written integer NOT NULL,
        report json,
        preview json,
        error text,
        created_at timestamptz(3) NOT NULL,
        started_at timestamptz(3),
        touched_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        CONSTRAINT import_pkey PRIMARY KEY (id),
        CONSTRAINT import_key_key UNIQUE (campaign_id, key),
        CONSTRAINT import_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );
      CREATE INDEX import_unfinished ON import (campaign_id) WHERE ended_at IS NULL;
      CREATE UNIQUE INDEX import_writing ON import (campaign_id) WHERE busy AND state = 'importing';
      CREATE TABLE import_piece (
        import_id text NOT NULL,
        number integer NOT NULL,
        bytes bytea NOT NULL,
        CONSTRAINT import_piece_pkey PRIMARY KEY (import_id, number),
        CONSTRAINT import_piece_import_fkey FOREIGN KEY (import_id) REFERENCES import (id)
      );
      CREATE TABLE import_bad_row (
        import_id text NOT NULL,
        run integer NOT NULL,
        line integer NOT NULL,
        wrong_column text,
        reason text NOT NULL,
        CONSTRAINT import_bad_row_pkey PRIMARY KEY (import_id, run, line),
        CONSTRAINT import_bad_row_import_fkey FOREIGN KEY (import_id) REFERENCES import (id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_bad_row; DROP TABLE import_piece; DROP TABLE import;');
  }
}
