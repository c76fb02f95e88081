import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Experiments of the past spend no budget: they are counted apart, and cost nothing where there are none. */
export class History0000000000013 implements MigrationInterface {
  readonly name = 'History0000000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX experiment_past ON experiment (campaign_id, state) WHERE origin = 'history'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX experiment_past');
  }
}
