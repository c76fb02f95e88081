import { ensureReady } from './setup.mjs';
import { program, step } from './steps.mjs';

// Stops at the first failure; with --all it goes on and fails at the end.
const goesOn = process.argv.includes('--all');

await ensureReady();

const checks = [
  ['Types of the tests', [...program('typescript/bin/tsc'), '-p', 'tsconfig.tests.json']],
  ['Lint', [...program('eslint/bin/eslint.js'), '--max-warnings', '0', '.']],
  [
    'Layers',
    [
      ...program('dependency-cruiser/bin/dependency-cruise.mjs'),
      'apps',
      'libs',
      '--config',
      '.dependency-cruiser.cjs',
    ],
  ],
  ['Format', [...program('prettier/bin/prettier.cjs'), '--check', '.']],
  ['Tests', [process.execPath, 'scripts/test.mjs'], { shown: true }],
];

const failed = [];
for (const [name, command, options] of checks) {
  if (await step(name, command, options)) continue;
  failed.push(name);
  if (!goesOn) break;
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
