// The build graph is the architecture: who may import whom, each rule with its reason.
const frameworks =
  '^node_modules/(@nestjs|@apollo|@as-integrations|typeorm|bullmq|ioredis|pg|graphql|graphql-ws|express)(/|$)';

/** What each package may import of ours; the table of docs/architecture.md. */
const mayImport = {
  domain: [],
  linalg: [],
  config: [],
  telemetry: [],
  'lab-client': [],
  client: [],
  'embedded-postgres': [],
  chemistry: ['linalg'],
  space: ['domain', 'chemistry', 'linalg'],
  surrogates: ['linalg'],
  acquisition: ['surrogates', 'linalg'],
  planner: ['domain', 'space', 'chemistry', 'surrogates', 'acquisition', 'linalg'],
  engine: ['domain', 'space', 'chemistry'],
  persistence: ['engine', 'domain'],
  jobs: ['engine', 'domain'],
};
const appsMayImport = {
  api: ['engine', 'domain', 'space', 'chemistry', 'persistence', 'jobs', 'config', 'telemetry'],
  // Of linalg only the pool of threads, in which the planner's own tasks run.
  worker: [
    'engine',
    'domain',
    'space',
    'chemistry',
    'persistence',
    'jobs',
    'config',
    'telemetry',
    'planner',
    'linalg',
  ],
  // Of space what a campaign could have found, for the score.
  'lab-sim': ['lab-client', 'chemistry', 'space', 'linalg'],
  dashboard: [],
  cli: Object.keys(mayImport),
};

const layer = (place, name, allowed) => ({
  name: `${place.slice(0, -1)}-${name}-imports`,
  comment: `${place}/${name} may import of ours: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^${place}/${name}/src/` },
  to: { path: '^libs/', pathNot: [`^${place}/${name}/`, ...allowed.map((lib) => `^libs/${lib}/`)] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'a cycle is one module in two files',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'a library does not know who uses it',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-each-other',
      comment: 'processes meet at the record and on the wire',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-deep-lib-imports',
      comment: 'a package is used by its public face',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/[^/]+/src/((testing|analysis|deep-ensemble|conformance)/)?index[.]ts$', '^libs/$2/'],
      },
    },
    {
      name: 'no-framework-in-the-core',
      comment: 'frameworks stay at the edge, where they can be replaced',
      severity: 'error',
      from: { path: '^libs/(?!persistence|jobs|embedded-postgres|client/)' },
      to: { path: frameworks },
    },
    {
      name: 'domain-is-pure',
      comment: 'the domain knows only itself and hashing',
      severity: 'error',
      from: { path: '^libs/domain/src' },
      to: { pathNot: '^libs/domain/src|^crypto$|^node:crypto$' },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'an import that does not resolve will not run',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        // Types only: there is nothing to run.
        pathNot: '^@graphql-typed-document-node/core$',
      },
    },
    ...Object.entries(mayImport).map(([name, allowed]) => layer('libs', name, allowed)),
    ...Object.entries(appsMayImport).map(([name, allowed]) => layer('apps', name, allowed)),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@ionloop/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
};
