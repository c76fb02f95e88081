import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { resolvers } from './resolvers.js';

/** The schema as the classes say it, without a server. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const quiet: Partial<NestApplicationOptions> = { logger: false };
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, quiet);
  try {
    return await app.get(GraphQLSchemaFactory).create([...resolvers]);
  } finally {
    await app.close();
  }
}

/** As it is committed: apps/api/schema.graphql. */
export const schemaText = (schema: GraphQLSchema): string =>
  `# Written from the classes in apps/api/src by dist/write-schema.js; a test compares the two.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
