// The dashboard's operations as a manifest of persisted queries: apps/api/operations.json. `--check` writes nothing and
// fails on a difference.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Kind, parse, print, visit } from 'graphql';

const here = (path) => new URL(path, import.meta.url);
const folder = here('../apps/dashboard/src/api/operations/');
const target = here('../apps/api/operations.json');

const definitions = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
  .flatMap((file) => parse(readFileSync(new URL(file, folder), 'utf8')).definitions);
const fragments = new Map(
  definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
);

/** The names of the fragments that a definition needs, those of its fragments included. */
function needs(definition, found = new Set()) {
  visit(definition, {
    FragmentSpread: ({ name: { value } }) => {
      if (found.has(value)) return;
      found.add(value);
      needs(fragments.get(value), found);
    },
  });
  return found;
}

const operations = definitions
  .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  .map((operation) => {
    const own = [...needs(operation)].sort().map((name) => fragments.get(name));
    const body = [operation, ...own].map(print).join('\n\n');
    const id = createHash('sha256').update(body).digest('hex');
    return { id, name: operation.name.value, type: operation.operation, body };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
const text = `${JSON.stringify(manifest, null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('apps/api/operations.json differs from the dashboard: run `npm run operations`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
