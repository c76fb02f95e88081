import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { newDataSource } from '../src/data-source.js';
import { migrate } from '../src/migrate.js';
import { dumpSchema } from '../src/schema-dump.js';

describe('the schema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let applied: string[];

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await newDataSource({ url: database.url }).initialize();
    applied = await migrate(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('is made by every migration, once and in order', async () => {
    expect(applied).toEqual([
      'Record0000000000001',
      'Lab0000000000002',
      'Tokens0000000000003',
      'Guards0000000000004',
      'Screens0000000000005',
      'Artifacts0000000000006',
      'RequestsInFlight0000000000007',
      'Waiting0000000000008',
      'Grounds0000000000009',
      'Access0000000000010',
      'Moves0000000000011',
      'Results0000000000012',
      'History0000000000013',
      'Analyses0000000000014',
      'Goals0000000000015',
      'Asking0000000000016',
      'Importing0000000000017',
      'Knowledge0000000000018',
      'References0000000000019',
    ]);
    expect(await migrate(dataSource)).toEqual([]);
  });

  it('is the one that was committed as schema.sql', async () => {
    const committed = readFileSync(join(__dirname, '../schema.sql'), 'utf8');
    expect(await dumpSchema(dataSource)).toBe(committed);
  });

  it('is what the entities say, to TypeORM too', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be made from schema.sql as well', async () => {
    const other = await freshDatabase();
    const target = await newDataSource({ url: other.url }).initialize();
    try {
      await target.query(readFileSync(join(__dirname, '../schema.sql'), 'utf8'));
      expect(await dumpSchema(target)).toBe(await dumpSchema(dataSource));
    } finally {
      await target.destroy();
      await other.drop();
    }
  });

  it('can be taken back to nothing and made again', async () => {
    const before = await dumpSchema(dataSource);
    for (let left = applied.length; left > 0; left -= 1) await dataSource.undoLastMigration();
    expect(await dumpSchema(dataSource)).not.toMatch(/CREATE/);
    await migrate(dataSource);
    expect(await dumpSchema(dataSource)).toBe(before);
  });

  it('is migrated once where several processes start together', async () => {
    const shared = await freshDatabase();
    const processes = await Promise.all(
      Array.from({ length: 4 }, () => newDataSource({ url: shared.url, poolSize: 1 }).initialize()),
    );
    try {
      const all = await Promise.all(processes.map(migrate));
      expect(all.map((names) => names.length).sort()).toEqual([0, 0, 0, applied.length]);
    } finally {
      await Promise.all(processes.map((one) => one.destroy()));
      await shared.drop();
    }
  });
});
