// Types of the dashboard's operations from the committed schema. `--check` writes nothing and fails on a difference.
import { typedDocuments, writeOrCheck } from '../../../scripts/typed-documents.mjs';

const here = (path) => new URL(path, import.meta.url);

const documents = await typedDocuments(here('../src/api/operations/'));
writeOrCheck([[here('../src/api/generated/graphql.ts'), documents]], '@ionloop/dashboard');

// The same operations, as the server may be told to answer no others.
await import('../../../scripts/operations.mjs');
