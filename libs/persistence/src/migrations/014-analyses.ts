import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Questions about campaigns beside their plans, and lists of candidates with what is believed of them. */
export class Analyses0000000000014 implements MigrationInterface {
  readonly name = 'Analyses0000000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE analysis (
        id text NOT NULL,
        campaign_id text NOT NULL,
        kind text NOT NULL,
        request json NOT NULL,
        key text NOT NULL,
        status text NOT NULL,
        done integer NOT NULL,
        total integer,
        result json,
        error text,
        data_revision integer NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        started_at timestamptz(3),
        touched_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        CONSTRAINT analysis_pkey PRIMARY KEY (id),
        CONSTRAINT analysis_key_key UNIQUE (campaign_id, key),
        CONSTRAINT analysis_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );
      CREATE INDEX analysis_unfinished ON analysis (campaign_id) WHERE ended_at IS NULL;
      CREATE TABLE candidate (
        analysis_id text NOT NULL,
        number integer NOT NULL,
        point json NOT NULL,
        mean double precision NOT NULL,
        sd double precision NOT NULL,
        score double precision NOT NULL,
        feasible double precision NOT NULL,
        tried boolean NOT NULL,
        CONSTRAINT candidate_pkey PRIMARY KEY (analysis_id, number),
        CONSTRAINT candidate_analysis_fkey FOREIGN KEY (analysis_id) REFERENCES analysis (id)
      );
      CREATE INDEX candidate_by_score ON candidate (analysis_id, score, number);
      CREATE INDEX candidate_by_mean ON candidate (analysis_id, mean, number);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE candidate; DROP TABLE analysis;');
  }
}
