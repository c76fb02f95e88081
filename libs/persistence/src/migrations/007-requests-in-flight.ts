import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Unlogged: it says who is at work just now, costs no flush, and is rightly empty after a crash of the database. */
export class RequestsInFlight0000000000007 implements MigrationInterface {
  readonly name = 'RequestsInFlight0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE request_in_flight (
        scope text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        holder text NOT NULL,
        deadline timestamptz(3) NOT NULL,
        CONSTRAINT request_in_flight_pkey PRIMARY KEY (scope, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE request_in_flight');
  }
}
