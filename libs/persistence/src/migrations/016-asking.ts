import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is asked of the record: the text of an experiment in one place and in small letters, so that looking for a word reads
 * one column; and under which key a token or a screen was asked for, so that asking again makes no second one.
 */
export class Asking0000000000016 implements MigrationInterface {
  readonly name = 'Asking0000000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE experiment ADD COLUMN search_text text;
      UPDATE experiment SET search_text = lower(concat_ws(E'\\n', point::text, reason, note));
      ALTER TABLE experiment ALTER COLUMN search_text SET NOT NULL;

      ALTER TABLE token ADD COLUMN request_key text, ADD COLUMN request_hash text,
        ADD CONSTRAINT token_request_key UNIQUE (request_key);
      ALTER TABLE screen ADD COLUMN request_key text, ADD COLUMN request_hash text,
        ADD CONSTRAINT screen_request_key UNIQUE (request_key);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE screen DROP COLUMN request_key, DROP COLUMN request_hash;
      ALTER TABLE token DROP COLUMN request_key, DROP COLUMN request_hash;
      ALTER TABLE experiment DROP COLUMN search_text;
    `);
  }
}
