import { writeFileSync } from 'node:fs';
import { newDataSource } from './data-source.js';
import { migrate } from './migrate.js';
import { dumpSchema } from './schema-dump.js';

/** node dist/write-schema.js <URL of an empty database>: migrates it and writes schema.sql from what it finds there. */
const url = process.argv[2];
if (url === undefined) throw new Error('usage: node dist/write-schema.js <URL of an empty database>');
const dataSource = await newDataSource({ url }).initialize();
await migrate(dataSource);
writeFileSync(new URL('../schema.sql', import.meta.url), await dumpSchema(dataSource));
await dataSource.destroy();
