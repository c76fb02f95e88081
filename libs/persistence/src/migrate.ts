import { type DataSource, MigrationExecutor } from 'typeorm';

/** Any number that nobody else uses as an advisory lock in this database. */
const migrationLock = 7_406_925_118;

/** Applies what is pending, all or nothing; processes that start together take turns. Returns what was applied. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    try {
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'all';
      return (await executor.executePendingMigrations()).map(({ name }) => name);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    }
  } finally {
    await runner.release();
  }
}
