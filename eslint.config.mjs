import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nondeterminism = [
  {
    object: 'Math',
    property: 'random',
    message: 'Draw from a seeded stream of @ionloop/linalg; ids come from the Ids port.',
  },
  { object: 'Date', property: 'now', message: 'Time comes from the Clock port or the database.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/generated/**',
      // AssemblyScript: its own compiler checks it.
      'libs/*/assembly/**',
      'coverage/**',
      '.ionloop/**',
      '**/.venv*/**',
      'test/architecture/canary/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        module: 'writable',
        require: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./libs/*/tsconfig.json', './apps/*/tsconfig.json', './tsconfig.tests.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-properties': ['error', ...nondeterminism],
    },
  },
  {
    // Hot numerical loops index typed arrays whose bounds their callers have checked.
    files: ['libs/{linalg,surrogates,acquisition,planner}/**/*.ts', '**/test/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // Nest reads parameter types from values: an `import type` would erase them.
    files: ['apps/api/**/*.ts', 'apps/worker/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
);
