import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CampaignFieldsResolver } from '../src/campaigns/campaign-fields.resolver.js';
import {
  AttemptFieldsResolver,
  ExperimentFieldsResolver,
} from '../src/experiments/experiment-fields.resolver.js';
import { buildSchema, schemaText } from '../src/graphql/schema-text.js';

test('the committed schema is the one that the classes say', async () => {
  const committed = readFileSync(resolve(__dirname, '../schema.graphql'), 'utf8');
  expect(schemaText(await buildSchema())).toBe(committed);
});

/** Nest wraps each parameter that has a decorator in promises: five turns for each field of each row. */
test('what rows are asked for is called by GraphQL itself', () => {
  const wrapped = [ExperimentFieldsResolver, AttemptFieldsResolver].flatMap((resolver) =>
    Object.getOwnPropertyNames(resolver.prototype).filter((method) =>
      Reflect.hasMetadata('__routeArguments__', resolver, method),
    ),
  );
  expect(wrapped).toEqual([]);
  expect(Reflect.hasMetadata('__routeArguments__', CampaignFieldsResolver, 'experiments')).toBe(true);
});
