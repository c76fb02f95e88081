import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildSchema, isUnionType, Kind, parse } from 'graphql';
import { documents } from '../src/index.js';
import { schema } from '../src/generated/schema.js';

test('the generated code is what the committed schema gives', () => {
  const script = join(__dirname, '../scripts/codegen.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('there is a document for every operation but those of a station', () => {
  const built = buildSchema(schema);
  const offered = [built.getQueryType(), built.getMutationType(), built.getSubscriptionType()]
    .flatMap((type) => Object.keys(type?.getFields() ?? {}))
    .filter((name) => !name.startsWith('lab'));
  const asked = Object.values(documents)
    .filter((document) => document instanceof String)
    .flatMap((document) => parse(document.toString()).definitions)
    .flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.selectionSet.selections : []))
    .flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
  expect([...new Set(asked)].sort()).toEqual(offered.sort());
});

test('every kind of analysis has its result read', () => {
  const union = buildSchema(schema).getType('AnalysisResult');
  if (!isUnionType(union)) throw new Error('AnalysisResult is no union');
  const text = documents.AnalysisDocument.toString();
  const unread = union.getTypes().filter(({ name }) => !text.includes(`... on ${name} `));
  expect(unread.map(({ name }) => name)).toEqual([]);
});
