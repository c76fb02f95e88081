import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, schemaText } from '../src/graphql/schema-text.js';

test('the committed schema is the one that the classes say', async () => {
  const committed = readFileSync(resolve(__dirname, '../schema.graphql'), 'utf8');
  expect(schemaText(await buildSchema())).toBe(committed);
});
