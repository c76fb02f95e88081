import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../steps.mjs';

const packageReadmes = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}/README.md`)
    .filter((page) => existsSync(join(root, page)))
    .sort();

const decisions = () =>
  readdirSync(join(root, 'docs/adr'))
    .sort()
    .map((name) => `docs/adr/${name}`);

/** What the site holds, in the order in which a reader goes through it; a page of docs that has no place yet comes last. */
export function contents() {
  const sections = placed();
  const known = new Set(sections.flatMap(({ pages }) => pages));
  const rest = readdirSync(join(root, 'docs'))
    .map((name) => `docs/${name}`)
    .filter((page) => page.endsWith('.md') && !known.has(page));
  return rest.length === 0 ? sections : [...sections, { title: 'More', pages: rest }];
}

const placed = () => [
  { title: 'Begin', pages: ['README.md', 'docs/start.md', 'docs/loop.md', 'docs/glossary.md'] },
  {
    title: 'Use',
    pages: [
      'docs/planners.md',
      'docs/data.md',
      'docs/library.md',
      'docs/graphql-cookbook.md',
      'libs/client/README.md',
      'apps/cli/README.md',
      'apps/dashboard/README.md',
    ],
  },
  {
    title: 'Labs',
    pages: [
      'docs/lab-integration.md',
      'docs/lab-wire.md',
      'clients/python/README.md',
      'apps/lab-sim/README.md',
      'docs/lab-protocol-cases.md',
      'docs/fault-report.md',
    ],
  },
  {
    title: 'Operate',
    pages: ['docs/operators.md', 'docs/settings.md', 'docs/metrics.md', 'docs/scaling.md', 'SECURITY.md'],
  },
  { title: 'Twenty studies', pages: ['examples/README.md', ...packageReadmes('examples')] },
  {
    title: 'How it is made',
    pages: [
      'docs/architecture.md',
      'docs/notation.md',
      'docs/determinism.md',
      'docs/testing.md',
      'docs/mutation.md',
      'docs/benchmarks.md',
      'docs/fuzzing.md',
      'docs/fresh-eyes.md',
      'docs/dependencies.md',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
    ],
  },
  {
    title: 'Packages',
    pages: [
      ...packageReadmes('libs').filter((page) => page !== 'libs/client/README.md'),
      'apps/api/README.md',
      'apps/worker/README.md',
    ],
  },
  { title: 'Decisions', pages: decisions() },
];
