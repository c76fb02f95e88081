// Jest runs our TypeScript sources as CommonJS; packages that ship ES modules only are transformed too.
const esmPackages = [
  '@apollo',
  '@as-integrations',
  '@graphql-tools',
  '@nestjs',
  // Loads its transport as it goes.
  '@opentelemetry/otlp-exporter-base',
  '@tokenizer',
  '@whatwg-node',
  '@borewit',
  'd3[^/]*',
  'file-type',
  'graphql-ws',
  'internmap',
  'ml-[^/]*',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'uuid',
  '@exodus',
  'jose',
  'is-any-array',
];

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@ionloop/source', 'node', 'require', 'default'] },
  testMatch: [
    '<rootDir>/libs/*/test/**/*.test.ts',
    '<rootDir>/apps/*/test/**/*.test.ts',
    '<rootDir>/test/**/*.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/architecture/canary/'],
  // Below .ionloop are the copies that mutation tests work on.
  modulePathIgnorePatterns: ['/dist/', '/\\.ionloop/'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'],
    '^fast-check$': '<rootDir>/test/support/fast-check.ts',
  },
  transform: {
    '^.+\\.m?[tj]sx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: false, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 120_000,
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/slow-first.mjs',
};
