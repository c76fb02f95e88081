// The operations of the dashboard and of @ionloop/client as a manifest of persisted queries: apps/api/operations.json.
// `--check` writes nothing and fails on a difference.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Kind, parse, print, visit } from 'graphql';

const here = (path) => new URL(path, import.meta.url);
const target = here('../apps/api/operations.json');

const definitionsIn = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .flatMap((file) => parse(readFileSync(new URL(file, folder), 'utf8')).definitions);

/** What the client adds to each mutation before it sends it: see libs/client/src/document.ts. */
const userErrors = parse('{ userErrors { code message field } }').definitions[0].selectionSet.selections;
const askingForErrors = (operation) =>
  operation.operation !== 'mutation'
    ? operation
    : visit(operation, {
        Field: (root, _key, _parent, _path, ancestors) => {
          if (ancestors.some((one) => !Array.isArray(one) && one.kind === Kind.FIELD)) return undefined;
          if (root.selectionSet === undefined) return undefined;
          const selections = [...root.selectionSet.selections, ...userErrors];
          return { ...root, selectionSet: { ...root.selectionSet, selections } };
        },
      });

/** The names of the fragments that a definition needs, those of its fragments included. */
function needs(fragments, definition, found = new Set()) {
  visit(definition, {
    FragmentSpread: ({ name: { value } }) => {
      if (found.has(value)) return;
      found.add(value);
      needs(fragments, fragments.get(value), found);
    },
  });
  return found;
}

function operationsIn(folder, asSent = (operation) => operation) {
  const definitions = definitionsIn(here(folder));
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
  );
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const own = [...needs(fragments, operation)].sort().map((name) => fragments.get(name));
      const body = [asSent(operation), ...own].map(print).join('\n\n');
      const id = createHash('sha256').update(body).digest('hex');
      return { id, name: operation.name.value, type: operation.operation, body };
    });
}

const all = [
  ...operationsIn('../apps/dashboard/src/api/operations/'),
  ...operationsIn('../libs/client/src/operations/', askingForErrors),
];
const order = ({ name, id }) => `${name} ${id}`;
const operations = [...new Map(all.map((one) => [one.id, one])).values()].sort((a, b) =>
  order(a) < order(b) ? -1 : 1,
);
const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
const text = `${JSON.stringify(manifest, null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'apps/api/operations.json differs from the dashboard or the client: run `npm run operations`.',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
