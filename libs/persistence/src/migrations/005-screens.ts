import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Screens and what each of their chunks found: no part of a campaign's log, because a lost one can be made again. */
export class Screens0000000000005 implements MigrationInterface {
  readonly name = 'Screens0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE screen (
        id text NOT NULL,
        campaign_id text NOT NULL,
        status text NOT NULL,
        request json NOT NULL,
        plan json,
        chunks integer,
        candidates text,
        kept integer,
        result json,
        error text,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        started_at timestamptz(3),
        ended_at timestamptz(3),
        CONSTRAINT screen_pkey PRIMARY KEY (id),
        CONSTRAINT screen_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );
      CREATE INDEX screen_by_campaign ON screen (campaign_id);

      CREATE TABLE screen_chunk (
        screen_id text NOT NULL,
        chunk integer NOT NULL,
        candidates integer NOT NULL,
        result json NOT NULL,
        at timestamptz(3) NOT NULL,
        CONSTRAINT screen_chunk_pkey PRIMARY KEY (screen_id, chunk),
        CONSTRAINT screen_chunk_screen_fkey FOREIGN KEY (screen_id) REFERENCES screen (id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE screen_chunk, screen');
  }
}
