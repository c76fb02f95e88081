import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tokens0000000000003 implements MigrationInterface {
  readonly name = 'Tokens0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE token (
        id text NOT NULL,
        name text NOT NULL,
        hash text NOT NULL,
        role text NOT NULL,
        station text,
        one_time boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3),
        CONSTRAINT token_pkey PRIMARY KEY (id),
        CONSTRAINT token_hash_key UNIQUE (hash)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE token');
  }
}
