import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an experiment was proposed, as data. Plans made before have none. */
export class Grounds0000000000009 implements MigrationInterface {
  readonly name = 'Grounds0000000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE experiment ADD COLUMN grounds json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE experiment DROP COLUMN grounds');
  }
}
