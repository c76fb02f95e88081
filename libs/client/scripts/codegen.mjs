// The client's operations typed from the committed schema, which inputs take an idempotency key, and the schema itself.
// `--check` writes nothing and fails on a difference.
import { buildSchema, isInputObjectType } from 'graphql';
import { schemaText, typedDocuments, writeOrCheck } from '../../../scripts/typed-documents.mjs';

const here = (path) => new URL(path, import.meta.url);
const text = schemaText();

const keyed = Object.values(buildSchema(text).getTypeMap())
  .filter((type) => isInputObjectType(type) && 'idempotencyKey' in type.getFields())
  .map(({ name }) => name)
  .sort();
const list = keyed.map((name) => `  '${name}',\n`).join('');

writeOrCheck(
  [
    [
      here('../src/generated/graphql.ts'),
      await typedDocuments(here('../src/operations/'), { documentMode: 'string' }),
    ],
    [
      here('../src/generated/keyed-inputs.ts'),
      `/** Inputs that take an idempotency key. */\nexport const keyedInputs: ReadonlySet<string> = new Set([\n${list}]);\n`,
    ],
    [
      here('../src/generated/schema.ts'),
      `/** The schema that this client was made for, in GraphQL's own language. */\nexport const schema = ${JSON.stringify(text)};\n`,
    ],
  ],
  '@ionloop/client',
);

// The same operations, as the server may be told to answer no others.
await import('../../../scripts/operations.mjs');
