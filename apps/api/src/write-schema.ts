import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { buildSchema, schemaText } from './graphql/schema-text.js';

/** `node apps/api/dist/write-schema.js`: puts the schema that the classes say in the committed file's place. */
const text = schemaText(await buildSchema());
await writeFile(new URL('../schema.graphql', import.meta.url), text);
